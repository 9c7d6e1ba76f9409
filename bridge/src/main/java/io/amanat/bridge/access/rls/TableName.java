package io.amanat.bridge.access.rls;

import io.amanat.connector.change.TableShape;

/** The two parts of a table's name, which is written without its schema when that is {@code public}. */
record TableName(String schema, String table) {

    private static final String PUBLIC = "public";

    static TableName of(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? new TableName(PUBLIC, name) : new TableName(name.substring(0, dot), name.substring(dot + 1));
    }

    /** As {@code TableShape} names it. */
    @Override
    public String toString() {
        return TableShape.name(schema, table);
    }

    /** As it is written in SQL, whatever the search path. */
    String quoted() {
        return TableShape.quoted(schema) + "." + TableShape.quoted(table);
    }
}
