package io.amanat.bridge.access.rls;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Who may see which image of a row. Used by one thread, in the order of the stream: each change is handed to {@link #changed}
 * before its own images and those of later changes are asked for.
 */
public interface Visibility {

    /**
     * Says who may see these images of rows, as far as the stream has been read.
     *
     * @param table as {@code TableShape} names it
     * @param images whole rows, as the log had them
     * @param asked numbers of viewers, as {@link Viewers} gave them
     * @return for each image those of {@code asked} who may see it
     * @throws VisibilityException if that cannot be said: nobody gets a value, and those asked are told to read again
     */
    List<BitSet> visible(String table, List<Image> images, BitSet asked) throws VisibilityException;

    /** Whether {@link #changed} would do anything about this change. Changes nothing itself. */
    boolean matters(Change change);

    /**
     * Takes notice of a change that was read from the stream, of any table and any kind: what it may have changed in anybody's
     * sight is forgotten.
     *
     * @return the viewers whose sight changed or may have, by table: they read that table again. Numbers of viewers who do not
     *     watch the table may be among them
     */
    Map<String, BitSet> changed(Change change);

    /**
     * Says what will be handed to {@link #changed} next, in this order: changes that were read from the stream already. Right after
     * a grant that is still ahead, an earlier image would be judged with newer rights; knowing what is ahead prevents it.
     */
    default void ahead(List<Change> changes) {}
}
