package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscribed connection to Odoo's bus: passes on what arrives, pings when it is quiet, sweeps for what Odoo left out and sends
 * messages to itself. Used by one thread.
 */
final class BusConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BusConnection.class);

    /** A connection that stood this long was a success. */
    private static final long STABLE = Duration.ofSeconds(10).toNanos();

    /** Sweeps may fail for so long before it is said. */
    private static final long UNSWEPT = Duration.ofSeconds(30).toNanos();

    private final BusLine line;
    private final BusCalls calls;
    private final BusReader reader;
    private final Canary canary;
    private final Duration pingInterval;
    private final Duration sweepInterval;
    private final Pace pace;
    private final long connectedAt;
    private long pingedAt;
    private long sweptAt;
    private long sweepAt;
    private boolean unsweptSaid;

    /** Takes over a line that was opened just after a sweep. */
    BusConnection(
            BusLine line,
            BusCalls calls,
            BusReader reader,
            Canary canary,
            Duration pingInterval,
            Duration sweepInterval,
            Pace pace) {
        this.line = line;
        this.calls = calls;
        this.reader = reader;
        this.canary = canary;
        this.pingInterval = pingInterval;
        this.sweepInterval = sweepInterval;
        this.pace = pace;
        this.connectedAt = pace.nanos();
        this.pingedAt = line.heardAt();
        this.sweptAt = connectedAt;
        this.sweepAt = connectedAt + sweepInterval.toNanos();
    }

    boolean isStable() {
        return pace.nanos() - connectedAt > STABLE;
    }

    /** Does what is due, then waits for one signal at most until the deadline. */
    void work(long deadline) throws InterruptedException, ConnectionLost {
        keepAlive();
        sendIfDue();
        sweepIfDue();
        long until = Math.min(deadline, pace.nanos() + pingInterval.toNanos() / 2);
        until = Math.min(until, canary.dueAt());
        until = calls.isSweeping() ? until : Math.min(until, sweepAt);
        receive(Duration.ofNanos(until - pace.nanos()));
        if (!reader.begun()) {
            throw new ConnectionLost("what was read until now is of no use", CloseAdvice.RECONNECT_AT_ONCE);
        }
    }

    private void keepAlive() throws ConnectionLost {
        long now = pace.nanos();
        long interval = pingInterval.toNanos();
        boolean waitingForPong = pingedAt > line.heardAt();
        if (waitingForPong && now - pingedAt > interval) {
            long seconds = (now - pingedAt) / 1_000_000_000;
            throw cut("Odoo's bus is silent, even to a ping %d s ago".formatted(seconds));
        }
        if (!waitingForPong && now - line.heardAt() > interval) {
            pingedAt = now;
            line.ping();
        }
    }

    private void sendIfDue() throws ConnectionLost {
        long now = pace.nanos();
        if (canary.isMissed(now)) {
            sweepAt = now;
        }
        if (canary.isInVain()) {
            throw new ConnectionLost(
                    "Odoo's websocket does not pass on what is sent: is its evented process connected to the database,"
                            + " and is this user the configured service user of amanat_realtime?",
                    CloseAdvice.SIGN_IN_LATER);
        }
        if (canary.isDue(now)) {
            calls.canary(canary.send(now), reader.start());
        }
    }

    private void sweepIfDue() {
        long now = pace.nanos();
        if (now >= sweepAt && !calls.isSweeping()) {
            sweepAt = now + sweepInterval.toNanos();
            calls.sweep(reader.start());
        }
    }

    private void receive(Duration timeout) throws InterruptedException, ConnectionLost {
        switch (line.next(timeout)) {
            case null -> {}
            case Signal.Frame(var text) -> read(text);
            case Signal.Woken() -> sweepAt = pace.nanos();
            case Signal.TooLarge() -> skipped("was too large");
            case Signal.Closed(var code, var reason) -> throw closed(code, reason);
            case Signal.Broken(var reason) -> throw cut("lost Odoo's bus: " + reason);
            case Signal.Swept(var look, var start) -> swept(look, start);
            case Signal.SweepFailed(var reason) -> sweepFailed(reason);
            case Signal.Sent(var look, var start) ->
                look.ifPresentOrElse(it -> reader.glanced(it, start), () -> canary.notSent(true));
            case Signal.SendingFailed(var reason) -> {
                LOG.debug("could not send a message to ourselves: {}", reason.getMessage());
                canary.notSent(false);
            }
        }
    }

    private void read(String frame) {
        try {
            canary.seen(reader.frame(frame), pace.nanos());
        } catch (Malformed e) {
            skipped("cannot be read (%s)".formatted(e.getMessage()));
        }
    }

    private void skipped(String why) {
        LOG.warn("a frame of Odoo's bus {}; what was in it is read over HTTP", why);
        sweepAt = pace.nanos();
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

    private void swept(Look look, Start start) {
        reader.swept(look, start);
        sweptAt = pace.nanos();
        if (unsweptSaid) {
            unsweptSaid = false;
            LOG.info("Odoo's bus can be read over HTTP again");
        }
    }

    private void sweepFailed(OdooException reason) throws ConnectionLost {
        if (reason instanceof OdooException.AccessDenied || reason instanceof OdooException.WrongPassword) {
            throw new ConnectionLost(String.valueOf(reason.getMessage()), CloseAdvice.SIGN_IN_LATER);
        }
        if (!unsweptSaid && pace.nanos() - sweptAt > UNSWEPT) {
            unsweptSaid = true;
            LOG.warn("what is committed late is not found: {}; trying again", reason.getMessage());
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
