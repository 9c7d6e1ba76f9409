package io.amanat.bridge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class JwtKeyTest {

    @Test
    void aShortSecretIsRefusedBeforeAnybodySigns() {
        refused(() -> JwtKey.secret("s".repeat(31)), "31 bytes", "at least 32");
        assertThat(JwtKey.secret("s".repeat(32))).hasToString("key without name for HS256");
    }

    @Test
    void keysAreEqualIfTheyAreTheSame() throws Exception {
        var pem = pem("EC", 256);
        assertThat(JwtKey.secret("s".repeat(32)))
                .isEqualTo(JwtKey.secret("s".repeat(32)))
                .hasSameHashCodeAs(JwtKey.secret("s".repeat(32)));
        assertThat(JwtKey.secret("s".repeat(32))).isNotEqualTo(JwtKey.secret("t".repeat(32)));
        assertThat(JwtKey.pem(pem)).isEqualTo(JwtKey.pem(pem)).isNotEqualTo(JwtKey.pem(pem("EC", 256)));
    }

    @Test
    void aKeyThatOthersKnowIsNoSecret() throws Exception {
        refused(() -> JwtKey.secret(pem("RSA", 2_048)), "public_key_file");
    }

    @Test
    void aShortRsaKeyIsRefused() throws Exception {
        var pem = pem("RSA", 1_024);
        refused(() -> JwtKey.pem(pem), "1024 bits");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() throws Exception {
        var edwards = pem("Ed25519", 255);
        var large = pem("EC", 384);
        refused(() -> JwtKey.pem(edwards), "RS256");
        refused(() -> JwtKey.pem(large), "P-256");
        refused(() -> JwtKey.pem("-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----"), "RS256");
        refused(() -> JwtKey.pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"), "no public key");
    }

    @Test
    void aDocumentOfKeysHoldsOnlyWhatIsBelieved() throws Exception {
        var named = ec("one");
        refused(() -> JwtKey.jwks("{"), "JWKS");
        refused(() -> JwtKey.jwks("{\"keys\":[]}"), "no keys");
        refused(
                () -> JwtKey.jwks(
                        document(new ECKeyGenerator(Curve.P_256).generate().toPublicJWK())),
                "kid");
        refused(() -> JwtKey.jwks(document(named.toPublicJWK(), named.toPublicJWK())), "same kid");
        refused(() -> JwtKey.jwks(new JWKSet(List.<JWK>of(named)).toString(false)), "private");
        refused(
                () -> JwtKey.jwks(document(new RSAKeyGenerator(2_048)
                        .keyID("rsa")
                        .algorithm(JWSAlgorithm.RS512)
                        .generate()
                        .toPublicJWK())),
                "RS512");
        refused(
                () -> JwtKey.jwks(new JWKSet(List.<JWK>of(new OctetSequenceKey.Builder(new byte[16])
                                .keyID("short")
                                .build()))
                        .toString(false)),
                "16 bytes");
    }

    @Test
    void whatOnlyEncryptsIsPassedOver() throws Exception {
        var encrypting =
                new ECKeyGenerator(Curve.P_384).keyUse(KeyUse.ENCRYPTION).generate();

        assertThat(JwtKey.jwks(document(encrypting.toPublicJWK(), ec("one").toPublicJWK())))
                .singleElement()
                .hasToString("key one for ES256");
    }

    private static ECKey ec(String kid) throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
    }

    private static String document(JWK... keys) {
        return new JWKSet(List.of(keys)).toString();
    }

    private static String pem(String kind, int size) throws Exception {
        var generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(size);
        return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----"
                .formatted(Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPublic().getEncoded()));
    }

    private static void refused(ThrowingCallable key, String... said) {
        assertThatThrownBy(key).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(said);
    }
}
