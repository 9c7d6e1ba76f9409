package io.amanat.bridge.protocol;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** What the bridge says. Data frames hold nothing that belongs to one session, so that many can share one encoding. */
public sealed interface ServerFrame {

    /** The hello was accepted. */
    record Welcome(
            String session,
            String epoch,
            long offset,
            long userId,
            String userName,
            Limits limits,
            long heartbeatSeconds,
            long tokenExpiresIn)
            implements ServerFrame {}

    /** What a client must keep to. */
    record Limits(int frameBytes, int watches, int messagesPerSecond) {}

    /** Done. */
    record Ok(String ref) implements ServerFrame {}

    /** You watch from now on: whatever is committed after {@code offset} arrives under this feed. */
    record Watching(String ref, long feed, long offset) implements ServerFrame {}

    /** Not done; the connection goes on. */
    record Refused(String ref, ErrorCode code, String message) implements ServerFrame {}

    /**
     * Records were created or written.
     *
     * @param form whether the feed is one form's
     * @param records with the values this class of viewers may see, and no others
     * @param own whether the receiving user did it, elsewhere
     */
    record Update(
            boolean form,
            long feed,
            long offset,
            String model,
            Operation operation,
            List<Image> records,
            Set<String> changedFields,
            Set<String> reread,
            Actor actor,
            Instant at,
            boolean own)
            implements ServerFrame {}

    /** This tab's own change is committed and seen. */
    record Receipt(long offset, String model, Operation operation, List<Long> ids) implements ServerFrame {}

    /** Re-read this view. */
    record Reset(long feed, long offset, String reason) implements ServerFrame {}

    /** A message of the application. */
    record Event(long offset, String action, String model, List<Image> records, Set<String> changedFields)
            implements ServerFrame {}

    /** Nothing new up to here. */
    record Heartbeat(long offset) implements ServerFrame {}

    /** I am here. */
    record Pong(long offset) implements ServerFrame {}

    /**
     * The connection ends now.
     *
     * @param reconnectAfter milliseconds; empty: do not come back with this token
     */
    record Bye(ErrorCode code, String reason, OptionalLong reconnectAfter) implements ServerFrame {}
}
