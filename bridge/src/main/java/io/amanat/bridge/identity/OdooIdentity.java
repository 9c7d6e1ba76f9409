package io.amanat.bridge.identity;

import java.time.Instant;
import java.util.List;

/**
 * A user of an Odoo database.
 *
 * @param userId Odoo's user id
 * @param name for display
 * @param companies ids of the companies the user may switch on, the main one first
 * @param language of the user interface, for instance {@code ru_RU}
 * @param login the login session; renewals must be of the same one
 * @param issued when Odoo made the token, by its clock, in whole seconds
 * @param expires when the token ends
 * @param presence whether others see where this user is
 */
public record OdooIdentity(
        long userId,
        String name,
        List<Long> companies,
        String language,
        String login,
        Instant issued,
        Instant expires,
        Presence presence)
        implements Identity {

    public OdooIdentity {
        companies = companies.stream().distinct().toList();
    }

    /** Of a token that says nothing of presence. */
    public OdooIdentity(
            long userId,
            String name,
            List<Long> companies,
            String language,
            String login,
            Instant issued,
            Instant expires) {
        this(userId, name, companies, language, login, issued, expires, Presence.OFF);
    }

    @Override
    public String user() {
        return Long.toString(userId);
    }
}
