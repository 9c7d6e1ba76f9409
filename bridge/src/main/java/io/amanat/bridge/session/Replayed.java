package io.amanat.bridge.session;

import io.amanat.bridge.channel.ResetReason;
import java.util.List;
import java.util.Optional;

/** What a watch gets that comes back. The frames are shared by all that get the same. */
sealed interface Replayed {

    /**
     * What it missed.
     *
     * @param to up to which offset this is all
     */
    record Told(List<Missed> missed, long to) implements Replayed {
        public Told {
            missed = List.copyOf(missed);
        }

        /** What this user gets of it. */
        List<Outgoing> frames(long userId) {
            return missed.stream().flatMap(it -> it.of(userId).stream()).toList();
        }
    }

    /** It has to read again. */
    record Untold(ResetReason reason) implements Replayed {}

    /** One frame, and the same for the user who did it, who is perhaps told nothing. */
    interface Missed {

        int size();

        Optional<Outgoing> of(long userId);
    }
}
