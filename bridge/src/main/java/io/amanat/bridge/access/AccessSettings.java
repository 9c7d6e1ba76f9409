package io.amanat.bridge.access;

import java.time.Duration;

/**
 * How rights are asked.
 *
 * @param timeout how long one call to Odoo may take before its burst counts as unanswered; 1 s to 1 min, default 5 s
 * @param waiting how many watches may wait for their rights before further ones are refused; default 20 000, a restart with
 *     thousands of open browsers
 */
public record AccessSettings(Duration timeout, int waiting) {

    public static final AccessSettings DEFAULT = new AccessSettings(Duration.ofSeconds(5), 20_000);
}
