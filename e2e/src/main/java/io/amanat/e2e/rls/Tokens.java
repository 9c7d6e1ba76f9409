package io.amanat.e2e.rls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.amanat.bridge.access.rls.Claims;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs tokens for viewers, as whoever logs them in does. */
public final class Tokens {

    /** What the bridge must know to believe them. */
    static final String SECRET = "a secret of the bench that is long enough";

    /** How long they are believed. */
    public static final int LIFE_SECONDS = 3_600;

    private final long now = Instant.now().getEpochSecond();

    /** One for this viewer, for an hour. */
    public String of(Claims viewer) {
        var claims = viewer.json();
        var signed = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "."
                + encoded("%s,\"iat\":%d,\"exp\":%d}"
                        .formatted(claims.substring(0, claims.length() - 1), now, now + LIFE_SECONDS)
                        .getBytes(UTF_8));
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return signed + "." + encoded(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
