package io.amanat.bridge.access.rls;

import io.amanat.connector.change.Image;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Checks some answers against what the viewers' own roles and claims say. Used by one thread. */
final class Samples {

    private static final int VIEWERS = 3;

    /** Rights may change between the two questions of a comparison, but hardly each time. */
    private static final int TRIES = 3;

    private final Referee referee;
    private final Viewers viewers;
    private final int every;
    private final RowSecurityMetrics metrics;
    private long answered;

    Samples(Referee referee, Viewers viewers, int every, RowSecurityMetrics metrics) {
        this.referee = referee;
        this.viewers = viewers;
        this.every = every;
        this.metrics = metrics;
    }

    /** What a check found. */
    enum Found {
        /** Nothing, or nothing was checked. */
        NOTHING,
        /** What is remembered says more than a viewer reads now: perhaps the log has not told yet why. */
        REMEMBERED,
        /** What is asked for many viewers at once says more than a viewer reads, at the same time. */
        WRONG
    }

    /** Asks anew for many viewers at once. */
    interface Anew {
        BitSet ask(Image image, BitSet viewers) throws VisibilityException, SQLException;
    }

    /** Looks for a viewer who was said to see a row and does not. */
    Found check(Ruling.Policed ruling, List<Image> images, BitSet asked, List<BitSet> seen, Anew anew)
            throws VisibilityException, SQLException {
        long before = answered;
        answered += images.size();
        if (asked.isEmpty() || images.isEmpty() || before / every == answered / every) {
            return Found.NOTHING;
        }
        int which = ThreadLocalRandom.current().nextInt(images.size());
        var some = some(asked, seen.get(which));
        metrics.sampled.increment();
        if (!isTooMuch(ruling, images.get(which), some, seen.get(which))) {
            return Found.NOTHING;
        }
        for (int i = 0; i < TRIES; i++) {
            if (!isTooMuch(ruling, images.get(which), some, anew.ask(images.get(which), some))) {
                metrics.behind.increment();
                return Found.REMEMBERED;
            }
        }
        metrics.wrong.increment();
        return Found.WRONG;
    }

    private boolean isTooMuch(Ruling.Policed ruling, Image image, BitSet some, BitSet seen) throws VisibilityException {
        var said = (BitSet) seen.clone();
        said.and(some);
        said.andNot(referee.judge(ruling, List.of(image), viewers.of(some)).getFirst());
        return !said.isEmpty();
    }

    /** Viewers to check: of those who see the row and of the others. */
    private static BitSet some(BitSet asked, BitSet seen) {
        var some = new BitSet();
        for (int i = 0; i < VIEWERS; i++) {
            some.set(near(asked, ThreadLocalRandom.current().nextInt(asked.length())));
            if (!seen.isEmpty()) {
                some.set(near(seen, ThreadLocalRandom.current().nextInt(seen.length())));
            }
        }
        return some;
    }

    private static int near(BitSet numbers, int place) {
        return numbers.nextSetBit(place) >= 0 ? numbers.nextSetBit(place) : numbers.nextSetBit(0);
    }
}
