package io.amanat.connector.odoo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Translates between our values, those of the XML-RPC library, and JSON. */
final class XmlRpcValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private XmlRpcValues() {}

    /** What the library can write: an Integer where it fits, lists, maps with text keys; {@code null} stays. */
    static @Nullable Object outgoing(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean flag -> flag;
            case Long number when number.intValue() == number -> number.intValue();
            case Long number -> number;
            case Integer number -> number;
            case Float number -> number.doubleValue();
            case Double number -> number;
            case BigDecimal number -> number.doubleValue();
            case Collection<?> many -> list(many);
            case Map<?, ?> map -> map(map);
            default ->
                throw new IllegalArgumentException(
                        "a %s cannot be sent to Odoo; use text, numbers, booleans, lists and maps"
                                .formatted(value.getClass().getName()));
        };
    }

    private static List<@Nullable Object> list(Collection<?> many) {
        var list = new ArrayList<@Nullable Object>(many.size());
        many.forEach(one -> list.add(outgoing(one)));
        return list;
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> given) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        given.forEach((key, one) -> map.put(String.valueOf(key), outgoing(one)));
        return map;
    }

    /** What Odoo answered, as JSON; a nil becomes {@code false}, as Odoo writes "empty". */
    static JsonNode incoming(@Nullable Object value) {
        return switch (value) {
            case null -> JSON.booleanNode(false);
            case Boolean flag -> JSON.booleanNode(flag);
            case Integer number -> JSON.numberNode(number.intValue());
            case Long number -> JSON.numberNode(number.longValue());
            case Double number -> JSON.numberNode(number.doubleValue());
            case String text -> JSON.stringNode(text);
            case byte[] bytes -> JSON.stringNode(Base64.getEncoder().encodeToString(bytes));
            case Object[] many -> array(many);
            case Map<?, ?> map -> object(map);
            default ->
                throw new OdooException.Failed(
                        "Odoo answered with a value of type %s, which it does not use"
                                .formatted(value.getClass().getName()),
                        null);
        };
    }

    private static JsonNode array(@Nullable Object[] many) {
        var array = JSON.arrayNode(many.length);
        for (var one : many) {
            array.add(incoming(one));
        }
        return array;
    }

    private static JsonNode object(Map<?, ?> map) {
        var object = JSON.objectNode();
        map.forEach((key, one) -> object.set(String.valueOf(key), incoming(one)));
        return object;
    }
}
