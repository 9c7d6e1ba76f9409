package io.amanat.bridge.identity;

import java.time.Instant;
import java.util.List;

/**
 * Who a browser speaks for, as proven by a token.
 *
 * @param userId Odoo's user id
 * @param name for display
 * @param companies ids of the companies the user may switch on, the main one first
 * @param language of the user interface, for instance {@code ru_RU}
 * @param login the login session; renewals must be of the same one
 * @param issued when Odoo made the token, by its clock, in whole seconds
 * @param expires when the token ends
 */
public record Identity(
        long userId,
        String name,
        List<Long> companies,
        String language,
        String login,
        Instant issued,
        Instant expires) {
    public Identity {
        companies = companies.stream().distinct().toList();
    }

    /** Whether {@code other} is the same user in the same login session. */
    public boolean sameLogin(Identity other) {
        return userId == other.userId && login.equals(other.login);
    }
}
