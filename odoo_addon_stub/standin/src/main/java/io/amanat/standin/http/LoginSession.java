package io.amanat.standin.http;

import io.amanat.standin.store.User;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One browser's session. Safe to share between threads. */
final class LoginSession {

    /** The part of a session id that stays the same when Odoo rotates it. */
    private static final int STABLE = 42;

    private final String id;
    private final @Nullable User user;
    private volatile boolean peeked;

    /**
     * A session that nobody has used yet.
     *
     * @param user null: not signed in
     */
    LoginSession(String id, @Nullable User user) {
        this.id = id;
        this.user = user;
    }

    String id() {
        return id;
    }

    Optional<User> user() {
        return Optional.ofNullable(user);
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
