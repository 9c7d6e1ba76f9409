package io.amanat.bridge.channel;

import io.amanat.connector.change.Operation;

/** What a change of one record means for a class of viewers. */
sealed interface Fate {

    /** It is in sight now. */
    record Seen(Sight sight) implements Fate {}

    /** It was in sight and is not any more. */
    record Went(Removal removal) implements Fate {}

    /** Something may have happened in their sight, and nobody can say what: they re-read. */
    record Unclear(ResetReason reason) implements Fate {}

    /** It does not concern them. */
    record Nothing() implements Fate {}

    /** The table of decision 0009. */
    static Fate of(Operation operation, InSight before, InSight after) {
        return switch (after) {
            case YES -> new Seen(sight(operation, before));
            case UNPROVEN -> new Unclear(ResetReason.FAILED);
            case UNFILTERED -> new Unclear(ResetReason.FILTER);
            case NO -> unseen(operation == Operation.DELETE, before);
        };
    }

    private static Sight sight(Operation operation, InSight before) {
        if (operation == Operation.CREATE) {
            return Sight.CREATE;
        }
        return before == InSight.YES ? Sight.UPDATE : Sight.ENTER;
    }

    private static Fate unseen(boolean deleted, InSight before) {
        return switch (before) {
            // who could read it may be told that it goes, also where their view perhaps did not show it
            case YES, UNFILTERED -> new Went(deleted ? Removal.DELETE : Removal.LEAVE);
            case NO -> new Nothing();
            case UNPROVEN -> new Unclear(deleted ? ResetReason.DELETED : ResetReason.NOT_READABLE);
        };
    }
}
