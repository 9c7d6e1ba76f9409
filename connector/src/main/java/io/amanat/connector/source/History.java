package io.amanat.connector.source;

import java.time.Duration;
import java.util.Optional;

/** Whether what the bus answers continues what was read before, and whether something in between may be gone. No I/O. */
final class History {

    private final Duration lateness;
    private Optional<String> incarnation;
    private long known;
    private long sweptAt;
    private long sweptMillis;
    private boolean sweptInThisLife;

    /** A history of which nothing is known. */
    History(Duration lateness) {
        this.lateness = lateness;
        this.incarnation = Optional.empty();
    }

    /** Goes on where an earlier life stopped. */
    History(Duration lateness, Bookmark newest) {
        this.lateness = lateness;
        this.incarnation = newest.incarnation();
        this.known = newest.last();
        this.sweptMillis = newest.sweptAt();
    }

    Optional<String> incarnation() {
        return incarnation;
    }

    /** The highest id that is known to be taken. */
    long known() {
        return known;
    }

    void learn(long id) {
        known = Math.max(known, id);
    }

    /** Why this cannot be the past that was read until now; empty if it may be. */
    Optional<String> broken(Look look, Start start) {
        if (differs(look.incarnation())) {
            return Optional.of("the database is another copy than before: it was restored or moved");
        }
        if (look.highest().isPresent() && look.highest().getAsLong() < start.known()) {
            return Optional.of("the bus counts from a lower id than before: the database was restored");
        }
        if (look.messages().stream().anyMatch(message -> message.id() <= look.after())) {
            return Optional.of("the bus gives ids again that it gave before: the database was restored");
        }
        return Optional.empty();
    }

    private boolean differs(Optional<String> other) {
        return other.isPresent() && incarnation.isPresent() && !other.equals(incarnation);
    }

    /**
     * Whether the bus may have forgotten what was sent since the sweep before this one. Its lowest id proves nothing: rows of
     * other channels may be kept longer than ours.
     */
    boolean overrun(Look look, Start start, long millis) {
        boolean nothingSent = look.highest().isPresent() && look.highest().getAsLong() <= start.floor();
        return !nothingSent && isAwayTooLong(look.retention(), start, millis);
    }

    /** Odoo counts a message's age from the beginning of its transaction. A clock that went back proves nothing. */
    private boolean isAwayTooLong(Duration retention, Start start, long millis) {
        var whole = retention.minus(lateness);
        var kept = whole.compareTo(retention.dividedBy(2)) > 0 ? whole : retention.dividedBy(2);
        long away = millis - sweptMillis;
        if (sweptInThisLife) {
            away = Math.max(away, (start.at() - sweptAt) / 1_000_000);
        }
        return away < 0 || away > kept.toMillis();
    }

    /** A sweep that began then, {@link Pace#nanos()} and as people know it, was complete. */
    void swept(long at, long millis) {
        sweptAt = at;
        sweptMillis = millis;
        sweptInThisLife = true;
    }

    /** When that was last, in milliseconds since 1970. */
    long sweptMillis() {
        return sweptMillis;
    }

    /** Any other answer that continues what was read. */
    void heard(Look look) {
        learn(look.newest());
        if (look.incarnation().isPresent()) {
            incarnation = look.incarnation();
        }
    }

    /** What was read before is another's past. */
    void forget() {
        incarnation = Optional.empty();
        known = 0;
    }
}
