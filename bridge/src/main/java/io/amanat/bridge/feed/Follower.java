package io.amanat.bridge.feed;

import io.amanat.bridge.journal.Entry;
import io.amanat.bridge.journal.Journal;
import io.amanat.bridge.journal.Journal.Reading;
import io.amanat.connector.change.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the journal in bursts: whatever was appended while the last burst was being handled comes in one list; an empty one at
 * least every second, so that the handler can do what is due, and at once after a full one that was the last. Runs on a
 * virtual thread of its own, so handling may wait.
 */
public final class Follower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The most changes in one burst: few enough that rights are asked in one call. */
    public static final int BURST = 200;

    private final Journal journal;
    private final Consumer<List<Entry>> handler;
    private final Thread thread;
    private long offset;
    private boolean full;
    private boolean owed;

    private Follower(Journal journal, Consumer<List<Entry>> handler) {
        this.journal = journal;
        this.handler = handler;
        this.offset = journal.last();
        this.thread = Thread.ofVirtual().name("amanat-follower").unstarted(this::run);
    }

    /** Starts to follow from the journal's end. */
    public static Follower start(Journal journal, Consumer<List<Entry>> handler) {
        var follower = new Follower(journal, handler);
        follower.thread.start();
        return follower;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                follow(journal.read(offset, BURST, full ? Duration.ZERO : WAIT));
                payGap();
            }
        } catch (InterruptedException e) {
            LOG.debug("asked to stop following");
        }
    }

    private void follow(Reading reading) {
        full = reading instanceof Reading.Entries(var entries) && entries.size() == BURST;
        handle(reading);
    }

    private void handle(Reading reading) {
        switch (reading) {
            case Reading.Entries(var entries) when entries.isEmpty() -> hand(List.of(), offset);
            case Reading.Entries(var entries) -> hand(entries, entries.getLast().offset());
            case Reading.Behind(var last) -> {
                LOG.warn(
                        "changes {} to {} were gone before they could be decided; everybody re-reads",
                        offset + 1,
                        last);
                hand(List.of(gap(last)), last);
            }
        }
    }

    private void hand(List<Entry> entries, long last) {
        offset = last;
        if (!handled(entries)) {
            LOG.error("changes up to {} were not decided; everybody re-reads", last);
            owed = !handled(List.of(gap(last)));
        }
    }

    /** Whatever goes wrong, following goes on: what was not decided is owed a gap until that could be told. */
    private boolean handled(List<Entry> entries) {
        try {
            handler.accept(entries);
            return true;
        } catch (Throwable e) {
            LOG.error("deciding failed", e);
            return false;
        }
    }

    private void payGap() {
        if (owed) {
            owed = !handled(List.of(gap(offset)));
        }
    }

    /** Whether it still follows. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    private static Entry gap(long last) {
        return new Entry(last, new Change.Gap(Optional.empty(), "not decided in time"));
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
