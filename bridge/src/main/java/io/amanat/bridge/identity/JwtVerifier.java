package io.amanat.bridge.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import io.amanat.bridge.identity.JwtClaims.BadClaimException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Believes a token only if one of the configured keys signed it, with that key's own algorithm, for a role of PostgreSQL that may
 * come this way, and not for ever. Safe to share.
 */
public final class JwtVerifier implements Tokens {

    static final int LONGEST_TOKEN = 8_192;

    /** A page that tries again and again is said once in this time. */
    private static final Duration SAID_FOR = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(JwtVerifier.class);

    private final JwtSettings settings;
    private final Function<String, RoleSecurity> roles;
    private final InstantSource clock;
    private final AtomicReference<Instant> said = new AtomicReference<>(Instant.MIN);

    /** @param roles what policies are to a role of this name, as PostgreSQL says */
    public JwtVerifier(JwtSettings settings, Function<String, RoleSecurity> roles, InstantSource clock) {
        this.settings = settings;
        this.roles = roles;
        this.clock = clock;
    }

    @Override
    public Proof verify(String token, boolean fromPage) {
        if (token.isEmpty()) {
            return new Proof.Missing();
        }
        if (token.length() > LONGEST_TOKEN) {
            return new Proof.Invalid("the token is longer than %d characters".formatted(LONGEST_TOKEN));
        }
        try {
            return genuine(JWSObject.parse(token), fromPage);
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return new Proof.Invalid("this is no signed token");
        } catch (BadClaimException e) {
            return new Proof.Invalid(e.reason());
        }
    }

    private Proof genuine(JWSObject token, boolean fromPage) throws JOSEException, BadClaimException {
        var key = key(token.getHeader());
        if (key.isEmpty() || !token.verify(key.get().verifier())) {
            return new Proof.Invalid("the token was not signed with a key and algorithm that are believed here");
        }
        var claims = JwtClaims.read(token.getPayload().toBytes());
        if (!isForUs(claims)) {
            return new Proof.Invalid("the token is of another issuer or for another audience");
        }
        return inTime(claims, fromPage);
    }

    /** By its name, if it has one; else it must be the only one that a token need not name. */
    private Optional<JwtKey> key(JWSHeader header) {
        var named = Optional.ofNullable(header.getKeyID());
        var fitting = settings.keys().stream()
                .filter(it -> header.isBase64URLEncodePayload())
                .filter(it -> it.algorithm().equals(header.getAlgorithm()))
                .filter(it -> it.id().isEmpty() || it.id().equals(named))
                .toList();
        var exact = fitting.stream().filter(it -> it.id().isPresent()).findFirst();
        return exact.or(() -> fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty());
    }

    private boolean isForUs(JwtClaims claims) {
        return settings.issuer()
                        .map(it -> List.of(it).equals(claims.each("iss")))
                        .orElse(true)
                && settings.audience().map(claims.each("aud")::contains).orElse(true);
    }

    private Proof inTime(JwtClaims claims, boolean fromPage) throws BadClaimException {
        var expires = claims.moment("exp");
        if (expires.isEmpty()) {
            return new Proof.Invalid("the token lacks exp; one that never ends is not believed");
        }
        var now = clock.instant();
        var soonest = now.plus(settings.skew());
        var issued = claims.moment("iat");
        boolean tooLong = issued.map(it -> Duration.between(it, expires.get()))
                        .orElseGet(() -> Duration.between(soonest, expires.get()))
                        .compareTo(settings.longestLife())
                > 0;
        if (tooLong || issued.filter(soonest::isBefore).isPresent()) {
            return new Proof.Invalid("the token is valid for too long, or from the future; compare the clocks");
        }
        if (claims.moment("nbf").filter(soonest::isBefore).isPresent()) {
            return new Proof.Invalid("the token is not valid yet; compare the clocks");
        }
        if (!expires.get().plus(settings.skew()).isAfter(now)) {
            return new Proof.Expired();
        }
        var earliest = issued.orElseGet(() -> expires.get().minus(settings.longestLife()));
        return identity(claims, earliest, expires.get(), fromPage);
    }

    private Proof identity(JwtClaims claims, Instant issued, Instant expires, boolean fromPage)
            throws BadClaimException {
        var role = claims.name("role");
        var subject = claims.name("sub");
        if (role.isEmpty() || subject.isEmpty()) {
            return new Proof.Invalid("the token lacks role or sub");
        }
        var login = claims.name("session_id").or(() -> subject).orElseThrow();
        return judged(
                new TableIdentity(subject.get(), role.get(), claims.canonical(), login, issued, expires), fromPage);
    }

    private Proof judged(TableIdentity identity, boolean fromPage) {
        var role = identity.role();
        if (!fromPage && settings.serverRoles().contains(role)) {
            return new Proof.Accepted(identity);
        }
        boolean listed = settings.roles().contains(role);
        var security = role.equals(JwtSettings.SERVICE_ROLE) ? RoleSecurity.BYPASSED : roles.apply(role);
        if (security == RoleSecurity.BYPASSED && fromPage) {
            say(role);
        }
        if (security == RoleSecurity.UNKNOWN && listed) {
            return new Proof.Unavailable();
        }
        return security == RoleSecurity.HELD && listed
                ? new Proof.Accepted(identity)
                : new Proof.Invalid("a token of this role is not accepted here");
    }

    private void say(String role) {
        var now = clock.instant();
        var last = said.get();
        if (last.plus(SAID_FOR).isBefore(now) && said.compareAndSet(last, now)) {
            LOG.warn(
                    "refused a token of the role {}, which a page brought: it reads past every policy, so whoever put it into a"
                            + " page gave everything away; replace the key it was signed with",
                    role);
        }
    }
}
