package io.amanat.bridge.table;

import io.amanat.connector.change.Operation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody wants to watch.
 *
 * @param table as it was named
 * @param events what they mean for the receiver
 * @param filter as it was written; empty for all rows
 * @param columns which; empty for all that the role may read
 * @param role of PostgreSQL whose column privileges count
 */
public record TableSpec(
        String table, Set<Operation> events, String filter, Optional<List<String>> columns, String role) {

    public TableSpec {
        events = Set.copyOf(events);
        columns = columns.map(List::copyOf);
    }
}
