package io.amanat.bridge.channel;

import io.amanat.bridge.access.Viewer;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What one class of viewers gets of one change, decided. The lists of receivers are never changed. */
public sealed interface Delivery {

    /** The offset of the change. */
    long offset();

    /**
     * Values, after a yes.
     *
     * @param visible only what every receiver may read
     * @param sight what the change means for every receiver; changed fields come with an update only
     * @param own whether the receivers' user did it; the tab that did is spared
     */
    record Data(long offset, Feed feed, Change.Records visible, Sight sight, boolean own, List<Watcher> to)
            implements Delivery {}

    /**
     * Records that every receiver could see and cannot any more, without values.
     *
     * @param actor who deleted them; empty for a leave: who took them out of sight is not told
     * @param at when they were deleted; empty for a leave
     * @param spared who did it, when the receivers' user did: the tab that did knows already
     */
    record Gone(
            long offset,
            Feed feed,
            String model,
            Removal removal,
            List<Long> ids,
            Optional<Actor> actor,
            Optional<Instant> at,
            Optional<Actor> spared,
            List<Watcher> to)
            implements Delivery {

        /** Whether the receivers' user did it. */
        public boolean own() {
            return spared.isPresent();
        }
    }

    /**
     * Somebody changed what the receivers edit.
     *
     * @param fields what was written, as far as the receivers may read it
     * @param spared who did it, when the receivers' user did: the tab that did knows already
     */
    record Conflict(
            long offset,
            Feed feed,
            long id,
            Map<String, Contested> fields,
            Set<String> reread,
            Actor actor,
            Instant at,
            Optional<Actor> spared,
            List<Watcher> to)
            implements Delivery {

        /** Whether the receivers' user did it. */
        public boolean own() {
            return spared.isPresent();
        }
    }

    /**
     * One field of a conflict.
     *
     * @param base its value before the change; empty if the receivers could not read it, or have to ask
     * @param theirs its value now; empty if the receivers have to ask
     */
    record Contested(Optional<JsonNode> base, Optional<JsonNode> theirs) {}

    /** For the one tab that did it: committed and seen. */
    record Receipt(long offset, String model, Operation operation, List<Long> ids, Actor actor, List<Watcher> to)
            implements Delivery {}

    /**
     * Re-read.
     *
     * @param spared who did it, when that tab knows already
     * @param many what every receiver may know of a bulk; empty: nothing
     */
    record Reset(
            long offset, Feed feed, ResetReason reason, List<Watcher> to, Optional<Actor> spared, Optional<Many> many)
            implements Delivery {

        /** A reset of which no more is to be said. */
        public Reset(long offset, Feed feed, ResetReason reason, List<Watcher> to, Optional<Actor> spared) {
            this(offset, feed, reason, to, spared, Optional.empty());
        }
    }

    /**
     * Many records changed at once.
     *
     * @param records how many of them the receivers may read; empty if that is not known of each
     */
    record Many(Actor actor, OptionalInt records) {}

    /**
     * These are not told what this change means for them, since their rights are not known: until they are, they have
     * everything only of before it.
     */
    record Behind(long offset, Feed feed, List<Watcher> to) implements Delivery {}

    /**
     * A message of the application, to every session of these viewers.
     *
     * @param visible only what every receiver may read
     */
    record Event(long offset, Change.Event visible, List<Viewer> to) implements Delivery {}

    /**
     * These may not be connected any more, and tokens issued to them before are worth nothing.
     *
     * @param users whom it concerns; empty for everybody
     * @param login the one login session that ended; empty for all of these users
     */
    record Revoked(long offset, Optional<Set<Long>> users, Optional<String> login) implements Delivery {
        public Revoked {
            users = users.map(Set::copyOf);
        }

        /** The end of one login session: nobody's rights change. */
        static final String LOGOUT = "logout";

        /** Whom a change of rights keeps out; nothing if it does not. */
        public static Optional<Revoked> by(long offset, Change.Rights changed) {
            return switch (changed.reason()) {
                case LOGOUT, "user", "password" -> Optional.of(new Revoked(offset, changed.users(), changed.login()));
                default -> Optional.empty();
            };
        }
    }
}
