package io.amanat.standin.addon;

import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.Model;
import io.amanat.standin.store.OdooError;
import io.amanat.standin.store.Operation;
import io.amanat.standin.store.Rights;
import io.amanat.standin.store.Sight;
import io.amanat.standin.store.Transaction;
import io.amanat.standin.store.Viewer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to one question of {@code readable}: which of these records each viewer may read now. */
final class ReadableAnswer {

    private static final int MAX_IDS = 1_000;
    private static final Map<String, Object> NOTHING = Map.of("read", false, "ids", List.of(), "fields", List.of());

    private final Transaction transaction;
    private final Model model;
    private final List<Integer> ids;
    private final Rights rights;
    private final Map<Sight, List<Integer>> known = new HashMap<>();

    private ReadableAnswer(Transaction transaction, Rights rights, Model model, List<Integer> ids) {
        this.transaction = transaction;
        this.rights = rights;
        this.model = model;
        this.ids = ids;
    }

    /**
     * The answer.
     *
     * @param rules the transaction whose rules count
     */
    static Map<String, Object> to(Transaction transaction, Transaction rules, Map<?, ?> question) {
        var ids = ids(question.get("ids"));
        boolean writing = "write".equals(question.get("operation"));
        var answering = Catalog.find(String.valueOf(question.get("model")))
                .filter(Model::live)
                .map(model ->
                        new ReadableAnswer(transaction, new Rights(rules), model, existing(transaction, model, ids)));
        var answer = Viewers.numbered(Viewers.of(rules, question).stream()
                .map(viewer -> answering
                        .flatMap(it -> viewer.map(one -> writing ? it.toWriter(one) : it.of(one)))
                        .orElse(NOTHING))
                .toList());
        answer.put("versions", answering.map(ReadableAnswer::versions).orElse(Map.of()));
        answer.put("operation", writing ? "write" : "read");
        return answer;
    }

    /** The different ids in a list. */
    static List<Integer> ids(@Nullable Object asked) {
        return Viewers.list(asked, MAX_IDS, "ids").stream()
                .filter(Integer.class::isInstance)
                .map(Integer.class::cast)
                .distinct()
                .toList();
    }

    private static List<Integer> existing(Transaction transaction, Model model, List<Integer> ids) {
        return ids.stream()
                .filter(id -> transaction.row(model.name(), id).isPresent())
                .toList();
    }

    /** Of what may be read, what may be written, too. */
    private Map<String, Object> toWriter(Viewer viewer) {
        var reading = of(viewer);
        if (!Boolean.TRUE.equals(reading.get("read")) || !rights.may(viewer.user(), model, Operation.WRITE)) {
            return NOTHING;
        }
        try {
            var writable = seen(rights.sight(viewer, model, Operation.WRITE));
            var fields = new ArrayList<>(BridgeModel.fields(viewer.user(), model));
            fields.removeAll(List.of("id", "display_name"));
            return Map.of(
                    "read",
                    true,
                    "ids",
                    seen(rights.sight(viewer, model)).stream()
                            .filter(writable::contains)
                            .toList(),
                    "fields",
                    fields);
        } catch (OdooError e) {
            return NOTHING;
        }
    }

    private Map<String, Object> of(Viewer viewer) {
        if (!rights.may(viewer.user(), model, Operation.READ)) {
            return NOTHING;
        }
        try {
            var sight = rights.sight(viewer, model);
            var seen = known.computeIfAbsent(sight, this::seen);
            return Map.of("read", true, "ids", seen, "fields", BridgeModel.fields(viewer.user(), model));
        } catch (OdooError e) {
            return NOTHING;
        }
    }

    private List<Integer> seen(Sight sight) {
        return ids.stream()
                .filter(id -> sight.holds(id, transaction.row(model.name(), id).orElseThrow()))
                .toList();
    }

    private Map<String, String> versions() {
        var versions = new LinkedHashMap<String, String>();
        ids.forEach(id -> versions.put(String.valueOf(id), transaction.version(model.name(), id)));
        return versions;
    }
}
