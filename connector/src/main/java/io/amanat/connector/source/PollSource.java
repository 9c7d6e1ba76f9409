package io.amanat.connector.source;

import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.odoo.OdooSession;
import io.amanat.connector.odoo.OdooSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Reads Odoo's bus by asking for what is new: a glance at the last seconds each time, and every few seconds a sweep from the floor
 * on. Needs nothing but remote calls.
 */
final class PollSource implements ChangeSource {

    static final String KIND = "poll";

    /** A glance reaches back so far, so that what is committed in another order than that of ids is found at once. */
    private static final Duration GLANCE = Duration.ofSeconds(3);

    private final PollSettings settings;
    private final BusSettings bus;
    private final OdooRpc odoo;
    private final OdooSession session;
    private final Pace pace;
    private final Retry retry;
    private final Figures figures = new Figures();
    private final BusReader reader;
    private BusRows rows;
    private boolean connected;
    private long askedAt;
    private long sweepAt;

    PollSource(
            OdooSettings at,
            OdooRpc odoo,
            PollSettings settings,
            BusSettings bus,
            List<Position> from,
            Pace pace,
            RandomGenerator random) {
        this.settings = settings;
        this.bus = bus;
        this.odoo = odoo;
        this.session = new OdooSession(at);
        this.pace = pace;
        this.retry = new Retry(at.url().toString(), settings.firstDelay(), settings.maxDelay(), pace, random);
        this.reader = new BusReader(bus, from, pace, figures);
        this.rows = rows();
    }

    private BusRows rows() {
        return new EitherRows(new AddonRows(odoo), new PeekRows(session, List.of()));
    }

    @Override
    public Optional<Transaction> next(Duration timeout) throws InterruptedException {
        long deadline = pace.nanos() + Math.max(timeout.toMillis(), 1) * 1_000_000;
        var transaction = reader.poll();
        while (transaction == null && pace.nanos() < deadline) {
            work(deadline);
            transaction = reader.poll();
        }
        return Optional.ofNullable(transaction);
    }

    private void work(long deadline) throws InterruptedException {
        if (!connected) {
            retry.await(deadline);
        } else if (!waited(deadline)) {
            return;
        }
        try {
            ask();
            connected = true;
            retry.succeeded();
        } catch (OdooException e) {
            connected = false;
            rows = rows();
            throw retry.refused(e);
        }
    }

    private boolean waited(long deadline) throws InterruptedException {
        long dueAt = askedAt + settings.interval().toNanos();
        pace.pause(Duration.ofNanos(Math.max(0, Math.min(dueAt, deadline) - pace.nanos())));
        return dueAt <= deadline;
    }

    private void ask() {
        var start = reader.start();
        if (!start.begun() || start.at() >= sweepAt) {
            reader.swept(start.sweep(rows), start);
            sweepAt = start.at() + bus.sweepInterval().toNanos();
        } else {
            reader.glanced(rows.after(reader.before(GLANCE)), start);
        }
        if (connected) {
            figures.lag(Duration.ofNanos(pace.nanos() - askedAt));
        }
        askedAt = start.at();
    }

    @Override
    public SourceFigures figures() {
        return figures.shown(KIND);
    }

    @Override
    public void close() {
        session.close();
    }
}
