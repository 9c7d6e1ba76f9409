package io.amanat.bridge.table;

import java.util.List;

/** Takes what was decided to the sessions. */
public interface TableDeliveries {

    /**
     * Accepts what one burst of changes led to. Called by one thread, in order of offsets; every session gets what concerns it in
     * this order. Does not wait for any client.
     */
    void deliver(List<TableDelivery> decided);

    /** Everything up to this offset was handed to {@link #deliver}. Called by the same thread. */
    void reached(long offset);
}
