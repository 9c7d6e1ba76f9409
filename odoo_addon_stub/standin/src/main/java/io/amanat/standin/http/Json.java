package io.amanat.standin.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as plain Java values, with Odoo's {@code False} for null. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    static Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> map(node);
            case ARRAY -> list(node);
            case STRING -> node.asString();
            case BOOLEAN -> node.asBoolean();
            case NUMBER -> number(node);
            default -> false;
        };
    }

    static Map<String, Object> map(JsonNode node) {
        var map = new LinkedHashMap<String, Object>();
        node.properties().forEach(one -> map.put(one.getKey(), plain(one.getValue())));
        return map;
    }

    static List<Object> list(JsonNode node) {
        var list = new ArrayList<Object>();
        node.forEach(one -> list.add(plain(one)));
        return list;
    }

    private static Object number(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            return node.asDouble();
        }
        return node.canConvertToInt() ? (Object) node.asInt() : (Object) node.asLong();
    }
}
