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
import tools.jackson.databind.JsonNode;

/**
 * Reads Odoo's bus over {@code /websocket} (Odoo 16 and later) as the service user. Reconnects on its own and reports each
 * reconnection as a gap. Started from now on, Odoo first repeats the messages of the last 50 s: harmless, since they are in order
 * and end with the present values, and they close the gap of a restart.
 */
final class WebSocketSource implements ChangeSource {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketSource.class);

    /** Messages remembered at most; beyond it sweeps look less far back. */
    private static final int REMEMBERED = 2_000;

    /** A connection that stood this long was a success: the next failure starts with the shortest wait. */
    private static final long STABLE = Duration.ofSeconds(10).toNanos();

    private final WebSocketSettings settings;
    private final OdooSession session;
    private final Pace pace;
    private final Backoff backoff;
    private final HttpClient client;
    private final BusReader reader;

    private @Nullable OdooSocket socket;
    private Sweeper sweeper;
    private SourceLostException lost;
    private long connectAt;
    private long connectedAt;
    private long pingedAt;
    private long sweptAt;
    private long sweepAt;
    private boolean mayHaveMissed;
    private boolean gapDue;

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
        this.sweeper = new Sweeper(session);
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
        var connected = socket;
        if (connected == null) {
            connect(deadline);
        } else {
            keepAlive(connected);
            receive(connected, deadline);
        }
    }

    private void connect(long deadline) throws InterruptedException {
        long now = pace.nanos();
        pace.pause(Duration.ofNanos(Math.max(0, Math.min(connectAt, deadline) - now)));
        if (connectAt > deadline) {
            throw lost;
        }
        try {
            var info = session.info();
            var opened = OdooSocket.open(client, settings, pace, info.websocketVersion(), session.cookie());
            opened.send(Subscription.text(List.of(), reader.floor(pace.nanos())));
            connected(opened);
            LOG.info(
                    "reading Odoo's bus at {} as user {} (Odoo {})",
                    settings.url(),
                    info.userId(),
                    info.serverVersion());
        } catch (SocketRefused e) {
            throw later(String.valueOf(e.getMessage()), e, backoff.next());
        } catch (OdooException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw later(String.valueOf(e.getMessage()), e, forAPerson(e) ? backoff.longest() : backoff.next());
        }
    }

    /** More attempts would only lock the account. */
    private static boolean forAPerson(OdooException e) {
        return e instanceof OdooException.WrongPassword || e instanceof OdooException.NoDatabase;
    }

    private void connected(OdooSocket opened) {
        long now = pace.nanos();
        socket = opened;
        sweeper = new Sweeper(session);
        connectedAt = now;
        pingedAt = opened.heardAt();
        sweptAt = now;
        sweepAt = now;
        gapDue = mayHaveMissed;
        mayHaveMissed = true;
    }

    /** Told only after the first sweep has shown that this connection is worth re-reading for. */
    private void tellGap() {
        if (gapDue) {
            gapDue = false;
            reader.gap("reconnected to Odoo's bus");
        }
    }

    private void keepAlive(OdooSocket connected) {
        long now = pace.nanos();
        long interval = settings.pingInterval().toNanos();
        boolean waitingForPong = pingedAt > connected.heardAt();
        if (waitingForPong && now - pingedAt > interval) {
            throw lost("Odoo's bus is silent, even to a ping %d s ago".formatted((now - pingedAt) / 1_000_000_000));
        }
        if (!waitingForPong && now - connected.heardAt() > interval) {
            pingedAt = now;
            connected.ping();
        }
        if (now >= sweepAt) {
            sweepAt = now + settings.sweepInterval().toNanos();
            sweeper.start(reader.floor(now), connected);
        }
    }

    private void receive(OdooSocket connected, long deadline) throws InterruptedException {
        long now = pace.nanos();
        long until = Math.min(
                deadline, Math.min(sweepAt, now + settings.pingInterval().toNanos() / 2));
        switch (connected.next(Duration.ofNanos(until - now))) {
            case null -> {}
            case Signal.Frame(var text) -> reader.read(text, pace.nanos());
            case Signal.TooLarge() -> tooLarge();
            case Signal.Closed(var code, var reason) -> closed(code, reason);
            case Signal.Broken(var reason) -> throw lost("lost Odoo's bus: " + reason);
            case Signal.Swept(var answer) -> swept(answer);
            case Signal.SweepFailed(var reason) -> sweepFailed(reason);
        }
    }

    private void sweepFailed(String reason) {
        LOG.debug("could not sweep Odoo's bus: {}", reason);
        tellGap();
        if (sweptLongAgo()) {
            LOG.warn("Odoo's bus could not be swept for too long ({}); all watches re-read", reason);
            sweptAt = pace.nanos();
            reader.gap("sweeps failed for too long");
        }
    }

    /** What was committed late since then may have been missed. */
    private boolean sweptLongAgo() {
        return pace.nanos() - sweptAt > settings.lateness().toNanos();
    }

    private void tooLarge() {
        LOG.warn(
                "a frame of Odoo's bus was over {} characters and was skipped; all watches re-read",
                settings.maxBatchBytes());
        reader.gap("a frame was too large");
    }

    private void swept(JsonNode answer) {
        long now = pace.nanos();
        if (!Channels.include(answer.path("channels"))) {
            session.expire();
            throw lost(
                    "Odoo does not give this user the add-on's channel: is it the configured service user of amanat_realtime,"
                            + " and is the add-on installed?");
        }
        tellGap();
        reader.readSwept(answer.path("notifications"), now);
        if (sweptLongAgo()) {
            reader.gap("not swept for too long");
        }
        sweptAt = now;
    }

    private void closed(int code, String reason) {
        var advice = CloseAdvice.of(code);
        if (advice == CloseAdvice.SIGN_IN_AT_ONCE) {
            session.expire();
        }
        var sentence = "Odoo closed its bus with %d%s: %s"
                .formatted(code, reason.isEmpty() ? "" : " " + reason, CloseAdvice.meaning(code));
        if (advice == CloseAdvice.RECONNECT_LATER || (!stable() && backoff.failedBefore())) {
            throw lost(sentence);
        }
        LOG.info("{}; reconnecting", sentence);
        disconnect();
        backoff.countFailure();
        connectAt = pace.nanos();
    }

    private SourceLostException lost(String reason) {
        disconnect();
        return later(reason, null, backoff.next());
    }

    private SourceLostException later(String reason, @Nullable Throwable cause, Duration wait) {
        connectAt = pace.nanos() + wait.toNanos();
        lost = new SourceLostException(reason, cause);
        return lost;
    }

    private void disconnect() {
        if (stable()) {
            backoff.reset();
        }
        close(socket);
        socket = null;
    }

    private boolean stable() {
        return pace.nanos() - connectedAt > STABLE;
    }

    private static void close(@Nullable OdooSocket socket) {
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public void close() {
        close(socket);
        client.shutdownNow();
        session.close();
    }
}
