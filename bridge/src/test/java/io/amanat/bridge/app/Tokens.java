package io.amanat.bridge.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.amanat.bridge.identity.Trust;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Signs tokens as the add-on does. */
final class Tokens {

    private final ECKey key;

    Tokens() {
        try {
            key = new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    Trust trust() {
        var jwk = new HashMap<String, String>();
        key.toPublicJWK().toJSONObject().forEach((name, value) -> jwk.put(name, String.valueOf(value)));
        return new Trust("db/install", "amanat-realtime", List.of(jwk));
    }

    String of(long user, Long... companies) {
        return of(user, claims -> claims.claim("companies", List.of(companies)));
    }

    String of(long user, UnaryOperator<JWTClaimsSet.Builder> more) {
        var now = Instant.now();
        return sign(more.apply(new JWTClaimsSet.Builder()
                        .issuer("db/install")
                        .audience("amanat-realtime")
                        .subject(String.valueOf(user))
                        .claim("sid", "login-" + user)
                        .claim("name", "User " + user)
                        .claim("companies", List.of(1))
                        .claim("lang", "en_US")
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .jwtID(UUID.randomUUID().toString()))
                .build());
    }

    private String sign(JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
