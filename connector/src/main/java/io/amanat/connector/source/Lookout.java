package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then, beside the reading, whether a better way works by now: half a minute after the choice, then less and less
 * often, since each look may cost Odoo a login. Used by one thread.
 */
final class Lookout {

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Pace pace;
    private final Executor beside;
    private final AtomicBoolean looking = new AtomicBoolean();
    private AtomicBoolean found = new AtomicBoolean();
    private List<Candidate> better = List.of();
    private Duration pause = FIRST;
    private long dueAt;

    /**
     * Looks for nothing yet.
     *
     * @param beside where the looks run, each for some seconds
     */
    Lookout(Pace pace, Executor beside) {
        this.pace = pace;
        this.beside = beside;
    }

    /** From now on looks whether one of these works; what was found before is forgotten. */
    void watch(List<Candidate> ways) {
        better = List.copyOf(ways);
        found = new AtomicBoolean();
        pause = FIRST;
        dueAt = pace.nanos() + pause.toNanos();
    }

    /** Whether one was found to work; begins a look if it is time. */
    boolean hasFound() {
        if (!better.isEmpty() && pace.nanos() >= dueAt && looking.compareAndSet(false, true)) {
            pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
            dueAt = pace.nanos() + pause.toNanos();
            var ways = better;
            var result = found;
            beside.execute(() -> look(ways, result));
        }
        return found.get();
    }

    private void look(List<Candidate> ways, AtomicBoolean result) {
        try {
            result.set(any(ways));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            looking.set(false);
        }
    }

    private static boolean any(List<Candidate> ways) throws InterruptedException {
        for (var way : ways) {
            try {
                var obstacle = way.trial().obstacle();
                if (obstacle.isEmpty()) {
                    return true;
                }
                LOG.debug("{} does not work yet: {}", way.kind(), obstacle.get());
            } catch (OdooException | SourceLostException e) {
                LOG.debug("{} does not work yet: {}", way.kind(), e.getMessage());
            }
        }
        return false;
    }
}
