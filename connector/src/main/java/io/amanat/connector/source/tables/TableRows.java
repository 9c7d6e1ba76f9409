package io.amanat.connector.source.tables;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.source.wal.Cell;
import io.amanat.connector.source.wal.LogicalMessage.Old;
import io.amanat.connector.source.wal.LogicalMessage.Relation;
import io.amanat.connector.source.wal.Postgres;
import io.amanat.connector.source.wal.PublishedTables;
import io.amanat.connector.source.wal.WalException;
import io.amanat.connector.source.wal.WalRow;
import io.amanat.connector.source.wal.WalSettings;
import io.amanat.connector.source.wal.WalTransaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows what rows of the log mean: those of one transaction become the changes it made to the published tables. Used by one thread. */
public final class TableRows {

    /** Nobody is known: who wrote a row is for the row itself to say. */
    static final Actor NOBODY = new Actor(0, "", Optional.empty());

    private static final Logger LOG = LoggerFactory.getLogger(TableRows.class);

    private final Layouts layouts;

    TableRows(Optional<Catalogue> told, Supplier<Dictionary> database) {
        this.layouts = new Layouts(told, database);
    }

    /**
     * For rows of a database, which is asked about types and keys when a table is first seen and whenever one was altered.
     *
     * @param told what tables look like to whoever reads the changes: another look is a gap. Empty if nobody knows: then the first look
     *     is one
     */
    public static TableRows of(WalSettings settings, Optional<Catalogue> told) {
        return new TableRows(told, () -> ask(settings));
    }

    private static Dictionary ask(WalSettings settings) {
        try (var connection = new Postgres(settings.postgres(), settings.attempt()).statements("amanat-catalogue")) {
            return new CatalogueReader(connection).dictionary(settings.publication());
        } catch (SQLException e) {
            throw WalException.of(
                    "the columns of the tables of %s cannot be listed"
                            .formatted(settings.postgres().address()),
                    e);
        }
    }

    /**
     * The changes of a transaction, in the order of its last writes. What changed rights comes first, since it holds from the commit
     * on. A mark is an event that is called as it is, to nobody.
     *
     * @throws WalException if the database has to be asked and is out of reach
     */
    public Transaction transaction(WalTransaction read, Position position) {
        if (read.dropped().isPresent()) {
            var reason = "a transaction is left out, " + read.dropped().get();
            LOG.warn("{}; everybody re-reads", reason);
            return new Transaction(position, broken(reason));
        }
        var changes = new ArrayList<Change>();
        if (!read.notes().stream().allMatch(TableRows::isMark)) {
            changes.add(rights(Optional.of(version(read))));
        }
        read.committed().ifPresent(at -> {
            changes.addAll(changes(read, at));
            read.notes().stream().filter(TableRows::isMark).forEach(it -> changes.add(mark(it, at)));
        });
        return new Transaction(position, changes);
    }

    /** What follows from a place where something may be missing: what changed rights may be missing as well. */
    public static List<Change> broken(String reason) {
        return List.of(rights(Optional.empty()), new Change.Gap(Optional.empty(), reason));
    }

    private static Change rights(Optional<String> version) {
        return new Change.Rights("policy", Optional.empty(), Optional.empty(), Optional.empty(), version);
    }

    private static String version(WalTransaction read) {
        return Integer.toUnsignedString(read.xid());
    }

    private static boolean isMark(String note) {
        return note.startsWith(PublishedTables.MARK);
    }

    private static Change mark(String note, Instant at) {
        return new Change.Event(note, "", NOBODY, at, Set.of(), List.of(), Set.of());
    }

    private List<Change> changes(WalTransaction read, Instant at) {
        layouts.begin();
        var merge = new Merge();
        for (var row : read.rows()) {
            var layout = layouts.of(row.table(), table -> merge.gap(table, "columns"));
            try {
                add(row, layout, merge);
            } catch (Unreadable e) {
                unreadable(layout, merge, e);
            }
        }
        return new Batches(at, version(read)).changes(merge.entries());
    }

    private static void add(WalRow row, Layout layout, Merge merge) throws Unreadable {
        switch (row) {
            case WalRow.Inserted inserted -> merge.inserted(layout, inserted.now());
            case WalRow.Updated(var table, var old, var now) -> merge.updated(layout, whole(table, old, layout), now);
            case WalRow.Deleted(var table, var old) -> merge.deleted(layout, whole(table, Optional.of(old), layout));
            case WalRow.Emptied _ -> merge.gap(layout.table(), "truncated");
        }
    }

    private static List<Cell> whole(Relation table, Optional<Old> old, Layout layout) throws Unreadable {
        return old.filter(it -> it.whole() && layout.isWhole(it.cells()))
                .map(Old::cells)
                .orElseThrow(() -> new Unreadable(
                        "the log does not say what rows were before: ALTER TABLE \"%s\".\"%s\" REPLICA IDENTITY FULL"
                                .formatted(table.schema(), table.name())));
    }

    private static void unreadable(Layout layout, Merge merge, Unreadable e) {
        LOG.warn("a row of {} is left out, {}; whoever watches the table re-reads", layout.table(), e.getMessage());
        merge.gap(layout.table(), "unreadable");
    }
}
