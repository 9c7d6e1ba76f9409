package io.amanat.connector.source.tables;

import io.amanat.connector.change.Operation;
import io.amanat.connector.source.wal.Cell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction did to one row so far.
 *
 * @param before the row before the transaction; null if there was none
 * @param now the row after it; null if there is none
 * @param emptied how often the table was emptied or changed before this was written
 */
record Pending(
        Layout layout,
        String key,
        @Nullable List<Cell> before,
        @Nullable List<Cell> now,
        int emptied) {

    Operation operation() {
        if (before == null) {
            return Operation.CREATE;
        }
        return now == null ? Operation.DELETE : Operation.UPDATE;
    }
}
