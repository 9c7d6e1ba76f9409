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

    /** In sight at both moments; anything else counts as not. */
    InSight and(InSight other) {
        return this == YES && other == YES ? YES : NO;
    }

    /** In sight at one of two moments at least. */
    InSight or(InSight other) {
        if (this == YES || other == NO) {
            return this;
        }
        return this == NO || other == YES ? other : this;
    }

    /**
     * What follows from two verdicts. Of what perhaps may not be read, the view says nothing: whoever chooses its domain could
     * else tell values by whether there is a reset.
     *
     * @param readable whether it may be read
     * @param shown whether it matches the domain of the view
     */
    static InSight of(Verdict readable, Verdict shown) {
        return switch (readable) {
            case NO -> NO;
            case UNDECIDED -> UNPROVEN;
            case YES ->
                switch (shown) {
                    case YES -> YES;
                    case NO -> NO;
                    case UNDECIDED -> UNFILTERED;
                };
        };
    }
}
