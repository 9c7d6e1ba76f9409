package io.amanat.bridge.identity;

import java.time.Instant;
import java.util.Arrays;

/** Who a browser speaks for, as proven by a token. */
public sealed interface Identity permits OdooIdentity, TableIdentity {

    /** Whether a user is shown to others, and others to that user. */
    enum Presence {
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

    /** Names the user among all of the same tenant; limits per user count by it. */
    String user();

    /** For display; may be empty. */
    String name();

    /** The login session; renewals must be of the same one. */
    String login();

    /** When the token was made, by its issuer's clock, in whole seconds. */
    Instant issued();

    /** When the token ends. */
    Instant expires();

    /** Whether others see where this user is. */
    Presence presence();

    /** Whether {@code other} is the same user in the same login session. */
    default boolean sameLogin(Identity other) {
        return user().equals(other.user()) && login().equals(other.login());
    }
}
