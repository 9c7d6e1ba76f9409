package io.amanat.standin.addon;

import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.Database;
import io.amanat.standin.store.Model;
import io.amanat.standin.store.OdooError;
import io.amanat.standin.store.Rights;
import io.amanat.standin.store.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answer to {@code rights}: what each viewer may read of a model, as a domain on the record's own values. */
final class RightsAnswer {

    private static final Map<String, Object> DENIED = answer(false, false, List.of(), false);

    private RightsAnswer() {}

    static List<Object> to(Database database, Object asked) {
        var answers = new ArrayList<Object>();
        for (Object question : BridgeModel.list(asked, BridgeModel.MAX_QUESTIONS, "questions")) {
            answers.add(to(database, question instanceof Map<?, ?> map ? map : Map.of()));
        }
        return answers;
    }

    private static Map<String, Object> to(Database database, Map<?, ?> question) {
        var model = Catalog.find(String.valueOf(question.get("model"))).filter(Model::live);
        var viewers = BridgeModel.list(question.get("viewers"), BridgeModel.MAX_VIEWERS, "viewers");
        var answers = viewers.stream()
                .map(viewer ->
                        model.map(known -> ofViewer(database, known, viewer)).orElse(DENIED))
                .toList();
        var answer = new LinkedHashMap<>(BridgeModel.perClass(answers));
        answer.put("depends", List.of());
        answer.put("columns", model.map(Columns::of).orElse(Map.of()));
        answer.put("parent", false);
        answer.put("texts", Map.of("by_code_point", true, "unaccent", false));
        return answer;
    }

    private static Map<String, Object> ofViewer(Database database, Model model, @Nullable Object viewer) {
        if (!(viewer instanceof Map<?, ?> map) || !(map.get("uid") instanceof Number uid)) {
            throw OdooError.validation("a viewer is an object with uid and companies");
        }
        return database.user(uid.intValue())
                .filter(user -> Rights.mayRead(user, model))
                .map(user -> ofUser(model, user, BridgeModel.companies(user, map.get("companies"))))
                .orElse(DENIED);
    }

    private static Map<String, Object> ofUser(Model model, User user, Set<Integer> companies) {
        if (companies.isEmpty()) {
            return DENIED;
        }
        return answer(
                true,
                List.of(List.of("company_id", "in", withNone(companies))),
                BridgeModel.fields(user, model),
                user.lang());
    }

    private static Map<String, Object> answer(boolean read, Object domain, List<String> fields, Object lang) {
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
                true,
                "same",
                false,
                "broken",
                false);
    }

    /** No company, then these in ascending order. */
    private static List<Object> withNone(Set<Integer> companies) {
        var values = new ArrayList<Object>(List.of(false));
        companies.stream().sorted().forEach(values::add);
        return values;
    }
}
