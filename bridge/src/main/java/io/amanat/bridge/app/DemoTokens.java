package io.amanat.bridge.app;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/** Makes short-lived tokens for the people of the demo, as their own system would; the secret is made up at the start. Shared. */
final class DemoTokens {

    /** How long a token is good for: the page asks for new ones. */
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final InstantSource clock;
    private final String secret;

    DemoTokens(SecureRandom random, InstantSource clock) {
        var bytes = new byte[48];
        random.nextBytes(bytes);
        this.secret = BASE64.encodeToString(bytes);
        this.clock = clock;
    }

    /** What the bridge believes them by. */
    String secret() {
        return secret;
    }

    /** A token for this person, from now on. */
    String of(String subject) {
        long now = clock.instant().getEpochSecond();
        var claims = Map.of("sub", subject, "role", "authenticated", "iat", now, "exp", now + LIFE.toSeconds());
        var signed = json(Map.of("alg", "HS256", "typ", "JWT")) + "." + json(claims);
        return signed + "." + signature(signed);
    }

    private static String json(Map<String, ?> value) {
        return BASE64.encodeToString(JsonMapper.shared().writeValueAsBytes(value));
    }

    private String signature(String signed) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
