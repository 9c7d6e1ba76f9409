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
     * @return for each image those of {@code asked} who may see it. Left out of all of them may be whom a change concerns that was
     *     committed meanwhile: {@link #changed} names them when it is handed that change
     * @throws VisibilityException if that cannot be said: nobody gets a value, and those asked are told to read again
     */
    List<BitSet> visible(String table, List<Image> images, BitSet asked) throws VisibilityException;

    /**
     * Says whose sight of a table these changes may have changed, of any time. Forgets nothing.
     *
     * @return those of {@code asked}
     * @throws VisibilityException if that cannot be said
     */
    BitSet concerned(String table, List<Change> changes, BitSet asked) throws VisibilityException;

    /** Whether {@link #changed} would do anything about this change. Changes nothing itself. */
    boolean matters(Change change);

    /**
     * Takes notice of a change that was read from the stream, of any table and any kind: what it may have changed in anybody's
     * sight is forgotten.
     *
     * @param offset of this change in the journal; what is asked from now on is about this place
     * @return the viewers whose sight changed or may have, by table: they read that table again. Numbers of viewers who do not
     *     watch the table may be among them
     */
    Map<String, BitSet> changed(long offset, Change change);
}
