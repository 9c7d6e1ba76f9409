package io.amanat.bridge.topic;

import java.time.Duration;

/**
 * What is known of somebody's right in a topic. Times are nanoseconds of a clock that never goes back.
 *
 * @param asked when that was asked
 * @param tried when it was asked last, whether there was an answer or not
 * @param isValid whether nothing happened since that may have changed it
 */
record Known(Right right, long asked, long tried, boolean isValid) {

    /** How long an answer counts if no change is seen. */
    static final Duration TRUSTED = Duration.ofSeconds(60);

    /** How old an answer is when it is asked again while it still counts. */
    static final Duration OLD = Duration.ofSeconds(45);

    /** How soon the same is asked again at most, whatever changes. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    /** For so long after a change an answer may be from before it: a commit is read from the log before every query sees it. */
    static final Duration SETTLING = Duration.ofSeconds(2);

    static Known answered(Right right, long asked) {
        return new Known(right, asked, asked, true);
    }

    Known dropped() {
        return new Known(right, asked, tried, false);
    }

    /** There was no answer. */
    Known unanswered(long now) {
        return new Known(right, asked, now, isValid);
    }

    boolean counts(long now) {
        return isValid && now - asked <= TRUSTED.toNanos();
    }

    /**
     * Whether to ask again.
     *
     * @param dropped when something happened last that may have changed it
     */
    boolean isDoubtful(long dropped, long now) {
        boolean hasty = asked - dropped < SETTLING.toNanos() && now - dropped >= SETTLING.toNanos();
        return now - tried >= PAUSE.toNanos() && (!isValid || hasty || now - asked >= OLD.toNanos());
    }
}
