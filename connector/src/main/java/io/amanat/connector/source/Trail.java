package io.amanat.connector.source;

import io.amanat.connector.change.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The positions from which another source of the same places goes on without gap or double: those that may name messages above the
 * newest floor. Holds at most {@value #MOST}; of more, what the oldest name would come again.
 */
final class Trail {

    private static final int MOST = 50_000;

    private final Deque<Position> positions = new ArrayDeque<>();

    Trail(List<Position> from) {
        from.forEach(this::add);
    }

    void add(Position next) {
        var bookmark = Bookmark.of(next);
        if (bookmark.isEmpty() || bookmark.get().begins()) {
            positions.clear();
        }
        positions.addLast(next);
        bookmark.ifPresent(it -> forgetUpTo(it.floor()));
        while (positions.size() > MOST) {
            positions.removeFirst();
        }
    }

    /** Messages come in the order of their ids, nearly: what stands before one that is still needed is kept as well. */
    private void forgetUpTo(long floor) {
        while (positions.size() > 1
                && Bookmark.of(positions.getFirst())
                        .map(it -> it.last() <= floor)
                        .orElse(true)) {
            positions.removeFirst();
        }
    }

    List<Position> positions() {
        return List.copyOf(positions);
    }
}
