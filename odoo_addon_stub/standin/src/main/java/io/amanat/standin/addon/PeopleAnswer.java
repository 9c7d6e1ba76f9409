package io.amanat.standin.addon;

import io.amanat.standin.store.Catalog;
import io.amanat.standin.store.OdooError;
import io.amanat.standin.store.Operation;
import io.amanat.standin.store.Rights;
import io.amanat.standin.store.Transaction;
import io.amanat.standin.store.Viewer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The answer to one question of {@code people}: what each viewer may call these users. */
final class PeopleAnswer {

    private final Transaction transaction;
    private final Rights rights;
    private final List<Integer> users;

    private PeopleAnswer(Transaction transaction, Rights rights, List<Integer> users) {
        this.transaction = transaction;
        this.rights = rights;
        this.users = users;
    }

    /**
     * The answer.
     *
     * @param rules the transaction whose rules count
     */
    static Map<String, Object> to(Transaction transaction, Transaction rules, Map<?, ?> question) {
        var answer = new PeopleAnswer(transaction, new Rights(rules), ReadableAnswer.ids(question.get("users")));
        return Viewers.numbered(Viewers.of(rules, question).stream()
                .map(viewer -> Map.<String, Object>of(
                        "names", viewer.map(answer::names).orElse(Map.of())))
                .toList());
    }

    private Map<String, Object> names(Viewer viewer) {
        var names = new TreeMap<String, Object>();
        for (int id : users) {
            transaction
                    .user(id)
                    .filter(user -> id == viewer.user().id() || sees(viewer, id))
                    .ifPresent(user -> names.put(String.valueOf(id), user.name()));
        }
        return names;
    }

    private boolean sees(Viewer viewer, int id) {
        var model = Catalog.get(Catalog.USERS);
        try {
            return rights.may(viewer.user(), model, Operation.READ)
                    && rights.sight(viewer, model)
                            .holds(id, transaction.row(model.name(), id).orElseThrow());
        } catch (OdooError e) {
            return false;
        }
    }
}
