package io.amanat.bridge.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Believes a token only if the add-on signed it with ES256 for us, for at most five minutes, and not in the past. Safe to
 * share; may block while keys are fetched, so it belongs on a virtual thread.
 */
public final class TokenVerifier implements Tokens {

    private final TrustCache trust;
    private final IdentitySettings settings;
    private final InstantSource clock;
    private final Revocations revocations;

    public TokenVerifier(TrustSource source, IdentitySettings settings, InstantSource clock, Revocations revocations) {
        this.trust = new TrustCache(source, settings, clock);
        this.settings = settings;
        this.clock = clock;
        this.revocations = revocations;
    }

    /** What this token proves: the same to a page and to anybody else. */
    @Override
    public Proof verify(String token, boolean fromPage) {
        return verify(token);
    }

    Proof verify(String token) {
        if (token.isEmpty()) {
            return new Proof.Missing();
        }
        try {
            return genuine(SignedJWT.parse(token));
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return new Proof.Invalid("this is no signed token; ask Odoo for one");
        }
    }

    private Proof genuine(SignedJWT token) throws ParseException, JOSEException {
        if (!JWSAlgorithm.ES256.equals(token.getHeader().getAlgorithm())) {
            return new Proof.Invalid("only tokens signed with ES256 are accepted");
        }
        var kid = token.getHeader().getKeyID();
        if (kid == null) {
            return new Proof.Invalid("the token names no key");
        }
        var believed = believed(kid, issuer(token));
        if (believed.isEmpty()) {
            return new Proof.Unavailable();
        }
        if (!signed(token, kid, believed.get())) {
            return new Proof.Invalid("the token was not signed by this Odoo database");
        }
        return claims(token.getJWTClaimsSet(), believed.get());
    }

    private static String issuer(SignedJWT token) throws ParseException {
        var issuer = token.getJWTClaimsSet().getIssuer();
        return issuer == null ? "" : issuer;
    }

    /** The trust that knows this key and issuer; asks the source again when the one in use does not. */
    private Optional<Trust> believed(String kid, String issuer) {
        var current = trust.current();
        return current.filter(it -> it.issuer().equals(issuer) && key(it, kid).isPresent())
                .or(trust::newest);
    }

    private static boolean signed(SignedJWT token, String kid, Trust trust) throws JOSEException {
        var key = key(trust, kid);
        return key.isPresent() && token.verify(new ECDSAVerifier(key.get()));
    }

    private static Optional<ECKey> key(Trust trust, String kid) {
        return trust.keys().stream()
                .filter(jwk -> kid.equals(jwk.get("kid")))
                .findFirst()
                .flatMap(TokenVerifier::key);
    }

    private static Optional<ECKey> key(Map<String, String> jwk) {
        try {
            return JWK.parse(new HashMap<String, Object>(jwk)) instanceof ECKey key
                            && Curve.P_256.equals(key.getCurve())
                    ? Optional.of(key)
                    : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private Proof claims(JWTClaimsSet claims, Trust trust) throws ParseException {
        if (!trust.issuer().equals(claims.getIssuer())
                || !List.of(trust.audience()).equals(claims.getAudience())) {
            return new Proof.Invalid("the token is of another database or for another purpose");
        }
        if (claims.getExpirationTime() == null || claims.getIssueTime() == null || claims.getJWTID() == null) {
            return new Proof.Invalid("the token lacks exp, iat or jti");
        }
        return inTime(
                claims,
                claims.getIssueTime().toInstant(),
                claims.getExpirationTime().toInstant());
    }

    private Proof inTime(JWTClaimsSet claims, Instant issued, Instant expires) throws ParseException {
        var now = clock.instant();
        var soonest = now.plus(settings.skew());
        boolean early = issued.isAfter(soonest)
                || (claims.getNotBeforeTime() != null
                        && claims.getNotBeforeTime().toInstant().isAfter(soonest));
        if (early || Duration.between(issued, expires).compareTo(settings.longestLife()) > 0) {
            return new Proof.Invalid(
                    "the token is valid for too long, or not yet; compare the clocks of Odoo and the bridge");
        }
        return expires.plus(settings.skew()).isAfter(now) ? identity(claims, issued, expires) : new Proof.Expired();
    }

    private Proof identity(JWTClaimsSet claims, Instant issued, Instant expires) throws ParseException {
        var login = claims.getStringClaim("sid");
        var companies = claims.getListClaim("companies");
        if (login == null
                || login.isEmpty()
                || companies == null
                || !companies.stream().allMatch(Number.class::isInstance)) {
            return new Proof.Invalid("the token lacks sid or companies");
        }
        var identity = new OdooIdentity(
                Long.parseLong(claims.getSubject()),
                text(claims, "name"),
                companies.stream().map(id -> ((Number) id).longValue()).toList(),
                text(claims, "lang"),
                login,
                issued,
                expires,
                Identity.Presence.of(text(claims, "presence")));
        return revocations.of(identity).<Proof>map(it -> it).orElseGet(() -> new Proof.Accepted(identity));
    }

    private static String text(JWTClaimsSet claims, String name) throws ParseException {
        var text = claims.getStringClaim(name);
        return text == null ? "" : text;
    }
}
