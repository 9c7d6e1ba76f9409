package io.amanat.bridge.access.rls;

import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;

/**
 * What PostgreSQL just said about viewers of one role. Nobody is told of it before it is known whose sight was changed between the place
 * of the question and the answer.
 */
final class Answer {

    private final Sight sight;
    private final BitSet asked;
    private final List<BitSet> found;
    private final BitSet out;
    private final Told told;

    /** Makes of it what is said of each image. */
    interface Told {
        List<BitSet> without(BitSet out) throws SQLException, VisibilityException;
    }

    /**
     * @param asked about whom PostgreSQL was asked just now
     * @param found who of them sees what was asked
     * @param out who was not even asked, since what was read already changes their sight
     */
    Answer(Sight sight, BitSet asked, List<BitSet> found, BitSet out, Told told) {
        this.sight = sight;
        this.asked = asked;
        this.found = List.copyOf(found);
        this.out = out;
        this.told = told;
    }

    Sight sight() {
        return sight;
    }

    BitSet asked() {
        return asked;
    }

    /** Whether it lets anybody in. A no shows nothing to anybody, and who sees more than it says is named when the log comes there. */
    boolean isYes() {
        return found.stream().anyMatch(it -> it.intersects(asked));
    }

    void leaveOut(BitSet viewers) {
        out.or(viewers);
    }

    List<BitSet> told() throws SQLException, VisibilityException {
        return told.without(out);
    }
}
