package io.amanat.bench.resume;

import io.amanat.bench.fanout.Event;

/** The newest state of each record that one viewer has. */
final class Seen {
    private final int[] newest = new int[Event.RECORDS];
    private int reread;

    void add(Event event) {
        newest[event.record()] = Math.max(newest[event.record()], event.seq());
    }

    /** It was told to read again when this was the newest change. */
    void rereads(int committed) {
        reread = Math.max(reread, committed);
    }

    /** Of how many records the newest state is missing when the changes up to {@code last} were written. */
    int missing(int last) {
        int missing = 0;
        for (int seq = Math.max(1, last - Event.RECORDS + 1); seq <= last; seq++) {
            missing += Math.max(newest[seq % Event.RECORDS], reread) < seq ? 1 : 0;
        }
        return missing;
    }
}
