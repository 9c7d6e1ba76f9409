package io.amanat.connector.change;

/**
 * Where in a source reading can go on. Only the source that made it can read its text. A source by ids needs all positions of the
 * tolerated lateness, {@code wal} only the newest.
 *
 * @param text at most a few kilobytes; empty means "from now on"
 */
public record Position(String text) {

    /** Before anything was read: start with what is committed from now on. */
    public static final Position NOW = new Position("");
}
