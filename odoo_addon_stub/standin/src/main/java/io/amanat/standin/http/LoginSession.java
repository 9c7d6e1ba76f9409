package io.amanat.standin.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One browser's session. Safe to share between threads. */
final class LoginSession {

    /** The part of a session id that stays the same when Odoo rotates it. */
    private static final int STABLE = 42;

    private final String id;
    private final @Nullable Integer user;
    private final String credential;
    private volatile boolean peeked;

    /**
     * A session that nobody has used yet.
     *
     * @param user id of who signed in; null: nobody did
     * @param credential what that user signed in with
     */
    LoginSession(String id, @Nullable Integer user, String credential) {
        this.id = id;
        this.user = user;
        this.credential = credential;
    }

    String id() {
        return id;
    }

    /** Who signed in. */
    Optional<Integer> user() {
        return Optional.ofNullable(user);
    }

    /** What that user signed in with. */
    String credential() {
        return credential;
    }

    String stablePart() {
        return id.substring(0, STABLE);
    }

    void markPeeked() {
        peeked = true;
    }

    boolean hasPeeked() {
        return peeked;
    }
}
