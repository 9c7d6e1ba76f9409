package io.amanat.bridge.protocol;

import static io.amanat.bridge.protocol.Checked.check;

import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads what browsers say where tables are served. */
final class TableFrameReader {

    static final String FILTER_RULE = "filter is text of at most 4096 characters, like plan_id=eq.7,status=neq.done";

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern OPERATION_ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Map<String, Operation> EVENTS =
            Map.of("INSERT", Operation.CREATE, "UPDATE", Operation.UPDATE, "DELETE", Operation.DELETE);
    private static final Map<String, Operation> STEPS =
            Map.of("insert", Operation.CREATE, "update", Operation.UPDATE, "delete", Operation.DELETE);

    /** PostgreSQL's longest name. */
    private static final int MAX_COLUMN = 63;

    /** A schema, a dot and a table. */
    private static final int MAX_TABLE = 2 * MAX_COLUMN + 1;

    private static final int MAX_COLUMNS = 256;
    private static final int MAX_FILTER = 4_096;
    private static final int MAX_ROWS = 1_000;
    private static final int MAX_STEPS = 100;
    private static final int MAX_TOPIC = 200;
    private static final int MAX_EVENT = 64;
    private static final int MAX_STATE = 16;
    private static final int MAX_DELAYS = 200;
    private static final int HOUR = 3_600;

    private TableFrameReader() {}

    static ClientFrame table(JsonNode node) {
        var ref = Checked.ref(node);
        var table = name(node, "table", MAX_TABLE);
        var filter = filter(node);
        return filter.isEmpty()
                ? badFilter(ref)
                : new TableRequest.TableWatch(
                        ref, table, events(node), filter.get(), columns(node), Checked.resume(node));
    }

    static ClientFrame topic(JsonNode node) {
        return new TableRequest.TopicWatch(Checked.ref(node), name(node, "topic", MAX_TOPIC));
    }

    static ClientFrame read(JsonNode node) {
        var ref = Checked.ref(node);
        var table = name(node, "table", MAX_TABLE);
        var filter = filter(node);
        int limit = Checked.number(node, "limit", MAX_ROWS, MAX_ROWS);
        check(limit > 0, "limit", "at least 1");
        return filter.isEmpty()
                ? badFilter(ref)
                : new TableRequest.Read(ref, table, filter.get(), columns(node), key(node, "after"), limit);
    }

    private static ClientFrame badFilter(String ref) {
        return new ClientFrame.BadWatch(ref, ErrorCode.BAD_FILTER, FILTER_RULE);
    }

    static ClientFrame write(JsonNode node) {
        var id = UUID.fromString(Checked.text(node, "opId", OPERATION_ID));
        try {
            return new TableRequest.Write(id, steps(node), ifBase(node));
        } catch (Checked.BadValueException e) {
            return new TableRequest.BadWrite(id, e.getMessage());
        }
    }

    private static List<TableRequest.Step> steps(JsonNode node) {
        if (!node.has("ops")) {
            return List.of(step(node));
        }
        var list = Checked.list(node, "ops");
        check(!list.isEmpty() && list.size() <= MAX_STEPS, "ops", "a list of 1 to %d".formatted(MAX_STEPS));
        return list.valueStream().map(TableFrameReader::step).toList();
    }

    private static TableRequest.Step step(JsonNode node) {
        var operation = Optional.ofNullable(STEPS.get(node.path("op").asString("")));
        check(operation.isPresent(), "op", "\"insert\", \"update\" or \"delete\"");
        var key = key(node, "id");
        check(key.isPresent() || operation.get() == Operation.CREATE, "id", "of the row to write");
        var values = values(node, "values", MAX_COLUMNS);
        check(values.isEmpty() || operation.get() != Operation.DELETE, "values", "left out of a deletion");
        return new TableRequest.Step(
                name(node, "table", MAX_TABLE), operation.get(), key, values, values(node, "base", MAX_COLUMNS));
    }

    private static boolean ifBase(JsonNode node) {
        var mode = node.path("mode");
        check(mode.isMissingNode() || mode.asString("").equals("if_base"), "mode", "\"if_base\", or left out");
        return !mode.isMissingNode();
    }

