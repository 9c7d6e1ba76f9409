package io.amanat.connector.source;

/**
 * What was known when a reading of the bus began; its answer is judged by that, since more may have been read meanwhile.
 *
 * @param life the reader's, which ends when it begins anew
 * @param begun whether reading goes on at the floor; otherwise it begins
 * @param floor after which to read
 * @param known the highest id that was known to be taken
 * @param at when, in {@link Pace#nanos()}
 */
record Start(int life, boolean begun, long floor, long known, long at) {

    /** Reads what a sweep is to look at. */
    Look sweep(BusRows rows) {
        return begun ? rows.after(floor) : rows.newest();
    }
}
