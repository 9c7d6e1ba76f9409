package io.amanat.bridge.access.rls;

import java.util.List;

/**
 * The condition of a table's policies for many viewers in one statement: what asks who the viewer is has become a column of a relation
 * of viewers.
 *
 * @param sql on a row called as the table is, and on {@code amanat_viewer__}
 * @param claims what that relation says of each viewer, in the order of its columns {@code amanat_claim_0__} and on
 */
record Together(String sql, List<Claimed> claims) {

    Together {
        claims = List.copyOf(claims);
    }

    /** The name of a claim's column. */
    static String column(int claim) {
        return "amanat_claim_" + claim + "__";
    }

    /** A claim's column as the condition writes it. */
    static String reference(int claim) {
        return "amanat_viewer__." + column(claim);
    }
}