    static ClientFrame track(JsonNode node) {
        check(node.path("state").isObject(), "state", "an object");
        return new TableRequest.Track(name(node, "topic", MAX_TOPIC), values(node, "state", MAX_STATE));
    }

    static ClientFrame untrack(JsonNode node) {
        return new TableRequest.Untrack(name(node, "topic", MAX_TOPIC));
    }

    static ClientFrame broadcast(JsonNode node) {
        check(node.has("payload"), "payload", "some JSON");
        return new TableRequest.Broadcast(
                name(node, "topic", MAX_TOPIC), name(node, "event", MAX_EVENT), node.path("payload"));
    }

    static ClientFrame report(JsonNode node) {
        var delays = Checked.list(node, "delays");
        check(delays.size() <= MAX_DELAYS, "delays", "a list of at most %d".formatted(MAX_DELAYS));
        return new TableRequest.Report(
                delays.valueStream()
                        .map(it -> Checked.number(it, "delays", HOUR * 1_000))
                        .toList(),
                Checked.number(node.path("disconnects"), "disconnects", HOUR),
                Checked.number(node.path("seconds"), "seconds", HOUR));
    }

    private static Set<Operation> events(JsonNode node) {
        if (!node.has("events")) {
            return EnumSet.allOf(Operation.class);
        }
        var events = EnumSet.noneOf(Operation.class);
        for (var event : Checked.list(node, "events")) {
            var operation = Optional.ofNullable(EVENTS.get(event.asString("")));
            check(operation.isPresent(), "events", "some of \"INSERT\", \"UPDATE\", \"DELETE\"");
            events.add(operation.get());
        }
        check(!events.isEmpty(), "events", "left out, or a list with at least one");
        return events;
    }

    /** Empty when it cannot be one. */
    private static Optional<String> filter(JsonNode node) {
        var filter = node.path("filter");
        return filter.isMissingNode() || (filter.isString() && filter.asString().length() <= MAX_FILTER)
                ? Optional.of(filter.asString(""))
                : Optional.empty();
    }

    private static Optional<List<String>> columns(JsonNode node) {
        if (!node.has("columns")) {
            return Optional.empty();
        }
        var list = Checked.list(node, "columns");
        check(
                !list.isEmpty() && list.size() <= MAX_COLUMNS,
                "columns",
                "left out, or a list of at most %d names".formatted(MAX_COLUMNS));
        var names = new LinkedHashSet<String>();
        for (var name : list) {
            check(name.isString() && isName(name.asString(), MAX_COLUMN), "columns", "a list of column names");
            names.add(name.asString());
        }
        return Optional.of(new ArrayList<>(names)).map(List::copyOf);
    }

    /** A uuid or a positive whole number. */
    private static Optional<RecordRef.Key> key(JsonNode node, String key) {
        var value = node.path(key);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (value.isNumber()) {
            return Optional.of(new RecordRef.Serial(Checked.positive(value, key)));
        }
        check(
                value.isString() && UUID_TEXT.matcher(value.asString()).matches(),
                key,
                "a uuid, or a positive whole number");
        return Optional.of(new RecordRef.Uuid(UUID.fromString(value.asString())));
    }

    private static Map<String, JsonNode> values(JsonNode node, String key, int most) {
        var object = node.path(key);
        check(
                object.isMissingNode() || (object.isObject() && object.size() <= most),
                key,
                "an object of at most %d keys".formatted(most));
        var values = new LinkedHashMap<String, JsonNode>();
        object.forEachEntry((name, value) -> {
            check(isName(name, MAX_COLUMN), key, "an object with names as keys");
            values.put(name, value);
        });
        return values;
    }

    private static String name(JsonNode node, String key, int most) {
        var name = Checked.text(node, key, most);
        check(isName(name, most), key, "without control characters");
        return name;
    }

    private static boolean isName(String name, int most) {
        return !name.isEmpty() && name.length() <= most && name.chars().noneMatch(Character::isISOControl);
    }
}
