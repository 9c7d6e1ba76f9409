package io.amanat.connector.source;

import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.source.tables.Catalogue;
import io.amanat.connector.source.tables.TableRows;
import io.amanat.connector.source.wal.PublishedTables;
import io.amanat.connector.source.wal.WalSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Where committed changes come from. Used by one thread. */
public interface ChangeSource extends AutoCloseable {

    /**
     * Waits for the next transaction after the position this source was opened at. Each is returned at least once. When the
     * source had to reconnect and cannot prove that it saw everything, it returns a transaction with a {@code Change.Gap}.
     *
     * @param timeout how long to wait; rounded down to whole milliseconds, but at least one
     * @return the transaction; empty if the source is connected and none was committed in time
     * @throws SourceLostException if the neighbour is out of reach; call again: the source waits its own back-off and
     *     reconnects, and says so again at the end of each timeout until then
     * @throws InterruptedException if the reading thread is asked to stop
     */
    Optional<Transaction> next(Duration timeout) throws InterruptedException;

    /**
     * Everything up to and including the transaction of this position is kept durably by whoever reads: the source may let its
     * neighbour forget it. Called by the thread that reads, with positions that {@link #next} returned, never going back.
     */
    default void confirm(Position durable) {}

    @Override
    void close();

    /** How reading goes; may be asked by any thread. */
    default SourceFigures figures() {
        return SourceFigures.none("unknown");
    }

    /**
     * Reads Odoo's bus over its websocket, for Odoo 16 and later; connects at the first call of {@link #next}.
     *
     * @param odoo calls the add-on as the service user; stays open
     * @param from the positions of what was read in an earlier life, oldest first; empty to begin from now on
     */
    static ChangeSource websocket(
            OdooSettings at, OdooRpc odoo, WebSocketSettings settings, BusSettings bus, List<Position> from) {
        return new WebSocketSource(at, odoo, settings, bus, from, Pace.SYSTEM, RandomGenerator.getDefault());
    }

    /**
     * Reads Odoo's bus over its long polling, for Odoo 15 and older; connects at the first call of {@link #next}.
     *
     * @param odoo calls the add-on as the service user; stays open
     * @param from the positions of what was read in an earlier life, oldest first; empty to begin from now on
     */
    static ChangeSource longpolling(
            OdooSettings at, OdooRpc odoo, LongPollingSettings settings, BusSettings bus, List<Position> from) {
        return new LongPollingSource(at, odoo, settings, bus, from, Pace.SYSTEM, RandomGenerator.getDefault());
    }

    /**
     * Reads Odoo's bus by asking the add-on again and again, for where nothing else is reachable; Odoo 16 and later without the
     * add-on's method too. Asks at the first call of {@link #next}.
     *
     * @param odoo calls the add-on as the service user; stays open
     * @param from the positions of what was read in an earlier life, oldest first; empty to begin from now on
     */
    static ChangeSource poll(
            OdooSettings at, OdooRpc odoo, PollSettings settings, BusSettings bus, List<Position> from) {
        return new PollSource(at, odoo, settings, bus, from, Pace.SYSTEM, RandomGenerator.getDefault());
    }

    /**
     * Reads Odoo's bus from PostgreSQL's write-ahead log: in commit order, by a slot that keeps our place; connects at the first call
     * of {@link #next}.
     *
     * @param compatibleSenders whether messages on the plain channel are read, which whoever can write to the bus may send
     * @param from the positions of what was read in an earlier life, oldest first; empty to begin from now on
     */
    static ChangeSource wal(WalSettings settings, boolean compatibleSenders, List<Position> from) {
        var figures = new Figures();
        return new WalSource(
                settings,
                BusTable.PUBLISHED,
                new BusTable(compatibleSenders, figures),
                figures,
                from,
                Pace.SYSTEM,
                RandomGenerator.getDefault());
    }

    /**
     * Reads the published tables of a database from PostgreSQL's write-ahead log: in commit order, by a slot that keeps our place;
     * connects at the first call of {@link #next}.
     *
     * @param required tables that must be published, with their schema
     * @param told what the tables look like to whoever reads the changes: a table that looks otherwise is a gap. Empty if that could
     *     not be found out: then each table is one once, with its first change
     * @param from the positions of what was read in an earlier life, oldest first; empty to begin from now on
     */
    static ChangeSource tables(
            WalSettings settings, List<String> required, Optional<Catalogue> told, List<Position> from) {
        var figures = new Figures();
        return new WalSource(
                settings,
                new PublishedTables(required),
                new TablesMeaning(TableRows.of(settings, told), figures),
                figures,
                from,
                Pace.SYSTEM,
                RandomGenerator.getDefault());
    }

    /**
     * The first of several ways that works; says in the log which, and why.
     *
     * @param candidates the best first
     */
    static ChangeSource auto(List<Candidate> candidates, List<Position> from) {
        return new AutoSource(
                candidates,
                from,
                Pace.SYSTEM,
                RandomGenerator.getDefault(),
                look -> Thread.ofVirtual().name("odoo-lookout").start(look));
    }
}
