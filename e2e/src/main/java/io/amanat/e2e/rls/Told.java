package io.amanat.e2e.rls;

import java.util.Arrays;
import java.util.BitSet;

/** Who was told what of one change, and when. */
final class Told {

    final BitSet entered = new BitSet();
    final BitSet updated = new BitSet();
    final BitSet left = new BitSet();
    private long[] at = new long[8];
    private int frames;

    /** Notes a frame, and says whether it is the viewer's first about this change. */
    boolean note(int viewer, String event, long micros) {
        boolean first = !entered.get(viewer) && !updated.get(viewer) && !left.get(viewer);
        var kind = switch (event) {
            case "INSERT" -> entered;
            case "UPDATE" -> updated;
            case "DELETE" -> left;
            default -> throw new IllegalStateException("an event that nobody knows: " + event);
        };
        kind.set(viewer);
        if (frames == at.length) {
            at = Arrays.copyOf(at, 2 * frames);
        }
        at[frames++] = micros;
        return first;
    }

    /** When each frame came, in microseconds since 1970. */
    long[] at() {
        return Arrays.copyOf(at, frames);
    }

    /** To whom the row was in sight before. */
    BitSet before() {
        return or(updated, left);
    }

    /** To whom the row is in sight now. */
    BitSet now() {
        return or(updated, entered);
    }

    private static BitSet or(BitSet one, BitSet other) {
        var both = (BitSet) one.clone();
        both.or(other);
        return both;
    }
}
