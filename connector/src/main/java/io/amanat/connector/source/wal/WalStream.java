package io.amanat.connector.source.wal;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A log that is being read. A thread of its own waits for the server and answers it; what it received waits in a bounded pipe,
 * and beyond that in the server. {@link #next} and {@link #confirm} belong to one thread.
 */
public final class WalStream implements AutoCloseable {

    private static final int MOST_WAITING = 4096;
    private static final Duration ROOM = Duration.ofSeconds(1);

    /** How often at most it is said how far the log was read, when nothing of it concerns us. */
    private static final Duration PASSING = Duration.ofSeconds(10);

    /** The same when the server asks: it may be waiting for us to stop. */
    private static final Duration PASSING_WHEN_ASKED = Duration.ofSeconds(1);

    private static final Duration STATUS = Duration.ofSeconds(1);

    private final Wire wire;
    private final Place start;
    private final Optional<Break> broken;
    private final Duration silence;
    private final Assembler assembler;
    private final Pipe pipe;
    private final AtomicReference<Lsn> confirmed;
    private final Thread thread;

    private volatile long heard = System.nanoTime();
    private Lsn received;
    private final WalSettings settings;
    private Lsn handed;
    private long handedAt = System.nanoTime();
    private long saidAt = System.nanoTime();
    private Lsn said;

    WalStream(
            Wire wire, Place start, Optional<Break> broken, WalSettings settings, Duration silence, Set<String> notes) {
        this.settings = settings;
        this.wire = wire;
        this.start = start;
        this.broken = broken;
        this.silence = silence;
        this.assembler = new Assembler(settings.maxTransactionBytes(), notes);
        this.pipe = new Pipe(MOST_WAITING, settings.maxTransactionBytes());
        this.confirmed = new AtomicReference<>(start.lsn());
        this.received = start.lsn();
        this.handed = start.lsn();
        this.said = start.lsn();
        // A virtual thread would be put aside and taken up again for every few rows, which costs more than to decode
        // them.
        this.thread = Thread.ofPlatform().daemon().name("amanat-wal").start(this::run);
    }

    /**
     * Connects to a database and begins to read its log; makes the slot if need be, which waits for the transactions that are open.
     *
     * @param published what must be published
     * @param reader a name of this reader, by which it knows a connection of its own that broke
     * @param readBefore whether anything was read in an earlier life
     * @param newest where that ended, if it was read from the log
     * @param renew whether the slot was found to be of no use, and another one is to take its place
     * @throws WalException if it cannot be read
     */
    public static WalStream open(
            WalSettings settings,
            Published published,
            String reader,
            boolean readBefore,
            Optional<Place> newest,
            boolean renew) {
        return new WalOpening(settings, published, reader, renew).open(readBefore, newest);
    }

    /** Where it began. */
    public Place start() {
        return start;
    }

    /** Why it does not join what was read before; empty if it does. */
    public Optional<Break> broken() {
        return broken;
    }

    /**
     * The next transaction.
     *
     * @throws WalException if the stream is of no use any more
     */
    public Optional<WalTransaction> next(Duration timeout) throws InterruptedException {
        var next = pipe.poll(timeout);
        if (next.isEmpty() && System.nanoTime() - heard > silence.toNanos()) {
            throw new WalException(
                    "PostgreSQL has said nothing for %d s".formatted(silence.toSeconds()),
                    WalException.Hope.SOON,
                    null);
        }
        return next;
    }

    /** Everything up to here is kept: the server may forget it. */
    public void confirm(Lsn durable) {
        confirmed.set(durable);
    }

    private void run() {
        try {
            say();
            while (!Thread.currentThread().isInterrupted()) {
                receive();
            }
            throw lost("reading was ended", null);
        } catch (SQLException e) {
            pipe.fail(WalException.ofStream(settings, e));
        } catch (WalException e) {
            pipe.fail(e);
        } catch (InterruptedException e) {
            pipe.fail(lost("reading was ended", e));
        } catch (RuntimeException e) {
            pipe.fail(lost("reading the log failed: " + e, e));
        }
    }

    private void receive() throws SQLException, InterruptedException {
        var frame = wire.read();
        heard = System.nanoTime();
        if (frame == null) {
            throw lost("PostgreSQL ended the stream", null);
        }
        try {
            handle(CopyFrame.parse(frame));
        } catch (MalformedWal e) {
            stumble(e);
        }
    }

    /** What cannot be understood will not be understood the next time: its transaction is told as dropped and left behind. */
    private void stumble(MalformedWal e) throws SQLException, InterruptedException {
        var reason = "the log is not understood: " + e.getMessage();
        var open = assembler.open();
        if (open.isPresent()) {
            hand(WalTransaction.dropped(new Lsn(open.get().value() + 1), reason, Set.of()));
        }
        throw lost(reason, e);
    }

    private static WalException lost(String message, @Nullable Exception cause) {
        return new WalException(message, WalException.Hope.SOON, cause);
    }

    private void handle(CopyFrame frame) throws MalformedWal, SQLException, InterruptedException {
        switch (frame) {
            case CopyFrame.Data(var at, var bytes) -> {
                received = later(received, at);
                int length = bytes.remaining();
                var complete = assembler.accept(PgOutput.decode(bytes, false), length);
                if (complete.isPresent()) {
                    committed(complete.get());
                }
                sayIfDue(false);
            }
            case CopyFrame.Alive(var end, var answerWanted) -> {
                received = later(received, end);
                if (assembler.open().isEmpty()) {
                    passed(end, answerWanted ? PASSING_WHEN_ASKED : PASSING);
                }
                sayIfDue(answerWanted);
            }
        }
    }

    /** What was committed before our place has been read in an earlier life. */
    private void committed(WalTransaction transaction) throws SQLException, InterruptedException {
        if (!transaction.end().isAfter(handed)) {
            return;
        }
        received = later(received, transaction.end());
        if (transaction.isEmpty()) {
            passed(transaction.end(), PASSING);
        } else {
            hand(transaction);
        }
    }

    private void passed(Lsn end, Duration pause) throws SQLException, InterruptedException {
        if (end.isAfter(handed) && System.nanoTime() - handedAt >= pause.toNanos()) {
            hand(WalTransaction.nothing(end));
        }
    }

    /** While there is no room the server still hears of us. */
    private void hand(WalTransaction transaction) throws SQLException, InterruptedException {
        while (!pipe.offer(transaction, ROOM)) {
            say();
            heard = System.nanoTime();
        }
        handed = transaction.end();
        handedAt = System.nanoTime();
    }

    private void sayIfDue(boolean asked) throws SQLException {
        boolean due = System.nanoTime() - saidAt >= STATUS.toNanos();
        if (asked || (due && confirmed.get().isAfter(said))) {
            say();
        }
    }

    private void say() throws SQLException {
        var flushed = confirmed.get();
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, wire.now());
        var status = CopyFrame.status(received, flushed, now);
        wire.write(status);
        said = flushed;
        saidAt = System.nanoTime();
    }

    private static Lsn later(Lsn one, Lsn other) {
        return other.isAfter(one) ? other : one;
    }

    @Override
    public void close() {
        thread.interrupt();
        wire.close();
    }
}
