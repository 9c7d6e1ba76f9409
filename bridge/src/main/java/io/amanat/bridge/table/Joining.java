package io.amanat.bridge.table;

/** How it went to watch something. */
public sealed interface Joining {

    /** What is judged from now on is judged for this viewer, too; given back once by {@link TableWatching#leave}. */
    record Joined(TableFeed feed) implements Joining {}

    /** There is none, or it is not published, or not fit, or this role may read nothing of it. */
    record UnknownTable() implements Joining {}

    /** There is none, or this role may not read it. */
    record UnknownColumn(String name) implements Joining {}

    /**
     * It is no filter of this table.
     *
     * @param message for whoever wrote it
     */
    record BadFilter(String message) implements Joining {}

    /** PostgreSQL cannot be asked just now. */
    record Unavailable() implements Joining {}
}
