package io.amanat.standin.store;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rows of {@code res.users} as users. Used while the database's lock is held. */
final class Users {

    private final Tables tables;

    Users(Tables tables) {
        this.tables = tables;
    }

    /** The user with this id, archived or not. */
    Optional<User> find(int id) {
        return Optional.ofNullable(tables.of(Catalog.USERS).get(id)).map(row -> user(id, row));
    }

    /** The user with this login, archived or not. */
    Optional<User> find(String login) {
        return tables.login(login).flatMap(this::find);
    }

    /** What proves to be this user: another one after the login or the password changed. */
    String credential(User user) {
        var row = tables.of(Catalog.USERS).getOrDefault(user.id(), Map.of());
        return row.get("login") + "\n" + row.get("password");
    }

    private User user(int id, Map<String, Object> row) {
        return new User(
                id,
                text(row, "login"),
                text(row, "name"),
                row.get("partner_id") instanceof Integer partner ? partner : 0,
                companies(row),
                groups(ids(row.get("group_ids"))),
                text(row, "lang"),
                Boolean.TRUE.equals(row.get("active")),
                !Boolean.FALSE.equals(row.get("amanat_presence")));
    }

    private static String text(Map<String, Object> row, String field) {
        return row.get(field) instanceof String text ? text : "";
    }

    /** The main company first. */
    private static List<Integer> companies(Map<String, Object> row) {
        var all = new LinkedHashSet<Integer>();
        if (row.get("company_id") instanceof Integer main) {
            all.add(main);
        }
        all.addAll(ids(row.get("company_ids")));
        return List.copyOf(all);
    }

    /** These groups and all they imply. */
    private Set<Integer> groups(List<Integer> direct) {
        var all = new TreeSet<Integer>();
        direct.forEach(group -> add(group, all));
        return all;
    }

    private void add(int group, Set<Integer> all) {
        var row = tables.of(Catalog.GROUPS).get(group);
        if (row != null && all.add(group)) {
            ids(row.get("implied_ids")).forEach(implied -> add(implied, all));
        }
    }

    static List<Integer> ids(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(each -> ((Number) each).intValue()).toList()
                : List.of();
    }
}
