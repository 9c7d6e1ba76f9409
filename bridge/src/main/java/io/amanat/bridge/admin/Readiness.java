package io.amanat.bridge.admin;

import java.util.List;

/**
 * Whether the bridge does its work just now.
 *
 * @param reasons why it does not; empty if it does
 */
public record Readiness(List<String> reasons) {

    public static final Readiness READY = new Readiness(List.of());

    public Readiness {
        reasons = List.copyOf(reasons);
    }

    public boolean ready() {
        return reasons.isEmpty();
    }
}
