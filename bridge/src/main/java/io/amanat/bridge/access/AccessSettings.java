package io.amanat.bridge.access;

import java.time.Duration;

/**
 * How rights are asked.
 *
 * @param timeout how long one call to Odoo may take before its burst counts as unanswered; 1 s to 1 min, default 5 s
 * @param waiting how many questions may wait for their answer before further ones are refused; default 20 000, a restart with
 *     thousands of open browsers
 * @param gather how long the first question about rights waits for others to ride with it; default 20 ms, in which browsers that
 *     come back together all ask
 */
public record AccessSettings(Duration timeout, int waiting, Duration gather) {

    public static final AccessSettings DEFAULT =
            new AccessSettings(Duration.ofSeconds(5), 20_000, Duration.ofMillis(20));
}
