package io.amanat.bridge.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what the source last said, and asks it again when that is old or does not suffice, but never too often. Shared. */
final class TrustCache {

    private static final Logger LOG = LoggerFactory.getLogger(TrustCache.class);

    private record Known(Trust trust, Instant since) {}

    private final TrustSource source;
    private final IdentitySettings settings;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Optional<Known> known = Optional.empty();
    private volatile Instant asked = Instant.MIN;

    TrustCache(TrustSource source, IdentitySettings settings, InstantSource clock) {
        this.source = source;
        this.settings = settings;
        this.clock = clock;
    }

    /** What is known, fetched again when it is old. Empty when nothing could be fetched so far. */
    Optional<Trust> current() {
        return known.filter(it -> it.since().plus(settings.refresh()).isAfter(clock.instant()))
                .map(Known::trust)
                .or(this::newest);
    }

    /**
     * What the source says now, or what is known when it was asked a moment ago or does not answer. Whoever waited while it did not
     * answer does not wait for it once more.
     */
    Optional<Trust> newest() {
        fetching.lock();
        try {
            if (asked.plus(settings.pause()).isBefore(clock.instant())) {
                fetch();
                asked = clock.instant();
            }
            return known.filter(it -> age(it).compareTo(settings.longestLife()) <= 0)
                    .map(Known::trust);
        } finally {
            fetching.unlock();
        }
    }

    private Duration age(Known it) {
        return Duration.between(it.since(), clock.instant());
    }

    private void fetch() {
        try {
            known = Optional.of(new Known(source.fetch(), clock.instant()));
        } catch (RuntimeException e) {
            LOG.warn("cannot fetch the keys that browser tokens are signed with: {}", e.getMessage());
        }
    }
}
