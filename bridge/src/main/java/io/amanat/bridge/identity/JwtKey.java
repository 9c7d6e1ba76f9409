package io.amanat.bridge.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One key that tokens are signed with, and the only algorithm it is believed with: what a token says of its algorithm chooses no
 * key. Safe to share.
 */
public final class JwtKey {

    private static final int LEAST_SECRET_BYTES = 32;
    private static final int LEAST_RSA_BITS = 2_048;
    private static final String PEM_BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String PEM_END = "-----END PUBLIC KEY-----";

    private final Optional<String> id;
    private final JWSAlgorithm algorithm;
    private final JWSVerifier verifier;
    private final String fingerprint;

    private JwtKey(Optional<String> id, JWSAlgorithm algorithm, JWSVerifier verifier, byte[] key) {
        this.id = id;
        this.algorithm = algorithm;
        this.verifier = verifier;
        this.fingerprint = fingerprint(key);
    }

    private static String fingerprint(byte[] key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * A secret for HS256, as the text that both sides share.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static JwtKey secret(String text) {
        require(
                !text.startsWith("-----BEGIN"),
                "holds a key in PEM, which others know, too: with it as a secret anybody could sign; name it in public_key_file");
        return secret(Optional.empty(), text.getBytes(StandardCharsets.UTF_8));
    }

    private static JwtKey secret(Optional<String> id, byte[] secret) {
        require(
                secret.length >= LEAST_SECRET_BYTES,
                "holds a secret of %d bytes, which can be guessed; HS256 needs at least %d"
                        .formatted(secret.length, LEAST_SECRET_BYTES));
        try {
            return new JwtKey(id, JWSAlgorithm.HS256, new MACVerifier(secret), secret);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("holds no secret for HS256", e);
        }
    }

    /**
     * A public key in PEM: RSA for RS256, or the curve P-256 for ES256.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static JwtKey pem(String text) {
        var body = text.strip();
        require(
                body.startsWith(PEM_BEGIN) && body.endsWith(PEM_END),
                "is no public key in PEM; it starts with " + PEM_BEGIN);
        var base64 = body.substring(PEM_BEGIN.length(), body.length() - PEM_END.length());
        return switch (decoded(base64)) {
            case RSAPublicKey key -> rsa(Optional.empty(), key);
            case ECPublicKey key -> ec(Optional.empty(), key);
            default -> throw new IllegalArgumentException("is neither a key for RS256 nor one for ES256");
        };
    }

    private static PublicKey decoded(String base64) {
        try {
            var spec = new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
            return generate("RSA", spec).or(() -> generate("EC", spec)).orElseThrow();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("is neither a key for RS256 nor one for ES256", e);
        }
    }

    private static Optional<PublicKey> generate(String kind, X509EncodedKeySpec spec) {
        try {
            return Optional.of(KeyFactory.getInstance(kind).generatePublic(spec));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /**
     * The keys of a JWKS document that sign; each names itself.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static List<JwtKey> jwks(String text) {
        try {
            var keys = JWKSet.parse(text).getKeys().stream()
                    .filter(it -> !KeyUse.ENCRYPTION.equals(it.getKeyUse()))
                    .map(JwtKey::jwk)
                    .toList();
            var ids = keys.stream().map(it -> it.id).collect(Collectors.toSet());
            require(!keys.isEmpty() && ids.size() == keys.size(), "holds no keys, or two with the same kid");
            return keys;
        } catch (ParseException e) {
            throw new IllegalArgumentException("is no JWKS document: JSON with a list of keys", e);
        }
    }

    private static JwtKey jwk(JWK jwk) {
        var id = Optional.ofNullable(jwk.getKeyID());
        require(id.isPresent(), "holds a key without kid; tokens name keys by it");
        var key = of(id, jwk);
        require(
                jwk.getAlgorithm() == null || key.algorithm.equals(jwk.getAlgorithm()),
                "holds a key for %s; only HS256, RS256 and ES256 are believed".formatted(jwk.getAlgorithm()));
        return key;
    }

    private static JwtKey of(Optional<String> id, JWK jwk) {
        try {
            return switch (jwk) {
                case OctetSequenceKey it -> secret(id, it.toByteArray());
                case RSAKey it when !it.isPrivate() -> rsa(id, it.toRSAPublicKey());
                case ECKey it when !it.isPrivate() -> ec(id, it.toECPublicKey());
                default ->
                    throw new IllegalArgumentException(
                            jwk.isPrivate()
                                    ? "holds a private key; only the public part belongs here"
                                    : "holds a key of the kind %s; only HS256, RS256 and ES256 are believed"
                                            .formatted(jwk.getKeyType()));
            };
        } catch (JOSEException e) {
            throw new IllegalArgumentException("holds a key that cannot be used", e);
        }
    }

    private static JwtKey rsa(Optional<String> id, RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        require(
                bits >= LEAST_RSA_BITS,
                "holds an RSA key of %d bits; RS256 needs at least %d".formatted(bits, LEAST_RSA_BITS));
        return new JwtKey(id, JWSAlgorithm.RS256, new RSASSAVerifier(key), key.getEncoded());
    }

    private static JwtKey ec(Optional<String> id, ECPublicKey key) {
        require(Curve.P_256.equals(Curve.forECParameterSpec(key.getParams())), "holds no key of the curve P-256");
        try {
            return new JwtKey(id, JWSAlgorithm.ES256, new ECDSAVerifier(key, Set.of()), key.getEncoded());
        } catch (JOSEException e) {
            throw new IllegalArgumentException("holds no key for ES256", e);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** What tokens call it; empty: they need not name it. */
    Optional<String> id() {
        return id;
    }

    JWSAlgorithm algorithm() {
        return algorithm;
    }

    JWSVerifier verifier() {
        return verifier;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JwtKey key
                && id.equals(key.id)
                && algorithm.equals(key.algorithm)
                && fingerprint.equals(key.fingerprint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, algorithm, fingerprint);
    }

    /** Tells nothing of what it holds. */
    @Override
    public String toString() {
        return "key %s for %s".formatted(id.orElse("without name"), algorithm);
    }
}
