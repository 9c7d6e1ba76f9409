package io.amanat.connector.source;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * One subscribed connection to Odoo's bus: passes on what arrives, pings when it is quiet, and sweeps for what Odoo left out.
 * Used by one thread.
 */
final class BusConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BusConnection.class);

    /** A connection that stood this long was a success. */
    private static final long STABLE = Duration.ofSeconds(10).toNanos();

    private final OdooSocket socket;
    private final Sweeper sweeper;
    private final BusReader reader;
    private final WebSocketSettings settings;
    private final Pace pace;
    private final long connectedAt;
    private boolean gapDue;
    private long pingedAt;
    private long sweptAt;
    private long sweepAt;

    /**
     * Takes over a socket that has subscribed.
     *
     * @param gapDue whether something may have been missed before it
     */
    BusConnection(
            OdooSocket socket,
            Sweeper sweeper,
            BusReader reader,
            WebSocketSettings settings,
            Pace pace,
            boolean gapDue) {
        this.socket = socket;
        this.sweeper = sweeper;
        this.reader = reader;
        this.settings = settings;
        this.pace = pace;
        this.gapDue = gapDue;
        this.connectedAt = pace.nanos();
        this.pingedAt = socket.heardAt();
        this.sweptAt = connectedAt;
        this.sweepAt = connectedAt;
    }

    boolean isStable() {
        return pace.nanos() - connectedAt > STABLE;
    }

    /** Does what is due, then waits for one signal at most until the deadline. */
    void work(long deadline) throws InterruptedException, ConnectionLost {
        keepAlive();
        sweepIfDue();
        long soon = pace.nanos() + settings.pingInterval().toNanos() / 2;
        long until = Math.min(deadline, Math.min(sweepAt, soon));
        receive(Duration.ofNanos(until - pace.nanos()));
    }

    private void keepAlive() throws ConnectionLost {
        long now = pace.nanos();
        long interval = settings.pingInterval().toNanos();
        boolean waitingForPong = pingedAt > socket.heardAt();
        if (waitingForPong && now - pingedAt > interval) {
            long seconds = (now - pingedAt) / 1_000_000_000;
            throw cut("Odoo's bus is silent, even to a ping %d s ago".formatted(seconds));
        }
        if (!waitingForPong && now - socket.heardAt() > interval) {
            pingedAt = now;
            socket.ping();
        }
    }

    private void sweepIfDue() {
        long now = pace.nanos();
        if (now >= sweepAt) {
            sweepAt = now + settings.sweepInterval().toNanos();
            sweeper.start(reader.floor(now), socket);
        }
    }

    private void receive(Duration timeout) throws InterruptedException, ConnectionLost {
        switch (socket.next(timeout)) {
            case null -> {}
            case Signal.Frame(var text) -> read(text);
            case Signal.TooLarge() -> tooLarge();
            case Signal.Closed(var code, var reason) -> throw closed(code, reason);
            case Signal.Broken(var reason) -> throw cut("lost Odoo's bus: " + reason);
            case Signal.Swept(var answer) -> swept(answer);
            case Signal.SweepFailed(var reason) -> sweepFailed(reason);
        }
    }

    private void read(String frame) {
        if (gapDue) {
            reader.catchUp(frame, pace.nanos());
        } else {
            reader.read(frame, pace.nanos());
        }
    }

    private void tooLarge() {
        LOG.warn(
                "a frame of Odoo's bus was over {} characters and was skipped; all watches re-read",
                settings.maxBatchBytes());
        reader.gap("a frame was too large");
    }

    private static ConnectionLost closed(int code, String reason) {
        return new ConnectionLost(
                "Odoo closed its bus with %d%s: %s"
                        .formatted(code, reason.isEmpty() ? "" : " " + reason, CloseAdvice.meaning(code)),
                CloseAdvice.of(code));
    }

    private static ConnectionLost cut(String reason) {
        return new ConnectionLost(reason, CloseAdvice.RECONNECT_LATER);
    }

    private void swept(JsonNode answer) throws ConnectionLost {
        if (!Channels.include(answer.path("channels"))) {
            throw new ConnectionLost(
                    "Odoo does not give this user the add-on's channel: is it the configured service user of amanat_realtime,"
                            + " and is the add-on installed?",
                    CloseAdvice.SIGN_IN_LATER);
        }
        tellGap();
        reader.catchUp(answer.path("notifications"), pace.nanos());
        if (sweptLongAgo()) {
            reader.gap("not swept for too long");
        }
        sweptAt = pace.nanos();
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

    /** Told only after the first sweep has shown that this connection is worth re-reading for. */
    private void tellGap() {
        if (gapDue) {
            gapDue = false;
            reader.gap("connected to Odoo's bus again");
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
