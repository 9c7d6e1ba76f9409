package io.amanat.bridge.access;

import java.util.Set;

/**
 * What one viewer may read of one model now.
 *
 * @param read whether the viewer may read the model at all; if not, the rest is empty
 * @param ids those of the asked records that exist and that the viewer may read
 * @param fields the live fields the viewer may read, {@code id} and {@code display_name} among them
 */
public record Answer(boolean read, Set<Long> ids, Set<String> fields) {

    /** Nothing at all. */
    public static final Answer NOTHING = new Answer(false, Set.of(), Set.of());

    public Answer {
        ids = read ? Set.copyOf(ids) : Set.of();
        fields = read ? Set.copyOf(fields) : Set.of();
    }
}
