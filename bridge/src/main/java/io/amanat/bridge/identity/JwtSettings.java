package io.amanat.bridge.identity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the tokens of a system other than Odoo are believed.
 *
 * @param keys any of which may have signed
 * @param audience what a token must be meant for; empty: {@code aud} is not looked at
 * @param issuer who must have made it; empty: {@code iss} is not looked at
 * @param roles of PostgreSQL that a token may name; default {@code authenticated} and {@code anon}
 * @param serverRoles those that only clients without an {@code Origin} header may name besides; default none
 * @param longestLife the longest time from issue to expiry that is accepted; 1 min to 30 days, default 24 h
 * @param skew how far the issuer's clock and ours may differ; 0 to 1 min, default 10 s
 */
public record JwtSettings(
        List<JwtKey> keys,
        Optional<String> audience,
        Optional<String> issuer,
        Set<String> roles,
        Set<String> serverRoles,
        Duration longestLife,
        Duration skew) {

    /** The role that reads past every policy where PostgreSQL is run by Supabase; not for browsers, whatever else is set. */
    public static final String SERVICE_ROLE = "service_role";

    public static final Set<String> USUAL_ROLES = Set.of("authenticated", "anon");
    public static final Duration USUAL_LIFE = Duration.ofHours(24);
    public static final Duration USUAL_SKEW = Duration.ofSeconds(10);

    public JwtSettings {
        keys = List.copyOf(keys);
        roles = Set.copyOf(roles);
        serverRoles = Set.copyOf(serverRoles);
        if (keys.isEmpty() || roles.isEmpty()) {
            throw new IllegalArgumentException("tokens need at least one key and one role");
        }
        if (roles.contains(SERVICE_ROLE)) {
            throw new IllegalArgumentException(
                    "the role %s reads past every policy and is not for browsers; name it in server_roles if at all"
                            .formatted(SERVICE_ROLE));
        }
    }

    /** The defaults, for these keys. */
    public static JwtSettings of(List<JwtKey> keys) {
        return new JwtSettings(keys, Optional.empty(), Optional.empty(), USUAL_ROLES, Set.of(), USUAL_LIFE, USUAL_SKEW);
    }
}
