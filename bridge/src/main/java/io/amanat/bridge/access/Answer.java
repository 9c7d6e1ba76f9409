package io.amanat.bridge.access;

import java.util.Map;
import java.util.Set;

/**
 * What one viewer may read of one model now; to a question about writing, what that viewer may write.
 *
 * @param read whether the viewer may read the model at all; if not, {@code ids} and {@code fields} are empty
 * @param ids those of the asked records that exist and that the viewer may read
 * @param fields the live fields the viewer may read, {@code id} and {@code display_name} among them
 * @param versions of the rows of the asked records that exist, by id: the answer says nothing about any other version
 */
public record Answer(boolean read, Set<Long> ids, Set<String> fields, Map<Long, String> versions) {

    /** Nothing at all. */
    public static final Answer NOTHING = new Answer(false, Set.of(), Set.of());

    public Answer {
        ids = read ? Set.copyOf(ids) : Set.of();
        fields = read ? Set.copyOf(fields) : Set.of();
        versions = Map.copyOf(versions);
    }

    /** An answer that does not say for which versions it holds. */
    public Answer(boolean read, Set<Long> ids, Set<String> fields) {
        this(read, ids, fields, Map.of());
    }
}
