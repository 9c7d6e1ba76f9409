package io.amanat.bridge.access.rls;

import io.amanat.connector.change.Image;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Checks some answers against what the viewers' own roles and claims say. Used by one thread. */
final class Samples {

    private static final int VIEWERS = 3;

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

    /** Whether one of these answers is a viewer's who must not see the row: too much was said. */
    boolean disagree(Ruling.Policed ruling, List<Image> images, BitSet asked, List<BitSet> seen)
            throws VisibilityException {
        long before = answered;
        answered += images.size();
        if (asked.isEmpty() || images.isEmpty() || before / every == answered / every) {
            return false;
        }
        int which = ThreadLocalRandom.current().nextInt(images.size());
        var some = some(asked, seen.get(which));
        var truth = referee.judge(ruling, List.of(images.get(which)), viewers.of(some))
                .getFirst();
        metrics.sampled.increment();
        var said = (BitSet) seen.get(which).clone();
        said.and(some);
        said.andNot(truth);
        if (!said.isEmpty()) {
            metrics.wrong.increment();
        }
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
