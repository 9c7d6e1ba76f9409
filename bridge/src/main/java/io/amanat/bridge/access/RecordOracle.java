package io.amanat.bridge.access;

import java.util.List;

/** Knows which records viewers may read. Safe to share between threads; a call blocks and belongs on a virtual thread. */
@FunctionalInterface
public interface RecordOracle {

    /**
     * Answers one burst of questions from what is committed when it is asked: no answer is older than the call.
     *
     * @param questions at most {@link RightsOracle#MAX_QUESTIONS}
     * @return one list per question, in their order, with one answer per viewer, in theirs
     * @throws OracleException if there is no answer in bounded time; the caller delivers nothing that depends on it
     */
    List<List<Answer>> readable(List<Question> questions);

    /** The same oracle, which is asked who may write instead. */
    default RecordOracle writing() {
        return questions ->
                readable(questions.stream().map(Question::forWriting).toList());
    }
}
