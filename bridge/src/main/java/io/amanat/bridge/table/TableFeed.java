package io.amanat.bridge.table;

import java.util.List;

/** What several viewers of one role watch together: a table, its filter, events and columns. Compared by identity; never changes. */
public interface TableFeed {

    /** By which frames name it. */
    long number();

    /** As {@code TableShape} names it. */
    String table();

    /** Those that its viewers are shown, in the table's order. */
    List<String> columns();
}
