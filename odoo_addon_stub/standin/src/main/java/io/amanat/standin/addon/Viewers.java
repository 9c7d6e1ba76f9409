package io.amanat.standin.addon;

import io.amanat.standin.store.OdooError;
import io.amanat.standin.store.Transaction;
import io.amanat.standin.store.User;
import io.amanat.standin.store.Viewer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The viewers that questions name, and answers shared by those who get the same. */
final class Viewers {

    private static final int MAX_VIEWERS = 5_000;

    private Viewers() {}

    /** Those of a question, in its order; empty for who is gone or archived, or has none of the companies. */
    static List<Optional<Viewer>> of(Transaction transaction, Map<?, ?> question) {
        return list(question.get("viewers"), MAX_VIEWERS, "viewers").stream()
                .map(viewer -> viewer(transaction, viewer))
                .toList();
    }

    private static Optional<Viewer> viewer(Transaction transaction, @Nullable Object asked) {
        if (!(asked instanceof Map<?, ?> map) || !(map.get("uid") instanceof Number uid)) {
            throw OdooError.validation("a viewer is an object with uid and companies");
        }
        return transaction
                .user(uid.intValue())
                .filter(User::active)
                .map(user -> new Viewer(user, companies(user, map.get("companies"))))
                .filter(viewer -> !viewer.companies().isEmpty());
    }

    /** Those of the asked companies that are the user's. */
    private static List<Integer> companies(User user, @Nullable Object asked) {
        var companies = new ArrayList<Integer>();
        for (Object one : asked instanceof List<?> list ? list : List.of()) {
            if (one instanceof Integer company && user.companies().contains(company)) {
                companies.add(company);
            }
        }
        return companies;
    }

    /** The different answers once, and for each viewer the number of its own. */
    static Map<String, Object> numbered(List<Map<String, Object>> answers) {
        var numbers = new LinkedHashMap<Map<String, Object>, Integer>();
        var same = new IdentityHashMap<Map<String, Object>, Integer>();
        var of = new ArrayList<Integer>();
        for (var answer : answers) {
            of.add(same.computeIfAbsent(answer, one -> {
                int next = numbers.size();
                return numbers.computeIfAbsent(one, _ -> next);
            }));
        }
        var numbered = new LinkedHashMap<String, Object>();
        numbered.put("answers", List.copyOf(numbers.keySet()));
        numbered.put("of", of);
        return numbered;
    }

    static List<?> list(@Nullable Object value, int limit, String name) {
        if (!(value instanceof List<?> list)) {
            throw OdooError.validation("%s must be a list".formatted(name));
        }
        if (list.size() > limit) {
            throw OdooError.validation("%d %s are too many; at most %d".formatted(list.size(), name, limit));
        }
        return list;
    }
}
