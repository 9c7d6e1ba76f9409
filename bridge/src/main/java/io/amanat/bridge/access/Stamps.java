package io.amanat.bridge.access;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sums up how often a user's rights changed in this life of the bridge as a text that says nothing else: it is keyed with a secret of
 * this life, and different for each user. Safe to share.
 */
final class Stamps {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_USERS = 100_000;
    private static final int BYTES = 16;

    private final SecretKeySpec key;
    private final Map<Long, Long> users = new HashMap<>();
    private long everybody;

    Stamps() {
        var secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** Rights of these users changed, or of everybody. */
    synchronized void count(Optional<Set<Long>> changed) {
        changed.ifPresentOrElse(some -> some.forEach(this::count), () -> everybody++);
    }

    /** Rights of this user changed. */
    synchronized void count(long user) {
        if (users.size() >= MAX_USERS && !users.containsKey(user)) {
            users.clear();
            everybody++;
        }
        users.merge(user, 1L, Long::sum);
    }

    String of(long user) {
        var counts = ByteBuffer.allocate(3 * Long.BYTES).putLong(user);
        synchronized (this) {
            counts.putLong(everybody).putLong(users.getOrDefault(user, 0L));
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(keyed(counts.array()), BYTES));
    }

    private byte[] keyed(byte[] text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
