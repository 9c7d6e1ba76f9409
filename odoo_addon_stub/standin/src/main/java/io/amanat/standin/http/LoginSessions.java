package io.amanat.standin.http;

import io.amanat.standin.addon.Tokens;
import io.amanat.standin.store.Caller;
import io.amanat.standin.store.Database;
import io.amanat.standin.store.User;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sessions that cookies name; the oldest go when there are too many. Safe to share between threads. */
final class LoginSessions {

    private static final int KEPT = 50_000;
    private static final int ID_BYTES = 63;

    private final Database database;
    private final Tokens tokens;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, LoginSession> sessions = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LoginSession> eldest) {
            return size() > KEPT;
        }
    });

    LoginSessions(Database database, Tokens tokens) {
        this.database = database;
        this.tokens = tokens;
    }

    /** The session of this id, unless whoever signed in may not any more, or no longer with that password. */
    Optional<LoginSession> find(@Nullable String id) {
        return id == null
                ? Optional.empty()
                : Optional.ofNullable(sessions.get(id))
                        .filter(session ->
                                session.user().isEmpty() || user(session).isPresent());
    }

    /** Who is signed in, as of now. */
    Optional<User> user(LoginSession session) {
        return session.user().flatMap(user -> database.user(user, session.credential()));
    }

    /** A new session; null: nobody is signed in. */
    LoginSession open(@Nullable User user) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var session = user == null
                ? new LoginSession(id, null, "")
                : new LoginSession(id, user.id(), database.credential(user));
        sessions.put(session.id(), session);
        return session;
    }

    /** Ends a session, and says so if somebody was signed in. */
    void end(LoginSession session) {
        if (sessions.remove(session.id()) != null) {
            user(session)
                    .ifPresent(user -> database.transact(Caller.of(user), orm -> {
                        orm.transaction().endLogin(tokens.sid(session.stablePart()));
                        return true;
                    }));
        }
    }
}
