package io.amanat.bridge.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final ECKey first = key("first");
    private final ECKey second = key("second");
    private Instant now = START;
    private Trust current = trust(first);
    private boolean away;
    private Duration answering = Duration.ZERO;
    private int fetched;
    private final Revocations revocations = new Revocations(IdentitySettings.DEFAULT, () -> now);
    private final TokenVerifier verifier =
            new TokenVerifier(this::fetch, IdentitySettings.DEFAULT, () -> now, revocations);

    @Test
    void aGenuineTokenNamesItsUser() {
        assertThat(verifier.verify(token(first)))
                .isEqualTo(new Proof.Accepted(
                        new OdooIdentity(7, "Aziz", List.of(3L, 1L), "uz_UZ", "login", START, START.plusSeconds(300))));
    }

    @Test
    void aTokenIssuedBeforeItsUserLostTheirStandingIsRevoked() {
        revocations.revoke(Optional.of(Set.of(7L)), Optional.empty());

        assertThat(verifier.verify(token(first))).isEqualTo(new Proof.Revoked(Duration.ofSeconds(11)));
    }

    @Test
    void aNewKeyIsFetchedWhenATokenNamesIt() {
        verifier.verify(token(first));
        current = trust(first, second);
        now = START.plusSeconds(20);

        assertThat(verifier.verify(token(second))).isInstanceOf(Proof.Accepted.class);
    }

    @Test
    void unknownKeysDoNotMakeTheBridgeAskAgainAndAgain() {
        for (int i = 0; i < 100; i++) {
            assertThat(verifier.verify(token(second))).isInstanceOf(Proof.Invalid.class);
        }

        assertThat(fetched).isEqualTo(1);
    }

    @Test
    void whoWaitedWhileOdooDidNotAnswerIsNotMadeToWaitForItOnceMore() {
        verifier.verify(token(first));
        away = true;
        answering = Duration.ofSeconds(30);
        now = START.plusSeconds(61);

        for (int i = 0; i < 100; i++) {
            assertThat(verifier.verify(token(first))).isInstanceOf(Proof.Accepted.class);
        }

        assertThat(fetched).isEqualTo(2);
    }

    @Test
    void aKeyThatWasRotatedAwayEndsWithinARefresh() {
        verifier.verify(token(first));
        current = trust(second);
        now = START.plusSeconds(61);

        assertThat(verifier.verify(token(first))).isInstanceOf(Proof.Invalid.class);
    }

    @Test
    void knownKeysStayInUseForAWhileWhenOdooIsAway() {
        verifier.verify(token(first));
        away = true;
        now = START.plusSeconds(200);
        assertThat(verifier.verify(token(first))).isInstanceOf(Proof.Accepted.class);

        now = START.plusSeconds(305);
        assertThat(verifier.verify(token(first))).isInstanceOf(Proof.Unavailable.class);
    }

    @Test
    void withoutKeysNobodyIsToBlame() {
        away = true;

        assertThat(verifier.verify(token(first))).isEqualTo(new Proof.Unavailable());
    }

    @Test
    void whatIsNoTokenIsInvalid() {
        for (var text : List.of("x", "a.b.c", "..", "eyJhbGciOiJub25lIn0.e30.", "\u0000".repeat(50))) {
            assertThat(verifier.verify(text)).as(text).isInstanceOf(Proof.Invalid.class);
        }
        assertThat(verifier.verify("")).isEqualTo(new Proof.Missing());
    }

    @Test
    void aKeyOfAnotherKindIsNotUsed() {
        current =
                new Trust("issuer", "amanat-realtime", List.of(Map.of("kty", "oct", "kid", "first", "k", "c2VjcmV0")));

        assertThat(verifier.verify(token(first))).isInstanceOf(Proof.Invalid.class);
    }

    private Trust fetch() {
        fetched++;
        now = now.plus(answering);
        if (away) {
            throw new IllegalStateException("Odoo is away");
        }
        return current;
    }

    private static Trust trust(ECKey... keys) {
        return new Trust(
                "issuer",
                "amanat-realtime",
                Arrays.stream(keys).map(TokenVerifierTest::jwk).toList());
    }

    private static Map<String, String> jwk(ECKey key) {
        var jwk = new HashMap<String, String>();
        key.toPublicJWK().toJSONObject().forEach((name, value) -> jwk.put(name, String.valueOf(value)));
        return jwk;
    }

    private static ECKey key(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(ECKey key) {
        var claims = new JWTClaimsSet.Builder()
                .issuer("issuer")
                .audience("amanat-realtime")
                .subject("7")
                .claim("sid", "login")
                .claim("name", "Aziz")
                .claim("companies", List.of(3, 1))
                .claim("lang", "uz_UZ")
                .issueTime(Date.from(START))
                .expirationTime(Date.from(START.plusSeconds(300)))
                .jwtID("1")
                .build();
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
