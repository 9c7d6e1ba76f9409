package io.amanat.connector.source.tables;

/**
 * Why a published table cannot be watched.
 *
 * @param table as clients would name it
 * @param reason in words
 * @param statement that mends it
 */
public record Refusal(String table, String reason, String statement) {}
