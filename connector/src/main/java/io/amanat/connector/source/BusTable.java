package io.amanat.connector.source;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.source.wal.Cell;
import io.amanat.connector.source.wal.LogicalMessage.Relation;
import io.amanat.connector.source.wal.PublishedTable;
import io.amanat.connector.source.wal.WalRow;
import io.amanat.connector.source.wal.WalTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows what rows of Odoo's table {@code bus_bus} mean: those of one transaction become the changes it made. */
public final class BusTable implements WalSource.Meaning {

    /** What of it is published to us: the rows on channels of our name. */
    public static final PublishedTable PUBLISHED = new PublishedTable(
            "public.bus_bus",
            List.of("id", "create_uid", "channel", "message"),
            "channel LIKE '%\"realtime_updates\"%'",
            "'%\"realtime_updates\"%'");

    private static final Logger LOG = LoggerFactory.getLogger(BusTable.class);

    private final boolean compatibleSenders;
    private final Figures figures;
    private String lastChannel = "";
    private Optional<BusRow.Guard> lastGuard = Optional.empty();

    /** @param compatibleSenders whether the plain channel is read, which is guarded by nobody */
    BusTable(boolean compatibleSenders, Figures figures) {
        this.compatibleSenders = compatibleSenders;
        this.figures = figures;
    }

    @Override
    public Transaction transaction(WalTransaction read, Position position) {
        if (read.dropped().isPresent()) {
            LOG.warn(
                    "one transaction is left out, {}; all watches re-read",
                    read.dropped().get());
            return new Transaction(
                    position,
                    List.of(gap("a transaction is left out, " + read.dropped().get())));
        }
        var changes = new ArrayList<Change>();
        for (var row : read.rows()) {
            if (row instanceof WalRow.Inserted(var table, var now) && isBus(table)) {
                change(table, now).ifPresent(changes::add);
            }
        }
        return new Transaction(position, TransactionMerge.merge(changes));
    }

    private static boolean isBus(Relation table) {
        return "bus_bus".equals(table.name()) && "public".equals(table.schema());
    }

    private Optional<Change> change(Relation table, List<Cell> now) {
        try {
            var row =
                    new BusRow(id(value(table, now, "id")), value(table, now, "channel"), value(table, now, "message"));
            var guard = guard(row.channel());
            return guard.isPresent() ? decoded(row.parse(guard.get())) : Optional.empty();
        } catch (Malformed e) {
            LOG.warn("a row of the bus cannot be read ({}); all watches re-read", e.getMessage());
            return Optional.of(gap(String.valueOf(e.getMessage())));
        }
    }

    /** Rows come from the same channel again and again. */
    private Optional<BusRow.Guard> guard(String channel) throws Malformed {
        if (!channel.equals(lastChannel)) {
            lastGuard = BusRow.guard(channel).filter(it -> compatibleSenders || it == BusRow.Guard.GUARDED);
            lastChannel = channel;
        }
        return lastGuard;
    }

    private Optional<Change> decoded(BusMessage message) {
        figures.messages.increment();
        return message.isOurs() && message.canary().isEmpty()
                ? Optional.of(MessageDecoder.decode(message).change())
                : Optional.empty();
    }

    private static long id(String text) throws Malformed {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Malformed("the id of a row of the bus is no number");
        }
    }

    private static String value(Relation table, List<Cell> cells, String column) throws Malformed {
        var columns = table.columns();
        for (int i = 0; i < columns.size() && i < cells.size(); i++) {
            if (columns.get(i).name().equals(column) && cells.get(i) instanceof Cell.Text(var text)) {
                return text;
            }
        }
        throw new Malformed("a row of the bus has no " + column);
    }

    private Change.Gap gap(String reason) {
        figures.gaps.increment();
        return new Change.Gap(Optional.empty(), reason);
    }
}
