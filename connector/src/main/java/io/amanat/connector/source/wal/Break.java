package io.amanat.connector.source.wal;

/**
 * A place where what was read and what will be read do not join.
 *
 * @param newHistory whether the past that was read is not the one of this database, or our place in it is lost
 */
public record Break(String reason, boolean newHistory) {}
