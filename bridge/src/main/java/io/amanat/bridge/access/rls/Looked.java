package io.amanat.bridge.access.rls;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Operation;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How policies look at another table.
 *
 * @param columns which of its columns they look at; empty when any may matter
 * @param bound what ties a row of it to one viewer, if something does: other viewers' sight does not depend on that row
 */
record Looked(Set<String> columns, Optional<Bound> bound) {

    /** A column that must equal a viewer's claim for a row to matter to that viewer. */
    record Bound(String column, Claimed claim) {}

    /** Nothing is known of how it is looked at. */
    static final Looked SOMEHOW = new Looked(Set.of(), Optional.empty());

    Looked {
        columns = Set.copyOf(columns);
    }

    /** How it is looked at by this and by another policy. */
    Looked and(Looked other) {
        var both = new HashSet<>(columns);
        both.addAll(other.columns);
        return new Looked(
                columns.isEmpty() || other.columns.isEmpty() ? Set.of() : both,
                bound.equals(other.bound) ? bound : Optional.empty());
    }

    /** Whether this change can matter to anybody. */
    boolean matters(Change.Records change) {
        return change.operation() != Operation.UPDATE
                || columns.isEmpty()
                || !Collections.disjoint(columns, change.changedFields());
    }
}
