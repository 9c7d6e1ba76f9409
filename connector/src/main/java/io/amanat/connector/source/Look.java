package io.amanat.connector.source;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one reading of the bus told.
 *
 * @param after the id that was asked after: nothing at or below it is meant to be among the messages
 * @param messages by id
 * @param complete whether that is all there is; otherwise there is more than can be caught up with
 * @param lowest the smallest id in the whole bus; {@link Long#MAX_VALUE} when the bus is known to be empty, empty when it is not known
 * @param highest the last id that anybody took, if known
 * @param oldestTransaction for how long the oldest transaction that may still send something is open, if known
 * @param incarnation which copy of the database answered, if known
 * @param retention for how long at least the bus keeps what was sent
 */
record Look(
        long after,
        List<BusMessage> messages,
        boolean complete,
        OptionalLong lowest,
        OptionalLong highest,
        Optional<Duration> oldestTransaction,
        Optional<String> incarnation,
        Duration retention) {

    Look {
        messages = List.copyOf(messages);
    }

    /** A reading that tells nothing but messages. */
    static Look of(long after, List<BusMessage> messages, Duration retention) {
        return new Look(
                after,
                messages,
                true,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                retention);
    }

    /** The same, where it is known that the bus holds nothing older. */
    Look reachingBack() {
        return new Look(
                after,
                messages,
                complete,
                OptionalLong.of(after + 1),
                highest,
                oldestTransaction,
                incarnation,
                retention);
    }

    /** The highest id that this reading proves to have been taken; 0 if none. */
    long newest() {
        long seen = messages.stream().mapToLong(BusMessage::id).max().orElse(0);
        return Math.max(seen, highest.orElse(0));
    }

    /** Whether everything that the bus holds, from its oldest on, was asked for. */
    boolean reachesBack() {
        return lowest.isPresent() && after < lowest.getAsLong();
    }
}
