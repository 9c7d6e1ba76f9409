package io.amanat.connector.source.tables;

import io.amanat.connector.change.Column.Kind;

/** The kinds of the types that are part of PostgreSQL. */
final class Kinds {

    private Kinds() {}

    static Kind ofBuiltIn(String name) {
        return switch (name) {
            case "smallint", "integer", "bigint", "numeric", "real", "double precision" -> Kind.NUMBER;
            case "text", "character varying", "bpchar", "character", "name", "\"char\"" -> Kind.TEXT;
            case "boolean" -> Kind.BOOL;
            case "uuid" -> Kind.UUID;
            case "timestamp with time zone",
                    "timestamp without time zone",
                    "date",
                    "time without time zone",
                    "time with time zone" -> Kind.MOMENT;
            case "json", "jsonb" -> Kind.JSON;
            default -> Kind.OTHER;
        };
    }
}
