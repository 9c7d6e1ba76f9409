package io.amanat.bridge.access.domain;

import io.amanat.connector.change.Image;

/** One compiled part of a domain. */
interface Condition {
    Condition UNDECIDED = (image, id) -> Verdict.UNDECIDED;
    Condition YES = (image, id) -> Verdict.YES;
    Condition NO = (image, id) -> Verdict.NO;

    /**
     * Whether the record matches.
     *
     * @param id the record's; 0 when it has none. Below an {@code any} that of the related record, whose image is not known
     */
    Verdict on(Image image, long id);

    static Condition constant(boolean value) {
        return value ? YES : NO;
    }

    static Condition not(Condition condition) {
        return condition.equals(UNDECIDED)
                ? UNDECIDED
                : (image, id) -> condition.on(image, id).not();
    }

    static Condition negatedIf(boolean negative, Condition condition) {
        return negative ? not(condition) : condition;
    }

    /** No as soon as one says no, whatever is undecided beside it. */
    static Condition and(Condition... conditions) {
        return (image, id) -> until(Verdict.NO, conditions, image, id);
    }

    /** Yes as soon as one says yes, whatever is undecided beside it. */
    static Condition or(Condition... conditions) {
        return (image, id) -> until(Verdict.YES, conditions, image, id);
    }

    private static Verdict until(Verdict settling, Condition[] conditions, Image image, long id) {
        var verdict = settling.not();
        for (var condition : conditions) {
            var one = condition.on(image, id);
            if (one == settling) {
                return settling;
            }
            if (one == Verdict.UNDECIDED) {
                verdict = Verdict.UNDECIDED;
            }
        }
        return verdict;
    }
}
