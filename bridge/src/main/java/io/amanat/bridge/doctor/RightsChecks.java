package io.amanat.bridge.doctor;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooRpc;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/** Whether the record rules of live models can be evaluated for everybody, and whether the bridge can decide by them. */
final class RightsChecks {

    static final String RULES = "record rules";
    static final String DECIDED = "decided here";

    /** The service user cannot list users, so it asks about every id there may be. */
    private static final int LAST_USER = 1_000;

    private static final int USERS_PER_CALL = 500;
    private static final List<Long> COMPANIES =
            LongStream.rangeClosed(1, 100).boxed().toList();
    private static final int MOST_NAMED = 10;

    private final OdooRpc odoo;
    private final Set<Long> readers = new TreeSet<>();
    private final Map<String, Set<Long>> raising = new TreeMap<>();
    private final Map<String, Set<Long>> undecidable = new TreeMap<>();

    private RightsChecks(OdooRpc odoo) {
        this.odoo = odoo;
    }

    static List<Finding> run(OdooRpc odoo, List<String> models) {
        var checks = new RightsChecks(odoo);
        try {
            for (var model : models) {
                for (long first = 1; first <= LAST_USER; first += USERS_PER_CALL) {
                    checks.ask(
                            model,
                            LongStream.range(first, first + USERS_PER_CALL)
                                    .boxed()
                                    .toList());
                }
            }
        } catch (OdooException | NotAsAgreed e) {
            return List.of(Finding.fail(
                    RULES,
                    String.valueOf(e.getMessage()),
                    "bring add-on and bridge to one release; see Odoo's log if that does not help"));
        }
        return List.of(checks.rules(), checks.decided());
    }

    private void ask(String model, List<Long> users) {
        var viewers = users.stream()
                .map(user -> Map.of("uid", user, "companies", COMPANIES))
                .toList();
        var answer = odoo.call(
                        "amanat.bridge",
                        "rights",
                        List.of(List.of(Map.of("model", model, "viewers", viewers)), false),
                        Map.of())
                .path(0);
        for (int i = 0; i < users.size(); i++) {
            learn(
                    model,
                    users.get(i),
                    answer.path("answers").path(answer.path("of").path(i).asInt(-1)));
        }
    }

    private void learn(String model, long user, JsonNode rights) {
        if (!rights.path("read").isBoolean() || !rights.path("decidable").isBoolean() || !rights.has("broken")) {
            throw new NotAsAgreed(model);
        }
        if (rights.path("read").asBoolean()) {
            readers.add(user);
        }
        if (rights.path("broken").isString()) {
            add(raising, "%s (%s)".formatted(model, rights.path("broken").asString()), user);
        }
        if (!rights.path("decidable").asBoolean()) {
            add(undecidable, model, user);
        }
    }

    private static void add(Map<String, Set<Long>> found, String what, long user) {
        found.computeIfAbsent(what, it -> new TreeSet<>()).add(user);
    }

    private Finding rules() {
        return raising.isEmpty()
                ? Finding.ok(RULES, "evaluated for %d user(s)".formatted(readers.size()))
                : Finding.warn(
                        RULES,
                        "raise errors: " + listed(raising),
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

    /** The add-on answers something that its contract does not say. */
    private static final class NotAsAgreed extends RuntimeException {
        NotAsAgreed(String model) {
            super("the add-on's answer about rights on %s is not as agreed".formatted(model));
        }
    }
}
