package io.amanat.connector.source;

import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooSession;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.SessionInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a bus on which Odoo says by itself what is new. That is fast, but proves nothing: before each connection and every few
 * seconds everything is read again by remote calls from the floor on.
 */
abstract class ListeningSource implements ChangeSource {

    private static final Logger LOG = LoggerFactory.getLogger(ListeningSource.class);

    final OdooSession session;
    final Pace pace;
    final BusReader reader;
    private final String name;
    private final BusSettings bus;
    private final RandomGenerator random;
    private final Retry retry;
    private final Figures figures = new Figures();

    private @Nullable BusConnection connection;

    /**
     * Connects at the first call of {@link #next}.
     *
     * @param name what it listens to, for people
     */
    ListeningSource(
            String name,
            OdooSettings at,
            BusSettings bus,
            List<Position> from,
            Retry retry,
            Pace pace,
            RandomGenerator random) {
        this.name = name;
        this.session = new OdooSession(at);
        this.bus = bus;
        this.retry = retry;
        this.pace = pace;
        this.random = random;
        this.reader = new BusReader(bus, from, pace, figures);
    }

    abstract String kind();

    /** The rows of the bus, for sweeps; made anew for each connection. */
    abstract BusRows rows();

    /** Begins to listen. */
    abstract BusLine listen(SessionInfo info) throws SocketRefused, InterruptedException;

    /** Silence after which a sign of life is asked for. */
    abstract Duration silence();

    @Override
    public final Optional<Transaction> next(Duration timeout) throws InterruptedException {
        long deadline = pace.nanos() + Math.max(timeout.toMillis(), 1) * 1_000_000;
        var transaction = reader.poll();
        while (transaction == null && pace.nanos() < deadline) {
            work(deadline);
            transaction = reader.poll();
        }
        return Optional.ofNullable(transaction);
    }

    private void work(long deadline) throws InterruptedException {
        var connected = connection;
        if (connected == null) {
            retry.await(deadline);
            connection = connect();
            return;
        }
        try {
            connected.work(deadline);
        } catch (ConnectionLost e) {
            disconnect(connected);
            recover(e, connected.isStable());
        }
    }

    private BusConnection connect() throws InterruptedException {
        try {
            var info = session.info();
            var rows = rows();
            catchUp(rows);
            var line = listen(info);
            LOG.info("reading Odoo's bus at {} as user {} (Odoo {})", name, info.userId(), info.serverVersion());
            return new BusConnection(
                    line,
                    new BusCalls(rows, line),
                    reader,
                    new Canary(bus.canaryInterval(), random, figures, pace.nanos()),
                    silence(),
                    bus.sweepInterval(),
                    pace);
        } catch (SocketRefused e) {
            throw retry.failed(e);
        } catch (OdooException e) {
            throw retry.refused(e);
        }
    }

    /** What was committed while nobody listened, and whether it is still the same past; if not, from now on. */
    private void catchUp(BusRows rows) {
        for (boolean done = false; !done; done = reader.begun()) {
            var start = reader.start();
            reader.swept(start.sweep(rows), start);
        }
    }

    private void recover(ConnectionLost e, boolean wasStable) {
        if (e.advice().signIn()) {
            session.expire();
        }
        if (wasStable) {
            retry.succeeded();
        }
        if (!e.advice().atOnce() || retry.failedBefore()) {
            throw retry.failed(e);
        }
        LOG.info("{}; reconnecting", e.getMessage());
        retry.atOnce();
    }

    private void disconnect(BusConnection connected) {
        connected.close();
        connection = null;
    }

    @Override
    public final SourceFigures figures() {
        return figures.shown(kind());
    }

    @Override
    public void close() {
        var connected = connection;
        if (connected != null) {
            disconnect(connected);
        }
        session.close();
    }
}
