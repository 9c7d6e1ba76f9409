package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks Odoo's long polling again and again, on a thread of its own, and tells what it answers. At most {@value #HELD} answers are
 * held; then Odoo is not asked until one was taken.
 */
final class LongPollingLine implements BusLine {

    private static final int HELD = 8;

    /** Odoo answers nothing after 50 s; sooner, it was woken by a message with an id below the one that was asked after. */
    private static final long WHOLE_WAIT = Duration.ofSeconds(45).toNanos();

    /** Whoever answers at once without anything to tell is not asked more often than this. */
    private static final Duration BREATH = Duration.ofMillis(200);

    private final BlockingQueue<Signal> inbox = new LinkedBlockingQueue<>(4 * HELD);
    private final Semaphore room = new Semaphore(HELD);
    private final LongPoll poll;
    private final Pace pace;
    private final Thread thread;
    private volatile long heardAt;
    private volatile boolean closed;
    private long last;

    private LongPollingLine(LongPoll poll, long last, Pace pace) {
        this.poll = poll;
        this.last = last;
        this.pace = pace;
        this.heardAt = pace.nanos();
        this.thread = Thread.ofVirtual().name("odoo-longpolling").unstarted(this::ask);
    }

    /** Begins to ask for what is above this id. */
    static LongPollingLine open(LongPoll poll, long last, Pace pace) {
        var line = new LongPollingLine(poll, last, pace);
        line.thread.start();
        return line;
    }

    private void ask() {
        Signal end = new Signal.Broken("waiting for Odoo ended unexpectedly");
        try {
            while (!closed) {
                listen();
            }
        } catch (OdooException e) {
            end = new Signal.Broken(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            end = new Signal.Broken("closed");
        } finally {
            tell(end);
        }
    }

    /** A wait that brought nothing proves nothing: we may have become the public, who hears nothing. */
    private void listen() throws InterruptedException {
        take(poll.peek(last));
        boolean heard = true;
        while (heard && !closed) {
            long askedAt = pace.nanos();
            var rows = poll.await(last);
            heard = isPrivate(rows);
            take(rows);
            if (rows.isEmpty() && pace.nanos() - askedAt < WHOLE_WAIT) {
                put(new Signal.Woken());
                pace.pause(BREATH);
            }
        }
    }

    private static boolean isPrivate(JsonNode rows) {
        return rows.valueStream().anyMatch(row -> row.path("channel").isArray());
    }

    private void take(JsonNode rows) throws InterruptedException {
        heardAt = pace.nanos();
        if (!rows.isEmpty()) {
            last = Math.max(
                    last,
                    rows.valueStream()
                            .mapToLong(row -> row.path("id").asLong(0))
                            .max()
                            .orElse(0));
            put(new Signal.Frame(rows.toString()));
        }
    }

    private void put(Signal signal) throws InterruptedException {
        room.acquire();
        tell(signal);
    }

    @Override
    public @Nullable Signal next(Duration timeout) throws InterruptedException {
        var signal = inbox.poll(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
        if (signal instanceof Signal.Frame || signal instanceof Signal.Woken) {
            room.release();
        }
        return signal;
    }

    @Override
    public long heardAt() {
        return heardAt;
    }

    /** Each question is one; Odoo answers it or the connection breaks. */
    @Override
    public void ping() {}

    @Override
    public void tell(Signal signal) {
        var _ = inbox.offer(signal);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
