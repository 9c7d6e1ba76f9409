package io.amanat.bridge.channel;

import io.amanat.bridge.access.domain.Verdict;

/** Whether a class of viewers has a record in sight at one moment: may read it, and its view shows it. */
enum InSight {
    YES,
    NO,
    /** Nobody can tell whether it may be read. */
    UNPROVEN,
    /** It may be read, but whether the view shows it cannot be judged. */
    UNFILTERED;

    /**
     * What follows from two verdicts.
     *
     * @param readable whether it may be read
     * @param shown whether it matches the domain of the view
     */
    static InSight of(Verdict readable, Verdict shown) {
        if (readable == Verdict.NO || shown == Verdict.NO) {
            return NO;
        }
        if (readable == Verdict.UNDECIDED) {
            return UNPROVEN;
        }
        return shown == Verdict.UNDECIDED ? UNFILTERED : YES;
    }
}
