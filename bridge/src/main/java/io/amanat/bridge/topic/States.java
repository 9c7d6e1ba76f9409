package io.amanat.bridge.topic;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What somebody may say of themselves and to others: only listed fields, short values, no lists or objects. */
final class States {

    static final int MOST_BYTES = 512;
    static final int MOST_PAYLOAD_BYTES = 8 * 1024;

    private static final int LONGEST_TEXT = 200;

    private States() {}

    /** Why this state is refused; empty if it is not. */
    static Optional<Refusal> refusal(Map<String, JsonNode> state, Rule rule) {
        if (rule.fields().isEmpty() || !rule.fields().containsAll(state.keySet())) {
            return Optional.of(Refusal.NOT_ALLOWED);
        }
        if (state.values().stream().anyMatch(JsonNode::isContainer)) {
            return Optional.of(Refusal.NOT_ALLOWED);
        }
        boolean large = state.values().stream().anyMatch(it -> it.asString("").length() > LONGEST_TEXT)
                || bytes(node(state, "")) > MOST_BYTES;
        return large ? Optional.of(Refusal.TOO_LARGE) : Optional.empty();
    }

    /** Why this is not told the others; empty if it is. */
    static Optional<Refusal> refusal(String event, JsonNode payload, Rule rule) {
        if (!rule.events().contains(event)) {
            return Optional.of(Refusal.NOT_ALLOWED);
        }
        return bytes(payload) > MOST_PAYLOAD_BYTES ? Optional.of(Refusal.TOO_LARGE) : Optional.empty();
    }

    /** As it leaves. */
    static ObjectNode node(Map<String, JsonNode> state, String device) {
        var node = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(state).forEach(node::set);
        return node.put(Rule.DEVICE, device);
    }

    private static int bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
