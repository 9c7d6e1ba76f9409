package io.amanat.bridge.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sums up what a user may read of a model as a text that says nothing else: equal as long as these rights are, also after a restart
 * of the bridge, and different for each user. Safe to share.
 */
public final class Stamps {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;

    private final SecretKeySpec key;

    /**
     * Stamps that nobody can make who does not have this key.
     *
     * @param key kept as long as stamps are to be compared
     */
    public Stamps(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The stamp of these rights of this user. */
    public String of(long userId, Rights rights) {
        var content = rights.digest();
        var text =
                ByteBuffer.allocate(Long.BYTES + content.length).putLong(userId).put(content);
        return stamp(text.array());
    }

    /** The stamp of something that is named by these texts. */
    public String of(List<String> texts) {
        var content = new StringBuilder();
        texts.forEach(it -> content.append(it.length()).append(':').append(it));
        return stamp(content.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String stamp(byte[] content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(keyed(content), BYTES));
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
