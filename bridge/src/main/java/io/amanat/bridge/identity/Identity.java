package io.amanat.bridge.identity;

import java.time.Instant;
import java.util.Arrays;
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
 * @param presence whether others see where this user is
 */
public record Identity(
        long userId,
        String name,
        List<Long> companies,
        String language,
        String login,
        Instant issued,
        Instant expires,
        Presence presence) {

    /** Whether a user is shown to others, and others to that user. */
    public enum Presence {
        /** Everybody sees everybody who may be seen. */
        SHOWN("shown"),
        /** Sees others and is not seen. */
        HIDDEN("hidden"),
        /** Nobody sees anybody. */
        OFF("");

        private final String claim;

        Presence(String claim) {
            this.claim = claim;
        }

        /** What a token says; anything unknown is {@link #OFF}. */
        static Presence of(String claim) {
            return Arrays.stream(values())
                    .filter(it -> it.claim.equals(claim))
                    .findFirst()
                    .orElse(OFF);
        }
    }

    public Identity {
        companies = companies.stream().distinct().toList();
    }

    /** Of a token that says nothing of presence. */
    public Identity(
            long userId,
            String name,
            List<Long> companies,
            String language,
            String login,
            Instant issued,
            Instant expires) {
        this(userId, name, companies, language, login, issued, expires, Presence.OFF);
    }

    /** Whether {@code other} is the same user in the same login session. */
    public boolean sameLogin(Identity other) {
        return userId == other.userId && login.equals(other.login);
    }
}
