package io.amanat.connector.source;

import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.odoo.OdooException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first of several ways to read changes that works, chosen when reading starts. It is kept through outages; only when it has
 * not worked at all for some minutes, or a better one works by now that goes on at the same positions, the ways are tried again.
 */
final class AutoSource implements ChangeSource {

    private static final Logger LOG = LoggerFactory.getLogger(AutoSource.class);
    private static final long HOPELESS = Duration.ofMinutes(5).toNanos();

    private final List<Candidate> candidates;
    private final Trail trail;
    private final Pace pace;
    private final Retry retry;
    private final Lookout lookout;
    private String chosen = "";
    private volatile @Nullable ChangeSource source;
    private volatile String why = "";
    private long workedAt;

    /**
     * Chooses at the first call of {@link #next}.
     *
     * @param beside where looks for a better way run
     */
    AutoSource(List<Candidate> candidates, List<Position> from, Pace pace, RandomGenerator random, Executor beside) {
        this.candidates = List.copyOf(candidates);
        this.trail = new Trail(from);
        this.pace = pace;
        this.lookout = new Lookout(pace, beside);
        this.retry = new Retry("Odoo", Duration.ofSeconds(1), Duration.ofSeconds(30), pace, random);
    }

    @Override
    public Optional<Transaction> next(Duration timeout) throws InterruptedException {
        var reading = source;
        if (reading == null) {
            retry.await(pace.nanos() + Math.max(timeout.toMillis(), 1) * 1_000_000);
            reading = choose();
        }
        try {
            var next = reading.next(timeout);
            workedAt = pace.nanos();
            next.ifPresent(it -> trail.add(it.position()));
            if (lookout.hasFound()) {
                leave(reading, "a better way to read changes than {} works by now; choosing again");
            }
            return next;
        } catch (SourceLostException e) {
            if (pace.nanos() - workedAt > HOPELESS) {
                reconsider(reading);
            }
            throw e;
        }
    }

    private ChangeSource choose() throws InterruptedException {
        var against = new ArrayList<String>();
        for (var candidate : candidates) {
            var obstacle = obstacle(candidate);
            if (obstacle.isEmpty()) {
                return take(candidate, against);
            }
            against.add("%s: %s".formatted(candidate.kind(), obstacle.get()));
        }
        throw retry.hopeless("there is no way to read changes: " + String.join("; ", against));
    }

    private Optional<String> obstacle(Candidate candidate) throws InterruptedException {
        try {
            return candidate.trial().obstacle();
        } catch (OdooException.Unreachable | OdooException.NoDatabase e) {
            throw retry.refused(e);
        } catch (OdooException | SourceLostException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private ChangeSource take(Candidate candidate, List<String> against) {
        why = against.isEmpty()
                ? "the first choice works"
                : "what would be better does not work (%s)".formatted(String.join("; ", against));
        LOG.info("changes are read by {}: {}", candidate.kind(), why);
        var opened = candidate.opening().open(trail.positions());
        chosen = candidate.kind();
        lookout.watch(candidates.stream()
                .takeWhile(it -> !it.equals(candidate))
                .filter(it -> it.places() == candidate.places())
                .toList());
        source = opened;
        workedAt = pace.nanos();
        retry.succeeded();
        return opened;
    }

    /** The same way goes on as it was: it knows best where it stopped. */
    private void reconsider(ChangeSource reading) throws InterruptedException {
        workedAt = pace.nanos();
        var works = working();
        if (works.isPresent() && !works.get().kind().equals(chosen)) {
            leave(reading, "changes cannot be read by {} any more; choosing again");
        }
    }

    /** What it read and has not handed on, the next one reads again. */
    private void leave(ChangeSource reading, String why) {
        LOG.warn(why, chosen);
        source = null;
        reading.close();
    }

    private Optional<Candidate> working() throws InterruptedException {
        for (var candidate : candidates) {
            try {
                if (candidate.trial().obstacle().isEmpty()) {
                    return Optional.of(candidate);
                }
            } catch (OdooException | SourceLostException e) {
                LOG.debug("{} does not work: {}", candidate.kind(), e.getMessage());
            }
        }
        return Optional.empty();
    }

    @Override
    public void confirm(Position durable) {
        var reading = source;
        if (reading != null) {
            reading.confirm(durable);
        }
    }

    @Override
    public SourceFigures figures() {
        var reading = source;
        return reading == null ? SourceFigures.none("auto") : reading.figures().because(why);
    }

    @Override
    public void close() {
        var reading = source;
        if (reading != null) {
            reading.close();
        }
    }
}
