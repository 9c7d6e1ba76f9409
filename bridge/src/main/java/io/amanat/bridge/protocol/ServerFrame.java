package io.amanat.bridge.protocol;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the bridge says. Data frames hold nothing that belongs to one session, so that many can share one encoding. */
public sealed interface ServerFrame
        permits ServerFrame.Welcome,
                ServerFrame.Ok,
                ServerFrame.Watching,
                ServerFrame.Touching,
                ServerFrame.Resumed,
                ServerFrame.Refused,
                ServerFrame.Update,
                ServerFrame.Gone,
                ServerFrame.Conflict,
                ServerFrame.Presence,
                ServerFrame.Receipt,
                ServerFrame.Reset,
                ServerFrame.Behind,
                ServerFrame.Event,
                ServerFrame.Heartbeat,
                ServerFrame.Pong,
                ServerFrame.Bye,
                TableReply {

    /**
     * The hello was accepted.
     *
     * @param userId Odoo's number; where tables are served, the subject of the token
     * @param presence whether anybody is shown to anybody
     */
    record Welcome(
            String session,
            String epoch,
            long offset,
            JsonNode userId,
            String userName,
            Limits limits,
            long heartbeatSeconds,
            long tokenExpiresIn,
            boolean presence)
            implements ServerFrame {}

    /** What a client must keep to. */
    record Limits(int frameBytes, int watches, int messagesPerSecond, int touches) {}

    /** Done. */
    record Ok(String ref) implements ServerFrame {}

    /**
     * You watch from now on: whatever is committed after {@code offset} arrives under this feed.
     *
     * @param filtered whether only what concerns records that match the view's own domain arrives
     * @param rights a stamp of what this user may read of the model; another stamp later means that it changed
     */
    record Watching(String ref, long feed, long offset, boolean filtered, String rights) implements ServerFrame {}

    /**
     * You edit from now on: conflicts committed after {@code offset} arrive under this feed.
     *
     * @param fields of those asked, the ones that travel and that this user may read and write
     */
    record Touching(String ref, long feed, long offset, Set<String> fields) implements ServerFrame {}

    /**
     * Everything that was missed up to this offset was sent.
     *
     * @param ref the watch; empty for the session's events
     */
    record Resumed(Optional<String> ref, long offset) implements ServerFrame {}

    /** Not done; the connection goes on. */
    record Refused(String ref, ErrorCode code, String message) implements ServerFrame {}

    /** What a change means for whoever gets a data frame. */
    enum Op {
        /** A new record in sight. */
        CREATE,
        /** It was in sight and still is. */
        UPDATE,
        /** It came into sight, or nobody can prove that it was. */
        ENTER,
        /** It went out of sight. */
        LEAVE,
        /** It is gone. */
        DELETE
    }

    /**
     * Records that came into sight or were written.
     *
     * @param form whether the feed is one form's
     * @param changedFields empty but for an update
     * @param records with the values this class of viewers may see, and no others
     * @param own whether the receiving user did it, elsewhere
     */
    record Update(
            boolean form,
            long feed,
            long offset,
            String model,
            Op op,
            List<Image> records,
            Set<String> changedFields,
            Set<String> reread,
            Actor actor,
            Instant at,
            boolean own)
            implements ServerFrame {}

    /**
     * Records that were in sight and are not any more.
     *
     * @param actor who deleted them; empty for a leave
     * @param at when they were deleted; empty for a leave
     * @param own whether the receiving user deleted them, elsewhere
     */
    record Gone(
            boolean form,
            long feed,
            long offset,
            String model,
            Op op,
            List<Long> ids,
            Optional<Actor> actor,
            Optional<Instant> at,
            boolean own)
            implements ServerFrame {}

    /**
     * Somebody changed what you edit.
     *
     * @param fields what was written, as far as this class of viewers may read it
     * @param own whether the receiving user did it, elsewhere
     */
    record Conflict(
            long feed,
            long offset,
            String model,
            long id,
            Map<String, Contested> fields,
            Set<String> reread,
            Actor actor,
            Instant at,
            boolean own)
            implements ServerFrame {}

    /**
     * One field of a conflict.
     *
     * @param base its value before, if it may be told
     * @param theirs its value now; empty: ask Odoo
     */
    record Contested(Optional<JsonNode> base, Optional<JsonNode> theirs) {}

    /**
     * Who is at a record: all of it, each time it changes.
     *
     * @param more how many others there are
     */
    record Presence(long feed, String model, long id, List<Person> people, int more) implements ServerFrame {}

    /**
     * Somebody at a record.
     *
     * @param name as the receivers may see it in Odoo; empty: they may not
     * @param editing the fields that this user edits, as far as the receivers may read them; empty: only looks
     */
    record Person(long userId, Optional<String> name, Optional<Set<String>> editing) {}

    /** This tab's own change is committed and seen. */
    record Receipt(long offset, String model, Operation operation, List<Long> ids) implements ServerFrame {}

    /**
     * Re-read this view.
     *
     * @param many what this class of viewers may know of a bulk; empty: nothing
     */
    record Reset(long feed, long offset, String reason, Optional<Many> many) implements ServerFrame {

        /** A reset of which no more is to be said. */
        public Reset(long feed, long offset, String reason) {
            this(feed, offset, reason, Optional.empty());
        }
    }

    /**
     * Many records changed at once.
     *
     * @param records how many of them this class of viewers may read; empty if that is not known of each
     */
    record Many(Actor actor, OptionalInt records) {}

    /** Nobody who watches this is told what is committed after this offset, until a reset comes. */
    record Behind(long feed, long offset) implements ServerFrame {}

    /** A message of the application. */
    record Event(long offset, String action, String model, List<Image> records, Set<String> changedFields)
            implements ServerFrame {}

    /** Nothing new up to here. */
    record Heartbeat(long offset) implements ServerFrame {}

    /** I am here, and by my clock it is this late. */
    record Pong(long offset, Instant time) implements ServerFrame {}

    /**
     * The connection ends now.
     *
     * @param reconnectAfter milliseconds; empty: do not come back with this token
     */
    record Bye(ErrorCode code, String reason, OptionalLong reconnectAfter) implements ServerFrame {}
}
