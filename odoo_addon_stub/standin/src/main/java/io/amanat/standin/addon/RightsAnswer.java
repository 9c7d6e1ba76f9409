package io.amanat.standin.addon;

import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.Model;
import io.amanat.standin.store.OdooError;
import io.amanat.standin.store.Operation;
import io.amanat.standin.store.Rights;
import io.amanat.standin.store.Sight;
import io.amanat.standin.store.Transaction;
import io.amanat.standin.store.Traversal;
import io.amanat.standin.store.User;
import io.amanat.standin.store.Viewer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The answer to one question of {@code rights}: what each viewer may read, as a domain on the record's own values. */
final class RightsAnswer {

    private static final Map<String, Object> DENIED = denied(false);

    private final Model model;
    private final Rights rights;
    private final Map<Alike, Map<String, Object>> known = new HashMap<>();

    /** Viewers of whom all of this is equal have equal rights. */
    private record Alike(Set<Integer> groups, String lang, Sight sight) {}

    private RightsAnswer(Transaction transaction, Model model) {
        this.model = model;
        rights = new Rights(transaction);
    }

    static Map<String, Object> to(Transaction transaction, Map<?, ?> question) {
        var model = Catalog.find(String.valueOf(question.get("model"))).filter(Model::live);
        var answering = model.map(known -> new RightsAnswer(transaction, known));
        var answer = Viewers.numbered(Viewers.of(transaction, question).stream()
                .map(viewer -> answering.flatMap(it -> viewer.map(it::of)).orElse(DENIED))
                .toList());
        answer.put("depends", model.map(known -> depends(transaction, known)).orElse(List.of()));
        answer.put("columns", model.map(known -> Columns.of(transaction, known)).orElse(Map.of()));
        answer.put("parent", false);
        answer.put("texts", Map.of("by_code_point", true, "unaccent", false));
        return answer;
    }

    private static List<Object> depends(Transaction transaction, Model model) {
        return Traversal.depends(transaction, model).stream()
                .<Object>map(pair -> List.of(pair.model(), pair.field()))
                .toList();
    }

    private Map<String, Object> of(Viewer viewer) {
        if (!rights.may(viewer.user(), model, Operation.READ)) {
            return DENIED;
        }
        try {
            var user = viewer.user();
            return known.computeIfAbsent(
                    new Alike(user.groups(), user.lang(), rights.sight(viewer, model)),
                    alike -> allowed(user, alike.sight()));
        } catch (OdooError e) {
            return denied(e.python().substring(e.python().lastIndexOf('.') + 1));
        }
    }

    private Map<String, Object> allowed(User user, Sight sight) {
        var domain = sight.domain();
        return answer(
                true,
                domain.<Object>map(known -> known).orElse(false),
                BridgeModel.fields(user, model),
                user.lang(),
                domain.isPresent() ? false : opaque(sight.toString()),
                false);
    }

    private static String opaque(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static Map<String, Object> denied(Object broken) {
        return answer(false, false, List.of(), false, false, broken);
    }

    private static Map<String, Object> answer(
            boolean read, Object domain, List<String> fields, Object lang, Object same, Object broken) {
        return Map.of(
                "read",
                read,
                "domain",
                domain,
                "fields",
                fields,
                "lang",
                lang,
                "decidable",
                same.equals(false),
                "same",
                same,
                "broken",
                broken);
    }
}
