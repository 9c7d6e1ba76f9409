package io.amanat.connector.source;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.source.tables.TableRows;
import io.amanat.connector.source.wal.WalTransaction;
import java.util.List;

/** Rows of published tables mean themselves. */
record TablesMeaning(TableRows rows, Figures figures) implements WalSource.Meaning {

    @Override
    public Transaction transaction(WalTransaction read, Position position) {
        var transaction = rows.transaction(read, position);
        figures.messages.add(read.rows().size());
        figures.gaps.add(transaction.changes().stream()
                .filter(Change.Gap.class::isInstance)
                .count());
        return transaction;
    }

    @Override
    public List<Change> broken(String reason) {
        return TableRows.broken(reason);
    }
}
