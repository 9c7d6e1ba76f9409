package io.amanat.connector.source;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the messages to oneself on one connection: which is due, and which has not come back. No I/O. */
final class Canary {

    private static final Logger LOG = LoggerFactory.getLogger(Canary.class);

    /** After this time a message to oneself is missed. */
    private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

    /** So many missed in a row, and the connection is of no use. */
    private static final int MOST_MISSED = 4;

    private final long interval;
    private final RandomGenerator random;
    private final Figures figures;
    private String awaited = "";
    private long sentAt;
    private long dueAt;
    private boolean silenced;
    private int missed;

    Canary(Duration interval, RandomGenerator random, Figures figures, long now) {
        this.interval = interval.toNanos();
        this.random = random;
        this.figures = figures;
        this.dueAt = now;
    }

    /** When to look again. */
    long dueAt() {
        if (silenced) {
            return Long.MAX_VALUE;
        }
        return awaited.isEmpty() ? dueAt : Math.min(dueAt, sentAt + PATIENCE);
    }

    boolean isDue(long now) {
        return !silenced && awaited.isEmpty() && now >= dueAt;
    }

    /** A new message to send now. */
    String send(long now) {
        var bytes = new byte[8];
        random.nextBytes(bytes);
        awaited = HexFormat.of().formatHex(bytes);
        sentAt = now;
        dueAt = now + interval;
        return awaited;
    }

    /** This Odoo cannot do it, or could not now. */
    void notSent(boolean never) {
        awaited = "";
        silenced = never;
    }

    /** These came in over the websocket. */
    void seen(List<String> nonces, long now) {
        if (!awaited.isEmpty() && nonces.contains(awaited)) {
            awaited = "";
            missed = 0;
            figures.lag(Duration.ofNanos(now - sentAt));
        }
    }

    /** Whether one was just found missing: what else Odoo did not send is to be looked for at once. */
    boolean isMissed(long now) {
        if (awaited.isEmpty() || now - sentAt < PATIENCE) {
            return false;
        }
        awaited = "";
        missed++;
        figures.lag(Duration.ofNanos(now - sentAt));
        LOG.warn(
                "a message to ourselves has not come back over Odoo's websocket for {} s; reading over HTTP meanwhile",
                (now - sentAt) / 1_000_000_000);
        return true;
    }

    boolean isInVain() {
        return missed >= MOST_MISSED;
    }
}
