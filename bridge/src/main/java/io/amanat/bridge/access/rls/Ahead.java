package io.amanat.bridge.access.rls;

import io.amanat.connector.change.Change;
import java.util.List;

/**
 * What stands in the log behind a place. PostgreSQL is asked with the rights of now: what it answers about an earlier place holds only
 * as far as nothing between the two changed them.
 */
public interface Ahead {

    /** The newest place that was read. */
    long newest();

    /**
     * The changes behind this place that were read already, in their order.
     *
     * @param place the offset of the change that was handed to {@link Visibility#changed} last
     * @throws VisibilityException if they cannot be said
     */
    List<Change> read(long place) throws VisibilityException;

    /**
     * The changes behind this place, in their order; among them is all that was committed before this call. Waits until it was read.
     *
     * @throws VisibilityException if they cannot be said, or not in time
     */
    List<Change> committed(long place) throws VisibilityException;
}
