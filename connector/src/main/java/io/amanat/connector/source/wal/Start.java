package io.amanat.connector.source.wal;

import java.util.Optional;

/**
 * How reading begins, given what we know and what the server has. Pure.
 *
 * @param slot what to do with the slot
 * @param at where to read from; empty for where the slot that is made begins
 * @param broken why something between what was read and what will be read may be missing; empty if nothing is
 */
record Start(Action slot, Optional<Lsn> at, Optional<Break> broken) {

    /** What is done with the slot first. */
    enum Action {
        KEEP,
        MAKE,
        REPLACE
    }

    /** What the server says of itself: which copy of the database it is, and where its log ends. */
    record Server(String incarnation, Lsn end) {}

    /**
     * Decides.
     *
     * @param readBefore whether anything was read in an earlier life
     * @param newest where that ended, if it was read from the log
     */
    static Start decide(boolean readBefore, Optional<Place> newest, Server server, Optional<Slot> slot) {
        if (newest.isEmpty()) {
            return fromNow(
                    server,
                    slot,
                    Optional.of(new Break(readBefore ? "read in another way before" : "reading begins here", false)));
        }
        var place = newest.get();
        if (!place.incarnation().equals(server.incarnation())) {
            return fromNow(server, slot, lost("the database is another copy than the one that was read"));
        }
        if (place.lsn().isAfter(server.end())) {
            return fromNow(server, slot, lost("the database was set back to an earlier state"));
        }
        if (slot.isEmpty()) {
            return fromNow(server, slot, lost("the replication slot is gone"));
        }
        if (slot.get().isLost()) {
            return fromNow(server, slot, lost("the replication slot was left behind and is lost"));
        }
        if (slot.get().confirmed().isAfter(place.lsn())) {
            return fromNow(server, slot, lost("the replication slot is ahead of what was read"));
        }
        return new Start(Action.KEEP, Optional.of(place.lsn()), Optional.empty());
    }

    /** The slot that is there cannot be read. */
    static Start anew() {
        return new Start(Action.REPLACE, Optional.empty(), lost("the replication slot is older than the publication"));
    }

    private static Optional<Break> lost(String reason) {
        return Optional.of(new Break(reason, true));
    }

    private static Start fromNow(Server server, Optional<Slot> slot, Optional<Break> broken) {
        if (slot.isEmpty()) {
            return new Start(Action.MAKE, Optional.empty(), broken);
        }
        boolean ahead = slot.get().confirmed().isAfter(server.end());
        return slot.get().isLost() || ahead
                ? new Start(Action.REPLACE, Optional.empty(), broken)
                : new Start(Action.KEEP, Optional.of(server.end()), broken);
    }
}
