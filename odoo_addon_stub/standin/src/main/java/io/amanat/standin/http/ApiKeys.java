package io.amanat.standin.http;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The API keys that users have. Safe to share between threads. */
public final class ApiKeys {

    private static final int BYTES = 20;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Integer> users = new ConcurrentHashMap<>();

    /** A new key of the user with this id. */
    public String make(int user) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String key = HexFormat.of().formatHex(bytes);
        users.put(key, user);
        return key;
    }

    /** Whose key that is. */
    Optional<Integer> user(String key) {
        return Optional.ofNullable(users.get(key));
    }
}
