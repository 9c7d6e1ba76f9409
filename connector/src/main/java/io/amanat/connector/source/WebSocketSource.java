package io.amanat.connector.source;

import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.odoo.OdooSession;
import io.amanat.connector.odoo.OdooSettings;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads Odoo's bus over {@code /websocket} (Odoo 16 and later) as the service user. The websocket is fast, but proves nothing:
 * before each connection and every few seconds everything is read again over HTTP from the floor on.
 */
final class WebSocketSource implements ChangeSource {

    static final String KIND = "websocket";

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketSource.class);
    private static final List<String> PLAIN = List.of(BusMessage.OURS);

    private final WebSocketSettings settings;
    private final BusSettings bus;
    private final OdooRpc odoo;
    private final OdooSession session;
    private final Pace pace;
    private final RandomGenerator random;
    private final Retry retry;
    private final HttpClient client;
    private final Figures figures = new Figures();
    private final BusReader reader;

    private @Nullable BusConnection connection;

    WebSocketSource(
            OdooSettings at,
            OdooRpc odoo,
            WebSocketSettings settings,
            BusSettings bus,
            List<Position> from,
            Pace pace,
            RandomGenerator random) {
        this.settings = settings;
        this.bus = bus;
        this.odoo = odoo;
        this.session = new OdooSession(at);
        this.pace = pace;
        this.random = random;
        this.retry = new Retry(settings.url().toString(), settings.firstDelay(), settings.maxDelay(), pace, random);
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.reader = new BusReader(bus, from, pace, figures);
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
            var socket = OdooSocket.open(client, settings, pace, info.websocketVersion(), session.cookie());
            socket.send(Subscription.text(plain(), reader.last()));
            LOG.info(
                    "reading Odoo's bus at {} as user {} (Odoo {})",
                    settings.url(),
                    info.userId(),
                    info.serverVersion());
            return new BusConnection(
                    socket,
                    new BusCalls(rows, socket),
                    reader,
                    new Canary(bus.canaryInterval(), random, figures, pace.nanos()),
                    settings.pingInterval(),
                    bus.sweepInterval(),
                    pace);
        } catch (SocketRefused e) {
            throw retry.failed(e);
        } catch (OdooException e) {
            throw retry.refused(e);
        }
    }

    private List<String> plain() {
        return settings.plainChannel() ? PLAIN : List.of();
    }

    /** The add-on's own methods read its private channel only. */
    private BusRows rows() {
        var peek = new PeekRows(session, plain());
        var addon = new AddonRows(odoo);
        return settings.plainChannel() ? new PlainRows(peek, new EitherRows(addon, peek)) : new EitherRows(addon, peek);
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
    public SourceFigures figures() {
        return figures.shown(KIND);
    }

    @Override
    public void close() {
        var connected = connection;
        if (connected != null) {
            disconnect(connected);
        }
        client.shutdownNow();
        session.close();
    }
}
