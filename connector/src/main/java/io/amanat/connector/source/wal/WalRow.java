package io.amanat.connector.source.wal;

import io.amanat.connector.source.wal.LogicalMessage.Old;
import io.amanat.connector.source.wal.LogicalMessage.Relation;
import java.util.List;
import java.util.Optional;

/** What happened to one row, or to all rows, of a published table. */
public sealed interface WalRow {

    Relation table();

    record Inserted(Relation table, List<Cell> now) implements WalRow {}

    record Updated(Relation table, Optional<Old> old, List<Cell> now) implements WalRow {}

    record Deleted(Relation table, Old old) implements WalRow {}

    /** The table was emptied. */
    record Emptied(Relation table) implements WalRow {}
}
