package io.amanat.standin.addon;

import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.Model;
import io.amanat.standin.store.Touched;
import io.amanat.standin.store.Transaction;
import io.amanat.standin.store.Traversal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one transaction did to somebody's rights: the announcements of type {@code rights}. */
final class RightsChanges {

    private static final int MAX_NAMED_USERS = 1_000;
    private static final Map<String, String> OF_USERS = Map.of(
            "group_ids", "groups",
            "company_ids", "companies",
            "company_id", "companies",
            "active", "user",
            "lang", "language",
            "login", "password",
            "password", "password");

    /**
     * Whom a change concerns.
     *
     * @param users empty: everybody
     * @param models empty: all
     */
    private record Scope(Optional<Set<Integer>> users, Optional<Set<String>> models) {

        Scope and(Scope other) {
            return new Scope(both(users, other.users), both(models, other.models));
        }

        private static <T> Optional<Set<T>> both(Optional<Set<T>> left, Optional<Set<T>> right) {
            return left.flatMap(some -> right.map(more -> {
                var all = new TreeSet<T>(some);
                all.addAll(more);
                return all;
            }));
        }
    }

    private final Transaction transaction;
    private final Map<String, Scope> found = new TreeMap<>();

    private RightsChanges(Transaction transaction) {
        this.transaction = transaction;
    }

    /** What the messages about it hold beside what every message holds. */
    static List<Map<String, Object>> of(Transaction transaction) {
        var changes = new RightsChanges(transaction);
        transaction.touched().forEach(changes::look);
        changes.traversed();
        var messages = new ArrayList<Map<String, Object>>();
        changes.found.forEach((reason, scope) -> messages.add(message(reason, scope)));
        int user = transaction.caller().user().id();
        for (String sid : transaction.endedLogins()) {
            var message = message("logout", new Scope(Optional.of(Set.of(user)), Optional.empty()));
            message.put("login", sid);
            messages.add(message);
        }
        return messages;
    }

    private static Map<String, Object> message(String reason, Scope scope) {
        var message = new LinkedHashMap<String, Object>();
        message.put("reason", reason);
        message.put(
                "users",
                scope.users()
                        .filter(users -> users.size() <= MAX_NAMED_USERS)
                        .<Object>map(List::copyOf)
                        .orElse(false));
        message.put("models", scope.models().<Object>map(List::copyOf).orElse(false));
        return message;
    }

    private void look(Touched one) {
        switch (one.key().model()) {
            case Catalog.RULES -> add("rules", new Scope(Optional.empty(), Optional.of(models(one))));
            case Catalog.ACCESS -> add("access", new Scope(Optional.empty(), Optional.of(models(one))));
            case Catalog.GROUPS -> {
                if (madeOrGone(one) || one.changed().contains("implied_ids")) {
                    add("groups", new Scope(Optional.empty(), Optional.empty()));
                }
            }
            case Catalog.COMPANIES -> {
                if (madeOrGone(one)
                        || one.changed().contains("parent_id")
                        || one.changed().contains("active")) {
                    add("companies", new Scope(Optional.empty(), Optional.empty()));
                }
            }
            case Catalog.USERS -> user(one);
            default -> {}
        }
    }

    /** Nobody can be signed in as a user that is only made now. */
    private void user(Touched one) {
        var scope = new Scope(Optional.of(new TreeSet<>(Set.of(one.key().id()))), Optional.empty());
        if (gone(one)) {
            add("user", scope);
        } else if (one.before() != null) {
            one.changed().stream()
                    .filter(OF_USERS::containsKey)
                    .forEach(field -> add(OF_USERS.getOrDefault(field, ""), scope));
        }
    }

    private void add(String reason, Scope scope) {
        found.merge(reason, scope, Scope::and);
    }

    private boolean madeOrGone(Touched one) {
        return one.before() == null || gone(one);
    }

    private boolean gone(Touched one) {
        return transaction.row(one.key().model(), one.key().id()).isEmpty();
    }

    /** The models that a rule or access list is, or was, for. */
    private Set<String> models(Touched one) {
        var names = new TreeSet<String>();
        if (one.before() != null) {
            names.add(transaction.modelName(one.before()));
        }
        transaction.row(one.key().model(), one.key().id()).ifPresent(row -> names.add(transaction.modelName(row)));
        return names;
    }

    private void traversed() {
        var live = new TreeSet<String>();
        for (Model model : Catalog.all()) {
            if (model.live()
                    && Traversal.depends(transaction, model).stream()
                            .anyMatch(pair -> transaction.touched().stream().anyMatch(one -> touches(one, pair)))) {
                live.add(model.name());
            }
        }
        if (!live.isEmpty()) {
            add("traversed", new Scope(Optional.empty(), Optional.of(live)));
        }
    }

    private boolean touches(Touched one, Traversal.Pair pair) {
        return one.key().model().equals(pair.model())
                && (madeOrGone(one) || one.changed().contains(pair.field()));
    }
}
