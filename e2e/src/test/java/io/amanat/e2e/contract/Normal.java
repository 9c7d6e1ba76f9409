package io.amanat.e2e.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A message with everything replaced that must differ between two runs: ids by names, instants by what they are. */
final class Normal {

    private static final Map<String, Pattern> MOMENTS = Map.of(
            "timestamp", Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z"),
            "write_date", Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d"),
            "date", Pattern.compile("\\d{4}-\\d\\d-\\d\\d"));

    private final Map<Integer, String> records = new HashMap<>();
    private final Map<Integer, String> users = new HashMap<>();
    private final String mark;

    /**
     * Nothing has a name yet.
     *
     * @param mark what every text of the test begins with; it is cut off
     */
    Normal(String mark) {
        this.mark = mark;
    }

    /** From now on this record is shown by this name. */
    void record(int id, String name) {
        records.put(id, name);
    }

    /** From now on this user is shown by this name. */
    void user(int id, String name) {
        users.put(id, name);
    }

    /** The message as comparable JSON. */
    JsonNode of(JsonNode message) {
        return walk("", message);
    }

    /** Expected JSON, with single quotes for readability. */
    static JsonNode expected(String json) {
        return Client.JSON.readTree(json.replace('\'', '"'));
    }

    private JsonNode walk(String key, JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var copy = Client.JSON.createObjectNode();
                object.properties().forEach(one -> copy.set(one.getKey(), walk(one.getKey(), one.getValue())));
                yield copy;
            }
            case ArrayNode array -> {
                var copy = Client.JSON.createArrayNode();
                array.forEach(one -> copy.add(walk(key, one)));
                yield copy;
            }
            default -> leaf(key, node);
        };
    }

    private JsonNode leaf(String key, JsonNode value) {
        if (MOMENTS.containsKey(key)
                && MOMENTS.get(key).matcher(value.asString("")).matches()) {
            return Client.JSON.stringNode("<" + key + ">");
        }
        if (key.equals("txid") && value.isIntegralNumber()) {
            return Client.JSON.stringNode("<txid>");
        }
        if (key.equals("versions") && value.asString("").matches("\\d+")) {
            return Client.JSON.stringNode("<version>");
        }
        if (value.isInt() && (key.equals("user_id") || key.equals("user_ids"))) {
            return Client.JSON.stringNode(users.getOrDefault(value.asInt(), "another user"));
        }
        if (value.isInt() && key.equals("id")) {
            return Client.JSON.stringNode(records.getOrDefault(value.asInt(), "another record"));
        }
        if (value.isString() && value.asString().startsWith(mark)) {
            return Client.JSON.stringNode(
                    value.asString().substring(mark.length()).strip());
        }
        return value;
    }
}
