package io.amanat.connector.source;

import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.odoo.OdooException;
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
 * Reads Odoo's bus over {@code /websocket} (Odoo 16 and later) as the service user. Reconnects on its own and reports each
 * reconnection as a gap. Started from now on, Odoo first repeats the messages of the last 50 s: harmless, since they are in order
 * and end with the present values, and they close the gap of a restart.
 */
final class WebSocketSource implements ChangeSource {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketSource.class);

    /** Messages remembered at most; beyond it sweeps look less far back. */
    private static final int REMEMBERED = 2_000;

    private final WebSocketSettings settings;
    private final OdooSession session;
    private final Pace pace;
    private final Backoff backoff;
    private final HttpClient client;
    private final BusReader reader;

    private @Nullable BusConnection connection;
    private SourceLostException lost;
    private long connectAt;
    private boolean mayHaveMissed;

    WebSocketSource(OdooSettings odoo, WebSocketSettings settings, Position from, Pace pace, RandomGenerator random) {
        this.settings = settings;
        this.session = new OdooSession(odoo);
        this.pace = pace;
        this.backoff = new Backoff(settings.firstDelay(), settings.maxDelay(), random);
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        long last = from.text().isEmpty() ? 0 : Long.parseLong(from.text());
        this.reader = new BusReader(new SeenIds(settings.lateness(), REMEMBERED, last), last);
        this.mayHaveMissed = last > 0;
        this.connectAt = pace.nanos();
        this.lost = new SourceLostException("not connected to " + settings.url() + " yet", null);
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
            waitForTurn(deadline);
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

    private void waitForTurn(long deadline) throws InterruptedException {
        long until = Math.min(connectAt, deadline);
        pace.pause(Duration.ofNanos(Math.max(0, until - pace.nanos())));
        if (connectAt > deadline) {
            throw lost;
        }
    }

    private BusConnection connect() throws InterruptedException {
        try {
            var info = session.info();
            var socket = OdooSocket.open(client, settings, pace, info.websocketVersion(), session.cookie());
            socket.send(Subscription.text(List.of(), reader.floor(pace.nanos())));
            LOG.info(
                    "reading Odoo's bus at {} as user {} (Odoo {})",
                    settings.url(),
                    info.userId(),
                    info.serverVersion());
            var connected = new BusConnection(socket, new Sweeper(session), reader, settings, pace, mayHaveMissed);
            mayHaveMissed = true;
            return connected;
        } catch (SocketRefused e) {
            throw later(String.valueOf(e.getMessage()), e, backoff.next());
        } catch (OdooException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw later(String.valueOf(e.getMessage()), e, isForAPerson(e) ? backoff.longest() : backoff.next());
        }
    }

    /** More attempts would only lock the account. */
    private static boolean isForAPerson(OdooException e) {
        return e instanceof OdooException.WrongPassword || e instanceof OdooException.NoDatabase;
    }

    private void recover(ConnectionLost e, boolean wasStable) {
        if (e.advice().signIn()) {
            session.expire();
        }
        if (wasStable) {
            backoff.reset();
        }
        if (!e.advice().atOnce() || backoff.failedBefore()) {
            throw later(String.valueOf(e.getMessage()), e, backoff.next());
        }
        LOG.info("{}; reconnecting", e.getMessage());
        backoff.countFailure();
        connectAt = pace.nanos();
    }

    private SourceLostException later(String reason, Exception cause, Duration wait) {
        mayHaveMissed = true;
        connectAt = pace.nanos() + wait.toNanos();
        lost = new SourceLostException(reason, cause);
        return lost;
    }

    private void disconnect(BusConnection connected) {
        connected.close();
        connection = null;
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
