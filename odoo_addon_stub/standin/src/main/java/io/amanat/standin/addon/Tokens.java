package io.amanat.standin.addon;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.amanat.standin.store.Group;
import io.amanat.standin.store.User;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signs the tokens that browsers show to the bridge, with a key made anew for each stand-in. */
public final class Tokens {

    public static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Clock clock;
    private final ECKey key;
    private final byte[] sessionSecret = new byte[32];
    private final String databaseUuid = UUID.randomUUID().toString();
    private volatile boolean presence = true;
    private final String installId = UUID.randomUUID().toString();

    public Tokens(Clock clock) {
        this.clock = clock;
        try {
            key = new ECKeyGenerator(Curve.P_256)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java cannot make P-256 keys", e);
        }
        new SecureRandom().nextBytes(sessionSecret);
    }

    String databaseUuid() {
        return databaseUuid;
    }

    String installId() {
        return installId;
    }

    String issuer() {
        return databaseUuid + "/" + installId;
    }

    Map<String, Object> publicKey() {
        return key.toPublicJWK().toJSONObject();
    }

    /** Whether tokens say that users are shown to each other at all. */
    public void switchPresence(boolean on) {
        presence = on;
    }

    private @Nullable String presence(User user) {
        if (!presence) {
            return null;
        }
        return user.present() && !user.in(Group.NO_PRESENCE) ? "shown" : "hidden";
    }

    /**
     * A token for this user.
     *
     * @param session the stable part of the login session
     */
    public String sign(User user, String session) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(Addon.AUDIENCE)
                .subject(String.valueOf(user.id()))
                .claim("sid", sid(session))
                .claim("name", user.name())
                .claim("companies", user.companies())
                .claim("lang", user.lang())
                .claim("presence", presence(user))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT)
                .build();
        try {
            var token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java cannot sign with ES256", e);
        }
    }

    /** What tokens call this login session. */
    public String sid(String session) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(sessionSecret, "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(session.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HmacSHA256", e);
        }
    }
}
