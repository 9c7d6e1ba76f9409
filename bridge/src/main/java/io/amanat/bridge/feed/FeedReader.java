package io.amanat.bridge.feed;

import io.amanat.bridge.journal.Journal;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.source.ChangeSource;
import io.amanat.connector.source.SourceLostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that reads a source and appends what it committed to the journal. */
public final class FeedReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration UNKNOWN = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final State UNTOLD = new State(
            false, Optional.empty(), Optional.of("changes are not read yet: Odoo has not said which models are live"));

    private final ChangeSource source;
    private final Journal journal;
    private final Admit admit;
    private final InstantSource clock;
    private final Thread thread;
    private final Positions positions;
    private boolean broken;
    private volatile State state = new State(false, Optional.empty(), Optional.of("changes are not read yet"));
    private boolean lossSaid;

    /**
     * How reading goes.
     *
     * @param connected whether the source answered when it was last asked
     * @param lastChange when the last change was read
     * @param trouble why the source does not answer; empty while it does
     */
    public record State(boolean connected, Optional<Instant> lastChange, Optional<String> trouble) {

        State answered() {
            return connected ? this : new State(true, lastChange, Optional.empty());
        }

        /** This state, but with a trouble. */
        public State lost(String reason) {
            return new State(false, lastChange, Optional.of(reason));
        }
    }

    private FeedReader(ChangeSource source, Journal journal, Admit admit, InstantSource clock) {
        this.admit = admit;
        this.source = source;
        this.journal = journal;
        this.clock = clock;
        this.positions = new Positions(source, journal, System::nanoTime);
        this.thread = Thread.ofPlatform().name("amanat-feed").daemon().unstarted(this::run);
    }

    /** Starts to read as soon as it is known what may be kept; the reader owns the source from now on. */
    public static FeedReader start(ChangeSource source, Journal journal, Admit admit, InstantSource clock) {
        var reader = new FeedReader(source, journal, admit, clock);
        reader.thread.start();
        return reader;
    }

    /** How reading goes, for those who operate the bridge. */
    public State state() {
        return state;
    }

    /** Whether it still reads. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    private void run() {
        try {
            while (!admit.isKnown()) {
                state = UNTOLD;
                Thread.sleep(UNKNOWN);
            }
            while (!Thread.currentThread().isInterrupted()) {
                readOnce();
            }
        } catch (InterruptedException e) {
            LOG.debug("asked to stop reading");
        }
    }

    private void readOnce() throws InterruptedException {
        try {
            var transaction = source.next(WAIT);
            mend();
            transaction.ifPresent(this::keep);
            state = state.answered();
            lossSaid = false;
            positions.settle();
        } catch (SourceLostException e) {
            lost(e);
        } catch (Error | RuntimeException e) {
            LOG.error("reading changes failed; everybody re-reads when it works again", e);
            broken = true;
            state = state.lost("reading failed: " + e.getMessage());
            Thread.sleep(WAIT);
        }
    }

    private void keep(Transaction transaction) {
        boolean renewed = transaction.newHistory().isPresent();
        transaction.newHistory().ifPresent(journal::renew);
        var changes = renewed ? withoutGaps(transaction.changes()) : transaction.changes();
        if (changes.isEmpty() && !renewed) {
            positions.moved(transaction.position());
        } else {
            append(changes, transaction.position());
            state = new State(true, Optional.of(clock.instant()), Optional.empty());
        }
    }

    /** A new epoch has told everybody to re-read; once is enough. */
    private static List<Change> withoutGaps(List<Change> changes) {
        return changes.stream().filter(it -> !(it instanceof Change.Gap)).toList();
    }

    private void append(List<Change> changes, Position position) {
        journal.append(changes.stream().flatMap(it -> admit.admit(it).stream()).toList(), position);
        positions.kept();
    }

    /** One gap per outage, after it: whatever was lost during it was lost before this offset. */
    private void mend() {
        if (broken) {
            journal.append(List.of(new Change.Gap(Optional.empty(), "reading failed")), Position.NOW);
            broken = false;
        }
    }

    private void lost(SourceLostException e) {
        if (!lossSaid) {
            LOG.warn("{}; trying again", e.getMessage());
            lossSaid = true;
        }
        state = state.lost(String.valueOf(e.getMessage()));
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        source.close();
    }
}
