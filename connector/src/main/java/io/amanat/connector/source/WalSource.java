package io.amanat.connector.source;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.source.wal.Break;
import io.amanat.connector.source.wal.Place;
import io.amanat.connector.source.wal.Published;
import io.amanat.connector.source.wal.WalException;
import io.amanat.connector.source.wal.WalSettings;
import io.amanat.connector.source.wal.WalStream;
import io.amanat.connector.source.wal.WalTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Reads published tables from PostgreSQL's write-ahead log, in the order of commits. The slot keeps the log from the newest confirmed
 * place on, so that nothing is missed however long we are away.
 */
final class WalSource implements ChangeSource {

    private final WalSettings settings;
    static final String KIND = "wal";

    private final Figures figures;
    private final Published published;
    private final Meaning meaning;
    private final Pace pace;
    private final Backoff backoff;
    private final String name;

    private Optional<Place> place;
    private boolean readBefore;
    private volatile boolean renew;
    private @Nullable WalStream stream;
    private @Nullable Opening opening;
    private SourceLostException lost;
    private long openAt;

    /** What the rows of a log mean. Used by the thread that reads. */
    interface Meaning {

        /**
         * The changes that a transaction made.
         *
         * @throws WalException if they cannot be found out now
         */
        Transaction transaction(WalTransaction read, Position position);

        /** What follows from a place where something may be missing. */
        default List<Change> broken(String reason) {
            return List.of(new Change.Gap(Optional.empty(), reason));
        }
    }

    WalSource(
            WalSettings settings,
            Published published,
            Meaning meaning,
            Figures figures,
            List<Position> from,
            Pace pace,
            RandomGenerator random) {
        this.settings = settings;
        this.published = published;
        this.meaning = meaning;
        this.figures = figures;
        this.pace = pace;
        this.backoff = new Backoff(settings.firstDelay(), settings.maxDelay(), random);
        this.name = "amanat-%08x".formatted(random.nextInt());
        this.readBefore = !from.isEmpty() && !from.getLast().equals(Position.NOW);
        this.place =
                from.isEmpty() ? Optional.empty() : Place.parse(from.getLast().text());
        this.openAt = pace.nanos();
        this.lost = new SourceLostException("not connected to %s yet".formatted(address()), null);
    }

    @Override
    public Optional<Transaction> next(Duration timeout) throws InterruptedException {
        long deadline = pace.nanos() + Math.max(timeout.toMillis(), 1) * 1_000_000;
        while (pace.nanos() < deadline) {
            var next = stream == null ? opened(deadline) : read(stream, deadline);
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }

    private Optional<Transaction> opened(long deadline) throws InterruptedException {
        waitForTurn(deadline);
        var opened = open(deadline);
        stream = opened;
        var before = place;
        place = Optional.of(opened.start());
        readBefore = true;
        renew = false;
        if (opened.broken().isEmpty() && before.isPresent()) {
            return Optional.empty();
        }
        opened.broken().ifPresent(_ -> figures.gaps.increment());
        return Optional.of(beginning(opened));
    }

    /** Where we begin is worth keeping: a restart before the first change goes on from there. */
    private Transaction beginning(WalStream opened) {
        var position = new Position(opened.start().toString());
        var gap = opened.broken().map(broken -> meaning.broken(broken.reason())).orElse(List.of());
        return new Transaction(
                position, gap, opened.broken().filter(Break::newHistory).map(Break::reason));
    }

    private void waitForTurn(long deadline) throws InterruptedException {
        long until = Math.min(openAt, deadline);
        pace.pause(Duration.ofNanos(Math.max(0, until - pace.nanos())));
        if (openAt > deadline) {
            throw lost;
        }
    }

    /** Making a slot may take minutes: it goes on from one call to the next. */
    private WalStream open(long deadline) throws InterruptedException {
        var current = opening;
        if (current == null) {
            current = new Opening(() -> WalStream.open(settings, published, name, readBefore, place, renew));
            opening = current;
        }
        try {
            var opened = current.get(Duration.ofNanos(Math.max(1, deadline - pace.nanos())));
            opening = null;
            return opened;
        } catch (TimeoutException e) {
            throw new SourceLostException(
                    "still connecting to %s; a new slot waits for the transactions that are open there"
                            .formatted(address()),
                    e);
        } catch (WalException e) {
            opening = null;
            throw later(e);
        }
    }

    private Optional<Transaction> read(WalStream open, long deadline) throws InterruptedException {
        try {
            var read = open.next(Duration.ofNanos(Math.max(1, deadline - pace.nanos())));
            if (read.isEmpty()) {
                return Optional.empty();
            }
            backoff.reset();
            read.get().committed().ifPresent(this::measure);
            var now = new Place(open.start().incarnation(), read.get().end());
            var transaction = meaning.transaction(read.get(), new Position(now.toString()));
            place = Optional.of(now);
            return Optional.of(transaction);
        } catch (WalException e) {
            stream = null;
            open.close();
            renew = e.hope() == WalException.Hope.WITH_A_NEW_SLOT;
            throw later(e);
        }
    }

    /** The two clocks may differ a little. */
    private void measure(Instant committed) {
        figures.lag(Duration.ofMillis(Math.max(0, pace.millis() - committed.toEpochMilli())));
    }

    private SourceLostException later(WalException e) {
        var wait = e.hope() == WalException.Hope.BY_A_PERSON ? backoff.longest() : backoff.next();
        openAt = pace.nanos() + wait.toNanos();
        lost = new SourceLostException(String.valueOf(e.getMessage()), e);
        return lost;
    }

    @Override
    public SourceFigures figures() {
        return figures.shown(KIND);
    }

    private String address() {
        return settings.postgres().address();
    }

    @Override
    public void confirm(Position durable) {
        var open = stream;
        if (open != null) {
            Place.parse(durable.text())
                    .filter(kept -> kept.incarnation().equals(open.start().incarnation()))
                    .ifPresent(kept -> open.confirm(kept.lsn()));
        }
    }

    @Override
    public void close() {
        if (opening != null) {
            opening.close();
        }
        if (stream != null) {
            stream.close();
        }
    }

    /** An attempt to connect, on a thread of its own. */
    private static final class Opening implements AutoCloseable {

        private final CompletableFuture<WalStream> result = new CompletableFuture<>();
        private final Thread thread;

        Opening(Supplier<WalStream> attempt) {
            this.thread = Thread.ofVirtual().name("amanat-wal-opening").start(() -> {
                try {
                    result.complete(attempt.get());
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
        }

        WalStream get(Duration timeout) throws InterruptedException, TimeoutException {
            try {
                return result.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException("connecting failed", e.getCause());
            }
        }

        @Override
        public void close() {
            thread.interrupt();
            var _ = result.thenAccept(WalStream::close);
        }
    }
}
