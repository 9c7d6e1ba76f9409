package io.amanat.e2e.rights;

import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads one operator of a domain as another, wherever it stands. */
record Misreading(String operator, String instead) implements UnaryOperator<JsonNode> {

    /** Operators and their opposites. */
    static final Map<String, String> ALL = Map.ofEntries(
            Map.entry("=", "!="),
            Map.entry("!=", "="),
            Map.entry("<", ">="),
            Map.entry("<=", ">"),
            Map.entry(">", "<="),
            Map.entry(">=", "<"),
            Map.entry("in", "not in"),
            Map.entry("not in", "in"),
            Map.entry("=?", "!="),
            Map.entry("like", "not like"),
            Map.entry("not like", "like"),
            Map.entry("ilike", "not ilike"),
            Map.entry("not ilike", "ilike"),
            Map.entry("=ilike", "not =ilike"),
            Map.entry("not =ilike", "=ilike"),
            Map.entry("=like", "not =like"),
            Map.entry("not =like", "=like"),
            Map.entry("any", "not any"),
            Map.entry("not any", "any"),
            Map.entry("child_of", "parent_of"),
            Map.entry("&", "|"),
            Map.entry("|", "&"));

    @Override
    public JsonNode apply(JsonNode domain) {
        if (!domain.isArray()) {
            return domain;
        }
        var read = JsonNodeFactory.instance.arrayNode();
        boolean leaf =
                domain.size() == 3 && domain.get(0).isString() && domain.get(1).isString() && !isJoint(domain);
        for (int i = 0; i < domain.size(); i++) {
            var item = domain.get(i);
            boolean operatorHere = !leaf || i == 1;
            read.add(
                    item.isString() && operatorHere
                            ? word(item)
                            : leaf && i == 2 && !isAny(domain) ? item : apply(item));
        }
        return read;
    }

    private static boolean isJoint(JsonNode domain) {
        return "&|!".contains(domain.get(0).stringValue());
    }

    private static boolean isAny(JsonNode leaf) {
        return leaf.get(1).stringValue().endsWith("any");
    }

    private JsonNode word(JsonNode item) {
        return item.stringValue().equals(operator) ? JsonNodeFactory.instance.stringNode(instead) : item;
    }
}
