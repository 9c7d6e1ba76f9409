package io.amanat.bridge.admin;

import java.util.List;

/**
 * Whether the bridge does its work just now.
 *
 * @param ready whether it does for at least one database
 * @param reasons why it does not for one or more; empty if all is well
 */
public record Readiness(boolean ready, List<String> reasons) {

    public static final Readiness READY = new Readiness(true, List.of());

    public Readiness {
        reasons = List.copyOf(reasons);
    }
}
