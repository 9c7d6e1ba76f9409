package io.amanat.standin.store;

import java.util.Map;

/** A user as a row of {@code res.users}. */
final class UserRow {

    private UserRow() {}

    static Map<String, Object> of(User user) {
        return Map.of(
                "name", user.name(),
                "login", user.login(),
                "lang", user.lang(),
                "partner_id", user.partner(),
                "company_id", user.companies().getFirst(),
                "company_ids", user.companies());
    }
}
