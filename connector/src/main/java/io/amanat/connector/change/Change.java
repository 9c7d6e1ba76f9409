package io.amanat.connector.change;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What one committed transaction did to records of one model. Immutable; safe to share between threads. */
public sealed interface Change {

    /** The number of the transaction that made it, as in {@link Image#version}; empty if it is of none, or not known. */
    default Optional<String> version() {
        return Optional.empty();
    }

    /**
     * Records that were created, written or deleted, with their values.
     *
     * @param now the images after it, one per record; of a deletion, keys only
     * @param rules values after it that {@code now} does not hold and that record rules look at; never shown to anybody
     * @param before what is known of them before it: what it changed and what record rules look at; empty for a creation
     * @param changedFields names of the fields that an update wrote; empty otherwise
     * @param reread names of fields whose value depends on who reads; they are in no image
     */
    record Records(
            String model,
            Operation operation,
            Actor actor,
            Instant at,
            List<Image> now,
            List<Image> rules,
            List<Image> before,
            Set<String> changedFields,
            Set<String> reread)
            implements Change {
        public Records {
            now = List.copyOf(now);
            rules = List.copyOf(rules);
            before = List.copyOf(before);
            changedFields = Set.copyOf(changedFields);
            reread = Set.copyOf(reread);
        }

        @Override
        public Optional<String> version() {
            return Stream.concat(now.stream(), before.stream())
                    .map(Image::version)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
    }

    /** Too many records to send one by one, or a transaction that asked for silence: whoever watches the model re-reads. */
    record Bulk(String model, Operation operation, Actor actor, Instant at, List<Image> now, Set<String> changedFields)
            implements Change {
        public Bulk {
            now = List.copyOf(now);
            changedFields = Set.copyOf(changedFields);
        }
    }

    /** A message of the application to all tabs of some users. */
    record Event(
            String action,
            String model,
            Actor actor,
            Instant at,
            Set<Long> userIds,
            List<Image> records,
            Set<String> changedFields)
            implements Change {
        public Event {
            userIds = Set.copyOf(userIds);
            records = List.copyOf(records);
            changedFields = Set.copyOf(changedFields);
        }
    }

    /**
     * What somebody may read may have changed, or who may log in.
     *
     * @param reason a word of the add-on's contract, such as {@code groups} or {@code logout}
     * @param users whom it concerns; empty for everybody
     * @param models the models concerned; empty for all of them
     * @param login the one login session that ended, of a logout
     */
    record Rights(
            String reason,
            Optional<Set<Long>> users,
            Optional<Set<String>> models,
            Optional<String> login,
            Optional<String> version)
            implements Change {
        public Rights {
            users = users.map(Set::copyOf);
            models = models.map(Set::copyOf);
        }

        public Rights(String reason, Optional<Set<Long>> users, Optional<Set<String>> models, Optional<String> login) {
            this(reason, users, models, login, Optional.empty());
        }
    }

    /**
     * It cannot be proven that every change was seen: whoever watches re-reads.
     *
     * @param model the model concerned; empty for all of them
     * @param reason for the log; no values
     */
    record Gap(Optional<String> model, String reason, Optional<String> version) implements Change {
        public Gap(Optional<String> model, String reason) {
            this(model, reason, Optional.empty());
        }
    }
}
