package io.amanat.bridge.access.rls;

import java.util.concurrent.atomic.LongAdder;

/** Counts how it was found out who sees rows. Shared. */
public final class RowSecurityMetrics {

    final LongAdder together = new LongAdder();
    final LongAdder oneByOne = new LongAdder();
    final LongAdder remembered = new LongAdder();
    final LongAdder sampled = new LongAdder();
    final LongAdder behind = new LongAdder();
    final LongAdder wrong = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder confirmed = new LongAdder();

    /** Statements asked about many viewers at once. */
    public long together() {
        return together.sum();
    }

    /** Viewers asked one by one. */
    public long oneByOne() {
        return oneByOne.sum();
    }

    /** Images answered without asking PostgreSQL. */
    public long remembered() {
        return remembered.sum();
    }

    /** Answers checked against the viewer's own role and claims. */
    public long sampled() {
        return sampled.sum();
    }

    /** Remembered answers that were not a viewer's own read any more, as after a change of rights that is not read yet. */
    public long behind() {
        return behind.sum();
    }

    /** Answers that this check found wrong; anything but none is a fault to report. */
    public long wrong() {
        return wrong.sum();
    }

    /** Questions that were not answered: those concerned read again. */
    public long refused() {
        return refused.sum();
    }

    /** Answers that were held until the log had been read up to them. */
    public long confirmed() {
        return confirmed.sum();
    }
}
