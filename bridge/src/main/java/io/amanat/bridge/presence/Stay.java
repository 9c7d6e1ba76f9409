package io.amanat.bridge.presence;

import io.amanat.bridge.access.Viewer;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One session at one record: it has its form open, or edits it. Compared by identity; guarded by {@link Presences}. */
public final class Stay {

    private final Viewer viewer;
    private final Consumer<Ended> onEnded;
    private Optional<Set<String>> editing;
    private boolean shown;

    private Stay(Viewer viewer, Optional<Set<String>> editing, Consumer<Ended> onEnded) {
        this.viewer = viewer;
        this.editing = editing;
        this.onEnded = onEnded;
    }

    /** Somebody looks at a record. */
    public static Stay looking(Viewer viewer) {
        return new Stay(viewer, Optional.empty(), ended -> {});
    }

    /**
     * Somebody edits a record.
     *
     * @param onEnded told, once and on any thread, when that is not allowed any more; the stay is over then
     */
    public static Stay editing(Viewer viewer, Set<String> fields, Consumer<Ended> onEnded) {
        return new Stay(viewer, Optional.of(Set.copyOf(fields)), onEnded);
    }

    Viewer viewer() {
        return viewer;
    }

    /** What is edited; empty: only looks. */
    Optional<Set<String>> editing() {
        return editing;
    }

    void edits(Set<String> fields) {
        editing = Optional.of(Set.copyOf(fields));
    }

    /** Whether others may be told. */
    boolean shown() {
        return shown;
    }

    void show(boolean now) {
        shown = now;
    }

    void ended(Ended why) {
        onEnded.accept(why);
    }
}
