package io.amanat.bridge.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class JwtVerifierTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final String SECRET = "a secret that two sides share, long enough";
    private static final long NOW = START.getEpochSecond();
    private static final String TIMES = "\"iat\":%d,\"exp\":%d".formatted(NOW, NOW + 3_600);
    private static final String DILNOZA =
            "{\"sub\":\"dilnoza\",\"role\":\"authenticated\",\"session_id\":\"s1\"," + TIMES + "}";
    private static final RSAKey RSA = rsa();
    private static final ECKey EC = ec("one");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Instant now = START;

    @BeforeEach
    void listen() {
        log.start();
        logger().setLevel(Level.WARN);
        logger().addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger().detachAppender(log);
        logger().setLevel(null);
    }

    @Test
    void aGenuineTokenNamesRoleSubjectAndWhatPoliciesMayLookAt() {
        var token =
                hs256("{\"role\":\"authenticated\",\"nbf\":1,\"jti\":\"x\",\"branch_id\":7,\"z\":{\"b\":1.50,\"a\":[]},"
                        + "\"sub\":\"dilnoza\",\"session_id\":\"s1\"," + TIMES + "}");

        assertThat(shared().verify(token, true))
                .isEqualTo(new Proof.Accepted(new TableIdentity(
                        "dilnoza",
                        "authenticated",
                        "{\"branch_id\":7,\"role\":\"authenticated\",\"session_id\":\"s1\",\"sub\":\"dilnoza\","
                                + "\"z\":{\"a\":[],\"b\":1.50}}",
                        "s1",
                        START,
                        START.plusSeconds(3_600))));
    }

    @Test
    void aRenewalIsOfTheSameViewerHoweverItIsWritten() {
        var one = hs256("{\"sub\":\"a\",\"role\":\"anon\",\"b\":{\"y\":1,\"x\":2}," + TIMES + "}");
        var other = hs256("{\"b\":{\"x\":2,\"y\":1},\"exp\":%d, \"role\":\"anon\",\"sub\":\"a\"}".formatted(NOW + 60));

        assertThat(identity(other).claims()).isEqualTo(identity(one).claims());
        assertThat(identity(other).login()).as("without session_id").isEqualTo("a");
    }

    @Test
    void publicKeysBelieveWhatTheirPrivateHalfSigned() {
        var rsa = verifier(List.of(JwtKey.pem(pem(RSA))));
        var ec = verifier(List.of(JwtKey.pem(pem(EC))));

        assertThat(rsa.verify(rs256(DILNOZA), true)).isInstanceOf(Proof.Accepted.class);
        assertThat(ec.verify(es256(EC, DILNOZA), true)).isInstanceOf(Proof.Accepted.class);
        assertThat(rsa.verify(es256(EC, DILNOZA), true)).isInstanceOf(Proof.Invalid.class);
        assertThat(ec.verify(rs256(DILNOZA), true)).isInstanceOf(Proof.Invalid.class);
    }

    @Test
    void aTokenThatIsNotSignedIsNotBelieved() {
        for (var header : List.of("{\"alg\":\"none\"}", "{\"alg\":\"None\"}", "{\"alg\":\"HS256\"}", "{}")) {
            var token = base64(header.getBytes(UTF_8)) + "." + base64(DILNOZA.getBytes(UTF_8)) + ".";
            assertInvalid(shared(), token);
        }
    }

    @Test
    void aPublicKeyIsNotTakenForASecret() {
        var verifier = verifier(List.of(JwtKey.pem(pem(RSA))));

        assertInvalid(verifier, signed(header(JWSAlgorithm.HS256), DILNOZA, mac(pem(RSA).getBytes(UTF_8))));
        assertInvalid(verifier, signed(header(JWSAlgorithm.HS256), DILNOZA, mac(der(RSA))));
    }

    @Test
    void aKeyIsBelievedWithItsOwnAlgorithmOnly() {
        assertInvalid(shared(), signed(header(JWSAlgorithm.HS512), DILNOZA, mac((SECRET + SECRET).getBytes(UTF_8))));
        assertInvalid(
                verifier(List.of(JwtKey.pem(pem(RSA)))), signed(header(JWSAlgorithm.PS256), DILNOZA, rsaSigner()));
    }

    @Test
    void ofSeveralKeysTheOneThatTheTokenNamesCounts() {
        var other = ec("two");
        var verifier = verifier(JwtKey.jwks(new JWKSet(List.of(EC.toPublicJWK(), other.toPublicJWK())).toString()));

        assertThat(verifier.verify(es256(EC, DILNOZA), true)).isInstanceOf(Proof.Accepted.class);
        assertThat(verifier.verify(es256(other, DILNOZA), true)).isInstanceOf(Proof.Accepted.class);
        assertInvalid(verifier, es256(ec("three"), DILNOZA));
        assertInvalid(verifier, es256(ec("two"), DILNOZA));
        assertInvalid(verifier, signed(header(JWSAlgorithm.ES256), DILNOZA, ecSigner(EC)));
    }

    @Test
    void whatAHeaderDemandsAndWeDoNotKnowIsNotBelieved() {
        var critical = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .criticalParams(Set.of("exotic"))
                .customParam("exotic", true)
                .build();
        var plain = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .base64URLEncodePayload(false)
                .criticalParams(Set.of("b64"))
                .build();

        assertInvalid(shared(), signed(critical, DILNOZA, mac(SECRET.getBytes(UTF_8))));
        assertInvalid(shared(), signed(plain, DILNOZA, mac(SECRET.getBytes(UTF_8))));
    }

    @Test
    void aTokenThatWasTamperedWithIsNotBelieved() {
        var parts = hs256(DILNOZA).split("\\.", -1);
        var other = base64(DILNOZA.replace("dilnoza", "aziz").getBytes(UTF_8));

        assertInvalid(shared(), parts[0] + "." + other + "." + parts[2]);
    }

    @Test
    void aTokenWithoutEndOrWithAFarOneIsNotBelieved() {
        var who = "{\"sub\":\"a\",\"role\":\"anon\"";

        assertInvalid(shared(), hs256(who + "}"));
        assertInvalid(shared(), hs256(who + ",\"exp\":null}"));
        assertInvalid(shared(), hs256(who + ",\"exp\":\"%d\"}".formatted(NOW + 60)));
        assertInvalid(shared(), hs256(who + ",\"exp\":1e30}"));
        assertInvalid(shared(), hs256(who + ",\"iat\":%d,\"exp\":%d}".formatted(NOW, NOW + 24 * 3_600 + 1)));
        assertInvalid(shared(), hs256(who + ",\"exp\":%d}".formatted(NOW + 24 * 3_600 + 11)));
        assertInvalid(shared(), hs256(who + ",\"iat\":%d,\"exp\":%d}".formatted(NOW + 11, NOW + 60)));
    }

    @Test
    void whatSaysNotWhenItWasIssuedCountsAsIssuedAsEarlyAsItCanHaveBeen() {
        var token = hs256("{\"sub\":\"a\",\"role\":\"anon\",\"exp\":%d}".formatted(NOW + 60));

        assertThat(identity(token).issued()).isEqualTo(START.plusSeconds(60).minus(Duration.ofHours(24)));
    }

    @Test
    void aTokenOutsideItsTimeIsNotBelieved() {
        assertInvalid(shared(), hs256(DILNOZA.replace("}", ",\"nbf\":%d}".formatted(NOW + 11))));
        var token = hs256(DILNOZA);
        now = START.plusSeconds(3_609);
        assertThat(shared().verify(token, true)).isInstanceOf(Proof.Accepted.class);
        now = START.plusSeconds(3_610);
        assertThat(shared().verify(token, true)).isEqualTo(new Proof.Expired());
    }

    @Test
    void audienceAndIssuerCountWhereTheyAreConfigured() {
        var strict = new JwtVerifier(
                new JwtSettings(
                        List.of(JwtKey.secret(SECRET)),
                        Optional.of("board"),
                        Optional.of("https://auth.example.com"),
                        JwtSettings.USUAL_ROLES,
                        Set.of(),
                        JwtSettings.USUAL_LIFE,
                        JwtSettings.USUAL_SKEW),
                role -> RoleSecurity.HELD,
                () -> now);
        var issuer = ",\"iss\":\"https://auth.example.com\"";

        assertThat(strict.verify(with(issuer + ",\"aud\":\"board\""), true)).isInstanceOf(Proof.Accepted.class);
        assertThat(strict.verify(with(issuer + ",\"aud\":[\"x\",\"board\"]"), true))
                .isInstanceOf(Proof.Accepted.class);
        assertInvalid(strict, with(issuer));
        assertInvalid(strict, with(issuer + ",\"aud\":\"boards\""));
        assertInvalid(strict, with(",\"aud\":\"board\""));
        assertInvalid(strict, with(",\"iss\":[\"https://auth.example.com\",\"x\"],\"aud\":\"board\""));
    }

    @Test
    void aRoleThatIsNotListedIsNotBelieved() {
        assertInvalid(shared(), hs256("{\"sub\":\"a\"," + TIMES + "}"));
        assertInvalid(shared(), hs256("{\"sub\":\"a\",\"role\":[\"anon\"]," + TIMES + "}"));
        assertInvalid(shared(), hs256("{\"sub\":\"a\",\"role\":\"postgres\"," + TIMES + "}"));
        assertInvalid(shared(), hs256("{\"sub\":\"a\",\"role\":\"Anon\"," + TIMES + "}"));
        assertInvalid(shared(), hs256("{\"role\":\"anon\"," + TIMES + "}"));
        assertInvalid(shared(), hs256("{\"role\":\"anon\",\"sub\":7," + TIMES + "}"));
    }

    @Test
    void aRoleThatReadsPastEveryPolicyIsRefusedFromAPageAndThatIsSaidWithoutTheToken() {
        var token = hs256("{\"sub\":\"a\",\"role\":\"service_role\"," + TIMES + "}");
        var verifier = serving(Set.of("service_role"));

        assertThat(verifier.verify(token, true)).isInstanceOf(Proof.Invalid.class);
        assertThat(verifier.verify(token, true)).isInstanceOf(Proof.Invalid.class);
        assertThat(log.list)
                .singleElement()
                .satisfies(it -> assertThat(it.getFormattedMessage())
                        .contains("service_role")
                        .doesNotContain(token)
                        .doesNotContain(token.split("\\.", -1)[2]));
        now = START.plusSeconds(61);
        assertThat(verifier.verify(token, true)).isInstanceOf(Proof.Invalid.class);
        assertThat(log.list).hasSize(2);
    }

    @Test
    void serversMayBringOneOnlyWhereThatIsConfigured() {
        var token = hs256("{\"sub\":\"a\",\"role\":\"service_role\"," + TIMES + "}");

        assertThat(shared().verify(token, false)).isInstanceOf(Proof.Invalid.class);
        assertThat(serving(Set.of("service_role")).verify(token, false)).isInstanceOf(Proof.Accepted.class);
        assertThat(log.list).as("nothing was given away").isEmpty();
    }

    @Test
    void aListedRoleThatCameToReadPastPoliciesIsNoLongerForPages() {
        var verifier = new JwtVerifier(
                JwtSettings.of(List.of(JwtKey.secret(SECRET))), role -> RoleSecurity.BYPASSED, () -> now);

        assertInvalid(verifier, hs256(DILNOZA));
        assertThat(verifier.verify(hs256(DILNOZA), false)).isInstanceOf(Proof.Invalid.class);
        assertThat(log.list).hasSize(1);
    }

    /** The page would come back with another token, later and later, and the log would say that a secret was given away. */
    @Test
    void whileNobodyCanSayWhetherPoliciesHoldATokenIsNeitherGoodNorBad() {
        var verifier = new JwtVerifier(
                JwtSettings.of(List.of(JwtKey.secret(SECRET))), role -> RoleSecurity.UNKNOWN, () -> now);

        assertThat(verifier.verify(hs256(DILNOZA), true)).isEqualTo(new Proof.Unavailable());
        assertThat(log.list).isEmpty();
        assertInvalid(verifier, hs256(DILNOZA.replace("authenticated", "reporter")));
        assertInvalid(verifier, hs256(DILNOZA.replace("authenticated", "service_role")));
    }

    @Test
    void aServersRoleIsNotForPagesEvenIfPoliciesHoldForIt() {
        var token = hs256("{\"sub\":\"a\",\"role\":\"reporter\"," + TIMES + "}");

        assertInvalid(serving(Set.of("reporter")), token);
        assertThat(serving(Set.of("reporter")).verify(token, false)).isInstanceOf(Proof.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\":\"\\u0000\"",
                "\"\\u0000\":1",
                "\"x\":[{\"y\":\"\\ud800\"}]",
                "\"x\":1e400",
                "\"x\":1e-400",
                "\"x\":11111111111111111111111111111111111111111",
                "\"role\":\"anon\"",
                "\"x\":NaN"
            })
    void claimsThatPostgresqlCouldNotHoldOrThatMeanTwoThingsAreNotBelieved(String claim) {
        assertInvalid(shared(), hs256(DILNOZA.replace("}", "," + claim + "}")));
    }

    @Test
    void whatIsHugeOrDeepOrNoTokenIsInvalid() {
        assertInvalid(shared(), hs256(DILNOZA.replace("}", ",\"x\":\"" + "x".repeat(8_192) + "\"}")));
        assertInvalid(shared(), hs256(DILNOZA.replace("}", ",\"x\":" + "[".repeat(40) + "]".repeat(40) + "}")));
        assertInvalid(shared(), base64("[".repeat(4_000).getBytes(UTF_8)) + ".e30.x");
        assertInvalid(shared(), hs256(DILNOZA + "{}"));
        assertInvalid(shared(), hs256(DILNOZA.replace("dilnoza", "x".repeat(256))));
        assertInvalid(shared(), hs256(DILNOZA.replace("dilnoza", "di\\nlnoza")));
        for (var text : List.of("x", "a.b.c", "..", "....", "\u0000".repeat(50), hs256("[]"), hs256("x"))) {
            assertInvalid(shared(), text);
        }
        assertThat(shared().verify("", true)).isEqualTo(new Proof.Missing());
    }

    private JwtVerifier shared() {
        return verifier(List.of(JwtKey.secret(SECRET)));
    }

    private JwtVerifier verifier(List<JwtKey> keys) {
        return new JwtVerifier(JwtSettings.of(keys), role -> RoleSecurity.HELD, () -> now);
    }

    private JwtVerifier serving(Set<String> serverRoles) {
        var settings = new JwtSettings(
                List.of(JwtKey.secret(SECRET)),
                Optional.empty(),
                Optional.empty(),
                JwtSettings.USUAL_ROLES,
                serverRoles,
                JwtSettings.USUAL_LIFE,
                JwtSettings.USUAL_SKEW);
        return new JwtVerifier(settings, role -> RoleSecurity.HELD, () -> now);
    }

    private TableIdentity identity(String token) {
        return (TableIdentity) ((Proof.Accepted) shared().verify(token, true)).identity();
    }

    private static void assertInvalid(JwtVerifier verifier, String token) {
        assertThat(verifier.verify(token, true)).as(token).isInstanceOf(Proof.Invalid.class);
    }

    private static String with(String claims) {
        return hs256(DILNOZA.replace("}", claims + "}"));
    }

    private static String hs256(String claims) {
        return signed(header(JWSAlgorithm.HS256), claims, mac(SECRET.getBytes(UTF_8)));
    }

    private static String rs256(String claims) {
        return signed(header(JWSAlgorithm.RS256), claims, rsaSigner());
    }

    private static String es256(ECKey key, String claims) {
        return signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims, ecSigner(key));
    }

    private static JWSHeader header(JWSAlgorithm algorithm) {
        return new JWSHeader(algorithm);
    }

    private static String signed(JWSHeader header, String claims, JWSSigner signer) {
        try {
            var token = new JWSObject(header, new Payload(claims));
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWSSigner mac(byte[] secret) {
        try {
            return new MACSigner(secret);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWSSigner rsaSigner() {
        try {
            return new RSASSASigner(RSA);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWSSigner ecSigner(ECKey key) {
        try {
            return new ECDSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(2_048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey ec(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] der(RSAKey key) {
        try {
            return key.toPublicKey().getEncoded();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(RSAKey key) {
        return pem(der(key));
    }

    private static String pem(ECKey key) {
        try {
            return pem(key.toPublicKey().getEncoded());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(byte[] der) {
        return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(JwtVerifier.class);
    }
}
