package io.amanat.standin.http;

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

    private final SecureRandom random = new SecureRandom();
    private final Map<String, LoginSession> sessions = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LoginSession> eldest) {
            return size() > KEPT;
        }
    });

    Optional<LoginSession> find(@Nullable String id) {
        return id == null ? Optional.empty() : Optional.ofNullable(sessions.get(id));
    }

    /** A new session; null: nobody is signed in. */
    LoginSession open(@Nullable User user) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        var session = new LoginSession(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), user);
        sessions.put(session.id(), session);
        return session;
    }

    void end(LoginSession session) {
        sessions.remove(session.id());
    }
}
