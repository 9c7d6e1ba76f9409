package io.amanat.bridge.access;

import java.util.List;
import java.util.Map;

/**
 * Knows what viewers may read. Safe to share between threads; a call blocks and belongs on a virtual thread.
 */
public interface RightsOracle {

    /** The most questions that one call may hold. */
    int MAX_QUESTIONS = 200;

    /**
     * Answers one burst of questions from what is committed when it is asked: no answer is older than the call.
     *
     * @param questions at most {@link #MAX_QUESTIONS}
     * @param fresh whether what is remembered of rules and groups must be read again, as after an announcement that they changed
     * @return one list per question, in their order, with one answer per viewer, in theirs
     * @throws OracleException if there is no answer in bounded time; the caller delivers nothing that depends on it
     */
    List<List<Answer>> readable(List<Question> questions, boolean fresh);

    /**
     * Says what viewers may read of models, whichever record it is. An answer about one viewer that cannot be used denies that
     * viewer, and harms no other.
     *
     * @param questions at most {@link #MAX_QUESTIONS}
     * @param fresh likewise
     * @return one reply per question, in their order
     * @throws OracleException if there is no answer in bounded time; the caller knows nothing then, and delivers nothing
     */
    List<RightsReply> rights(List<RightsQuestion> questions, boolean fresh);

    /**
     * Says what viewers may call other users: those are missing whom a viewer may not read.
     *
     * @param questions at most {@link #MAX_QUESTIONS}
     * @param fresh likewise
     * @return one list per question, in their order, with the names by user id for each viewer, in theirs
     * @throws OracleException if there is no answer in bounded time; nobody is named then
     */
    default List<List<Map<Long, String>>> names(List<NamesQuestion> questions, boolean fresh) {
        throw new OracleException("nobody here knows names of users", null);
    }
}
