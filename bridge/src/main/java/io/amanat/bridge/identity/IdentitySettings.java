package io.amanat.bridge.identity;

import java.time.Duration;

/**
 * How tokens are believed.
 *
 * @param longestLife the longest time from issue to expiry that is accepted; default 5 min, which is what the add-on issues
 * @param skew how far Odoo's clock and ours may differ; 0 to 1 min, default 10 s
 * @param refresh how long issuer and keys are used before they are fetched again, so that a rotated key ends; 10 s to 1 h,
 *     default 1 min
 * @param pause the shortest time between two fetches, however many unknown keys are presented; default 5 s
 */
public record IdentitySettings(Duration longestLife, Duration skew, Duration refresh, Duration pause) {

    public static final IdentitySettings DEFAULT = new IdentitySettings(
            Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofSeconds(5));
}
