package io.amanat.connector.source.wal;

/** The value of one column in a row of the log. */
public sealed interface Cell {

    /** No value. */
    record Null() implements Cell {}

    /** A large value that the statement did not touch, and that the log therefore does not repeat. */
    record Unchanged() implements Cell {}

    /** A value as PostgreSQL prints it. */
    record Text(String text) implements Cell {}

    Cell NULL = new Null();

    Cell UNCHANGED = new Unchanged();
}
