package io.amanat.bridge.table.filter;

import io.amanat.connector.change.Column;
import io.amanat.connector.change.TableShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** A table with a column of every type that can be compared, and some that cannot. */
final class Shapes {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static final TableShape KINDS = new TableShape(
            "kinds",
            "id",
            List.of(
                    column("id", "bigint", Column.Kind.NUMBER),
                    column("small", "smallint", Column.Kind.NUMBER),
                    column("whole", "integer", Column.Kind.NUMBER),
                    column("exact", "numeric", Column.Kind.NUMBER),
                    column("single", "real", Column.Kind.NUMBER),
                    column("double", "double precision", Column.Kind.NUMBER),
                    column("title", "text", Column.Kind.TEXT),
                    column("short", "character varying", Column.Kind.TEXT),
                    column("padded", "character", Column.Kind.TEXT),
                    column("flag", "boolean", Column.Kind.BOOL),
                    column("who", "uuid", Column.Kind.UUID),
                    column("day", "date", Column.Kind.MOMENT),
                    column("clock", "time without time zone", Column.Kind.MOMENT),
                    column("moment", "timestamp without time zone", Column.Kind.MOMENT),
                    column("instant", "timestamp with time zone", Column.Kind.MOMENT),
                    column("status", "public.mood", Column.Kind.ENUM),
                    column("doc", "jsonb", Column.Kind.JSON),
                    column("tags", "text[]", Column.Kind.ARRAY),
                    column("span", "interval", Column.Kind.OTHER)));

    private Shapes() {}

    private static Column column(String name, String type, Column.Kind kind) {
        return new Column(name, type, kind);
    }

    /** A row in JSON; with single quotes for double ones. */
    static Map<String, JsonNode> row(String json) {
        var row = new HashMap<String, JsonNode>();
        JSON.readTree(json.replace('\'', '"')).forEachEntry(row::put);
        return row;
    }
}
