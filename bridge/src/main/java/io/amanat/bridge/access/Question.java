package io.amanat.bridge.access;

import java.util.List;

/**
 * Which of these records of one model each of these viewers may read now, and which of its fields.
 *
 * @param ids record ids, without repetition; may be empty: then only the rights on the model are asked
 * @param viewers without repetition
 * @param writing whether it is asked who may write instead
 */
public record Question(String model, List<Long> ids, List<Viewer> viewers, boolean writing) {

    /** The most ids that one question may hold. */
    public static final int MAX_IDS = 1_000;

    /** The most viewers that one question may hold. */
    public static final int MAX_VIEWERS = 5_000;

    public Question {
        ids = List.copyOf(ids);
        viewers = List.copyOf(viewers);
        if (ids.size() > MAX_IDS || viewers.size() > MAX_VIEWERS) {
            throw new IllegalArgumentException("%d ids and %d viewers of %s; a question holds at most %d and %d"
                    .formatted(ids.size(), viewers.size(), model, MAX_IDS, MAX_VIEWERS));
        }
    }

    /** Who may read. */
    public Question(String model, List<Long> ids, List<Viewer> viewers) {
        this(model, ids, viewers, false);
    }

    /** The same question about writing. */
    public Question forWriting() {
        return new Question(model, ids, viewers, true);
    }
}
