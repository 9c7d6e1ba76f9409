package io.amanat.e2e.rls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * What all viewers were told. One of them, the witness, is a member of every branch and sees every change: it says which offset
 * is which change, also of rows that went out of others' sight. Written by the loop's thread alone.
 */
final class Notes {

    private static final int KEPT = 256;

    private final int witness;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<ByteBuffer, RowFrame> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, RowFrame> eldest) {
            return size() > KEPT;
        }
    };
    private final Map<Long, Told> changes = new LinkedHashMap<>();
    private final Map<Long, String> keys = new HashMap<>();
    private final Map<Integer, NavigableSet<Long>> resets = new HashMap<>();
    private long frames;
    private long resetFrames;
    private long twice;

    Notes(int witness) {
        this.witness = witness;
    }

    /** Takes a frame apart; once for all who got the same bytes, which are not kept. */
    RowFrame parse(ByteBuffer payload) {
        var found = known.get(payload);
        if (found == null) {
            var bytes = new byte[payload.remaining()];
            payload.get(payload.position(), bytes);
            found = RowFrame.of(json.readTree(new String(bytes, UTF_8)));
            known.put(ByteBuffer.wrap(bytes), found);
        }
        return found;
    }

    void told(int viewer, RowFrame frame, long micros) {
        frames++;
        var change = changes.computeIfAbsent(frame.offset(), _ -> new Told());
        if (!change.note(viewer, frame.event(), micros)) {
            twice++;
        }
        if (viewer == witness) {
            keys.put(frame.offset(), frame.key());
        }
    }

    void reset(int viewer, long offset) {
        resetFrames++;
        resets.computeIfAbsent(viewer, _ -> new TreeSet<>()).add(offset);
    }

    /** Whether the witness saw all of these. */
    boolean seen(Set<String> all) {
        return keys.values().containsAll(all);
    }

    /** What was told, by offset. */
    Map<Long, Told> changes() {
        return changes;
    }

    /** Which change has this offset; null if the witness was not told. */
    @Nullable
    String key(long offset) {
        return keys.get(offset);
    }

    /** The offset of the viewer's next reset from this one on; null if there was none. */
    @Nullable
    Long nextReset(int viewer, long offset) {
        var own = resets.get(viewer);
        return own == null ? null : own.ceiling(offset);
    }

    long frames() {
        return frames;
    }

    long resets() {
        return resetFrames;
    }

    /** Frames about a change that their viewer was told of before. */
    long twice() {
        return twice;
    }
}
