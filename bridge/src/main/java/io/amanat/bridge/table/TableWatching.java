package io.amanat.bridge.table;

/** Lets viewers watch tables. Safe to share. Whoever joined the same feed several times leaves it as often. */
public interface TableWatching {

    /** Registers this viewer; waits for PostgreSQL, perhaps. */
    Joining join(TableSpec spec, int viewer);

    /** Registers another viewer of the same role at a feed that somebody has joined and not left. */
    void enter(TableFeed feed, int viewer);

    /** Gives one registration back. */
    void leave(TableFeed feed, int viewer);
}
