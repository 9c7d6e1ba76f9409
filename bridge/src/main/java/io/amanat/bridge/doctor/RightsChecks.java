package io.amanat.bridge.doctor;

import io.amanat.bridge.access.OracleException;
import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.RightsOracle;
import io.amanat.bridge.access.RightsQuestion;
import io.amanat.bridge.access.Viewer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Whether what live models say of everybody's rights can be used, and whether the bridge can decide by it. */
final class RightsChecks {

    static final String RULES = "record rules";
    static final String DECIDED = "decided here";

    /** The service user cannot list users, so it asks about every id there may be. */
    private static final int LAST_USER = 1_000;

    private static final int USERS_PER_CALL = 500;
    private static final List<Long> COMPANIES =
            LongStream.rangeClosed(1, 100).boxed().toList();
    private static final int MOST_NAMED = 10;

    private final RightsOracle oracle;
    private final Set<Long> readers = new TreeSet<>();
    private final Map<String, Set<Long>> denied = new TreeMap<>();
    private final Map<String, Set<Long>> undecidable = new TreeMap<>();

    private RightsChecks(RightsOracle oracle) {
        this.oracle = oracle;
    }

    static List<Finding> run(RightsOracle oracle, List<String> models) {
        var checks = new RightsChecks(oracle);
        try {
            for (var model : models) {
                for (long first = 1; first <= LAST_USER; first += USERS_PER_CALL) {
                    checks.ask(model, first);
                }
            }
        } catch (OracleException | Unusable e) {
            return List.of(Finding.fail(
                    RULES,
                    String.valueOf(e.getMessage()),
                    "bring add-on and bridge to one release; see Odoo's log if that does not help"));
        }
        return List.of(checks.rules(), checks.decided());
    }

    private void ask(String model, long first) {
        var viewers = LongStream.range(first, first + USERS_PER_CALL)
                .mapToObj(user -> new Viewer(user, COMPANIES))
                .toList();
        var reply = oracle.rights(List.of(new RightsQuestion(model, viewers)), false)
                .getFirst();
        if (reply.troubles().size() == viewers.size()) {
            throw new Unusable(model, reply.troubles().getFirst().what());
        }
        for (var trouble : reply.troubles()) {
            add(denied, "%s: %s,".formatted(model, trouble.what()), trouble.viewer());
        }
        for (int i = 0; i < viewers.size(); i++) {
            learn(viewers.get(i), reply.rights().get(i));
        }
    }

    private void learn(Viewer viewer, Rights rights) {
        if (rights.read()) {
            readers.add(viewer.userId());
        }
        if (rights.same().isPresent()) {
            add(undecidable, rights.model(), viewer);
        }
    }

    private static void add(Map<String, Set<Long>> found, String what, Viewer viewer) {
        found.computeIfAbsent(what, it -> new TreeSet<>()).add(viewer.userId());
    }

    private Finding rules() {
        return denied.isEmpty()
                ? Finding.ok(
                        RULES, "evaluated for %d user(s), of the ids up to %d".formatted(readers.size(), LAST_USER))
                : Finding.warn(
                        RULES,
                        listed(denied),
                        "correct the rules in Odoo (Settings, Technical, Record Rules); until then these users receive nothing of the model");
    }

    private Finding decided() {
        return undecidable.isEmpty()
                ? Finding.ok(DECIDED, "the bridge can decide by all of them")
                : Finding.warn(
                        DECIDED,
                        "only Odoo can tell the records of " + listed(undecidable),
                        "nothing is wrong, but Odoo is asked about each burst of changes; rules on stored fields of the record itself avoid it");
    }

    private static String listed(Map<String, Set<Long>> found) {
        return found.entrySet().stream()
                .map(it -> "%s for %s".formatted(it.getKey(), users(it.getValue())))
                .collect(Collectors.joining("; "));
    }

    private static String users(Set<Long> users) {
        var named = users.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return users.size() <= MOST_NAMED ? "user(s) " + named : "%d users (%s, …)".formatted(users.size(), named);
    }

    /** Not even about users that do not exist the answer can be used. */
    private static final class Unusable extends RuntimeException {
        Unusable(String model, String what) {
            super("%s: %s".formatted(model, what));
        }
    }
}
