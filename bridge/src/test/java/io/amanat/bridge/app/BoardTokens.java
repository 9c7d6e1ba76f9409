package io.amanat.bridge.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.identity.JwtKey;
import io.amanat.bridge.identity.JwtSettings;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Tokens for the people of the plan board. */
final class BoardTokens {

    private static final String SECRET = "a secret of tests that is long enough";

    static final JwtSettings SETTINGS = JwtSettings.of(List.of(JwtKey.secret(SECRET)));

    private BoardTokens() {}

    static String of(Claims who) {
        var now = Instant.now();
        try {
            var claims = new JWTClaimsSet.Builder(JWTClaimsSet.parse(who.json()))
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plusSeconds(600)))
                    .build();
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(SECRET));
            return token.serialize();
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
