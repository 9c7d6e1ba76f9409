package io.amanat.connector.source;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a source does. Written by its thread, read by any. */
final class Figures {

    final LongAdder messages = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder gaps = new LongAdder();
    private volatile Optional<Duration> lag = Optional.empty();

    void lag(Duration measured) {
        lag = Optional.of(measured);
    }

    SourceFigures shown(String kind) {
        return new SourceFigures(kind, lag, messages.sum(), duplicates.sum(), late.sum(), gaps.sum(), "");
    }
}
