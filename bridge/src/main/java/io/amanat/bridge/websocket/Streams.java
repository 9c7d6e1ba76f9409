package io.amanat.bridge.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The streams that are open, by the key that their clients know. Safe to share. */
final class Streams {

    private static final int NAME_BYTES = 9;
    private static final int SECRET_BYTES = 24;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    /** What leads to one stream: found by its name, proven by its secret. */
    record Key(String name, String secret) {

        String text() {
            return name + "." + secret;
        }
    }

    private record Open(Key key, Door door, StreamConnection stream) {}

    /** A key that nobody can guess. */
    Key add(Door door, StreamConnection stream) {
        var key = new Key(text(NAME_BYTES), text(SECRET_BYTES));
        open.put(key.name(), new Open(key, door, stream));
        return key;
    }

    void remove(Key key) {
        open.remove(key.name());
    }

    /** The stream of this database with this key. */
    Optional<StreamConnection> find(Door door, String key) {
        int dot = key.indexOf('.');
        return Optional.ofNullable(open.get(key.substring(0, Math.max(dot, 0))))
                .filter(it -> equal(it.key().text(), key) && it.door() == door)
                .map(Open::stream);
    }

    /** Tells nothing by how long it takes. */
    static boolean equal(String mine, String theirs) {
        return MessageDigest.isEqual(mine.getBytes(StandardCharsets.UTF_8), theirs.getBytes(StandardCharsets.UTF_8));
    }

    private String text(int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
