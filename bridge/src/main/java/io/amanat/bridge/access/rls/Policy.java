package io.amanat.bridge.access.rls;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One policy of a table, as far as it says what may be read.
 *
 * @param oid its number in the catalogue
 * @param permissive whether one such policy is enough, or every one of this kind is needed
 * @param condition as PostgreSQL prints it when the search path is empty
 * @param tree the same as PostgreSQL stores it: every function and table by its number
 */
record Policy(long oid, boolean permissive, String condition, String tree) {

    /** Whether it hands a row on as a whole, so that any column may matter. */
    boolean looksAtWholeRows() {
        return tree.contains(":varattno 0 ");
    }

    /** What all of them together ask of a row: one of the permissive, and all the others. Null is no. */
    static String together(List<Policy> policies, Function<Policy, String> condition) {
        var enough = policies.stream()
                .filter(Policy::permissive)
                .map(policy -> "(" + condition.apply(policy) + ")")
                .collect(Collectors.joining(" OR "));
        var needed = policies.stream()
                .filter(policy -> !policy.permissive())
                .map(policy -> " AND (" + condition.apply(policy) + ")")
                .collect(Collectors.joining());
        return "(" + (enough.isEmpty() ? "false" : enough) + ")" + needed;
    }
}
