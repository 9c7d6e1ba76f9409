package io.amanat.bridge.identity;

import java.util.List;
import java.util.Map;

/**
 * Whose tokens are believed.
 *
 * @param issuer the only {@code iss} accepted
 * @param audience the only {@code aud} accepted
 * @param keys public keys as JWK members ({@code kty, crv, kid, x, y}); only P-256 signing keys are used
 */
public record Trust(String issuer, String audience, List<Map<String, String>> keys) {
    public Trust {
        keys = List.copyOf(keys);
    }
}
