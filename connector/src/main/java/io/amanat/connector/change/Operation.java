package io.amanat.connector.change;

/** What happened to the records of a change. */
public enum Operation {
    CREATE,
    UPDATE,
    DELETE
}
