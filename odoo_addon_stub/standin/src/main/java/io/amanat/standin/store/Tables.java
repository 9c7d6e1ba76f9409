package io.amanat.standin.store;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The rows of every model by id, and the next id of each; an id is never used twice, not even after a rollback. */
final class Tables {

    private final Map<String, NavigableMap<Integer, Map<String, Object>>> rows = new HashMap<>();
    private final Map<String, Integer> lastIds = new HashMap<>();
    private final Map<String, Integer> logins = new HashMap<>();

    NavigableMap<Integer, Map<String, Object>> of(String model) {
        return Collections.unmodifiableNavigableMap(table(model));
    }

    private NavigableMap<Integer, Map<String, Object>> table(String model) {
        return rows.computeIfAbsent(model, _ -> new TreeMap<>());
    }

    int nextId(String model) {
        return lastIds.merge(model, 1, Integer::sum);
    }

    void put(String model, int id, Map<String, Object> row) {
        if (model.equals(Catalog.USERS)) {
            putLogin(id, String.valueOf(row.get("login")));
        }
        table(model).put(id, Map.copyOf(row));
        lastIds.merge(model, id, Math::max);
    }

    private void putLogin(int user, String login) {
        if (!logins.getOrDefault(login, user).equals(user)) {
            throw OdooError.validation("You can not have two users with the same login: " + login);
        }
        logins.values().remove(user);
        logins.put(login, user);
    }

    void remove(String model, int id) {
        var removed = table(model).remove(id);
        if (removed != null && model.equals(Catalog.USERS)) {
            logins.remove(String.valueOf(removed.get("login")), id);
        }
    }

    /** The id of the user with this login. */
    Optional<Integer> login(String login) {
        return Optional.ofNullable(logins.get(login));
    }

    /** All rows as they are now; what happens later does not show in it. */
    Tables copy() {
        var copy = new Tables();
        rows.forEach((model, table) -> table.forEach((id, row) -> copy.put(model, id, row)));
        copy.lastIds.putAll(lastIds);
        return copy;
    }

    /** Holds what that copy holds, the next ids included. */
    void become(Tables copy) {
        rows.clear();
        lastIds.clear();
        logins.clear();
        copy.rows.forEach((model, table) -> table.forEach((id, row) -> put(model, id, row)));
        lastIds.putAll(copy.lastIds);
    }
}
