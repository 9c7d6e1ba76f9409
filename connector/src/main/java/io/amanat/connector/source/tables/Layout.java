package io.amanat.connector.source.tables;

import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.change.TableShape;
import io.amanat.connector.source.wal.Cell;
import io.amanat.connector.source.wal.LogicalMessage;
import io.amanat.connector.source.wal.LogicalMessage.Relation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** How rows of a table are read, as long as its columns are the same. Immutable. */
final class Layout {

    private final String table;
    private final List<String> names;
    private final List<ToJson> types;
    private final int[] key;
    private final KeyKind kind;

    /** What the key of a row is made of. */
    private enum KeyKind {
        UUID,
        NUMBER,
        /** A uuid is made of whatever it is, so that rows can be told apart. */
        MADE
    }

    private Layout(String table, List<String> names, List<ToJson> types, int[] key, KeyKind kind) {
        this.table = table;
        this.names = List.copyOf(names);
        this.types = List.copyOf(types);
        this.key = key;
        this.kind = kind;
    }

    static Layout of(Relation relation, Dictionary dictionary) {
        var table = TableShape.name(relation.schema(), relation.name());
        var names = relation.columns().stream().map(LogicalMessage.Column::name).toList();
        var types = relation.columns().stream()
                .map(column -> ToJson.of(column.type(), dictionary))
                .toList();
        var key = key(names, dictionary.keys().getOrDefault(table, List.of()));
        var kind = key.length == 1
                ? kind(dictionary.type(relation.columns().get(key[0]).type()))
                : KeyKind.MADE;
        return new Layout(table, names, types, key, kind);
    }

    /** Without a key the whole row is one. */
    private static int[] key(List<String> names, List<String> key) {
        var parts = key.stream().mapToInt(names::indexOf).toArray();
        boolean known = parts.length > 0 && names.containsAll(key);
        return known ? parts : IntStream.range(0, names.size()).toArray();
    }

    private static KeyKind kind(PgType type) {
        return switch (type.base()) {
            case "uuid" -> KeyKind.UUID;
            case "bigint", "integer", "smallint" -> KeyKind.NUMBER;
            default -> KeyKind.MADE;
        };
    }

    String table() {
        return table;
    }

    List<String> names() {
        return names;
    }

    /** What tells rows of the table apart. */
    String key(List<Cell> cells) throws Unreadable {
        if (key.length == 1) {
            return part(cells.get(key[0]));
        }
        var parts = new ArrayList<String>(key.length);
        for (int column : key) {
            parts.add(cells.get(column) instanceof Cell.Null ? "" : "=" + part(cells.get(column)));
        }
        return String.join("\0", parts);
    }

    private static String part(Cell cell) throws Unreadable {
        if (cell instanceof Cell.Text(var text)) {
            return text;
        }
        throw new Unreadable("a row has no key");
    }

    RecordRef.Key ref(String key) throws Unreadable {
        try {
            return switch (kind) {
                case UUID -> new RecordRef.Uuid(UUID.fromString(key));
                case NUMBER -> new RecordRef.Serial(Long.parseLong(key));
                case MADE -> new RecordRef.Uuid(UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)));
            };
        } catch (IllegalArgumentException e) {
            throw new Unreadable("a row's key is below 1");
        }
    }

    /** The new row, with what the log does not repeat taken from the old one. */
    List<Cell> completed(List<Cell> now, List<Cell> before) {
        if (!now.contains(Cell.UNCHANGED)) {
            return now;
        }
        var whole = new ArrayList<>(now);
        for (int i = 0; i < whole.size(); i++) {
            if (whole.get(i) instanceof Cell.Unchanged) {
                whole.set(i, before.get(i));
            }
        }
        return whole;
    }

    /** Whether these are all values of a row. */
    boolean isWhole(List<Cell> cells) {
        return cells.size() == names.size() && !cells.contains(Cell.UNCHANGED);
    }

    JsonNode[] values(List<Cell> cells) throws Unreadable {
        var values = new JsonNode[cells.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i, cells.get(i));
        }
        return values;
    }

    /** Those that did not change are the same nodes. */
    JsonNode[] values(List<Cell> cells, List<Cell> others, JsonNode[] known) throws Unreadable {
        var values = new JsonNode[cells.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = cells.get(i).equals(others.get(i)) ? known[i] : value(i, cells.get(i));
        }
        return values;
    }

    private JsonNode value(int column, Cell cell) throws Unreadable {
        return switch (cell) {
            case Cell.Text(var text) -> types.get(column).json(text);
            case Cell.Null _ -> NullNode.getInstance();
            case Cell.Unchanged _ -> throw new Unreadable("a value is missing");
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    Image image(RecordRef.Key ref, Optional<String> version, JsonNode[] values) {
        var entries = new Map.Entry[values.length];
        for (int i = 0; i < values.length; i++) {
            entries[i] = Map.entry(names.get(i), values[i]);
        }
        return new Image(ref, Map.<String, JsonNode>ofEntries(entries), version);
    }
}
