package io.amanat.e2e.leak;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * One watch that one user begins, and where the truth about it is found.
 *
 * @param readable key of the records that Odoo lets this user read
 * @param matching key of those that its domain finds besides; empty without a domain
 */
record Watching(
        long user,
        String ref,
        String model,
        List<Long> companies,
        Optional<JsonNode> domain,
        Optional<List<String>> fields,
        OptionalLong id,
        String readable,
        Optional<String> matching) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Watching of(JsonNode plan) {
        return new Watching(
                plan.path("uid").asLong(),
                plan.path("ref").asString(),
                plan.path("model").asString(),
                plan.path("companies").valueStream().map(JsonNode::asLong).toList(),
                present(plan, "domain"),
                present(plan, "fields")
                        .map(names ->
                                names.valueStream().map(JsonNode::asString).toList()),
                present(plan, "id").map(id -> OptionalLong.of(id.asLong())).orElse(OptionalLong.empty()),
                plan.path("readable").asString(),
                present(plan, "matching").map(JsonNode::asString));
    }

    private static Optional<JsonNode> present(JsonNode node, String name) {
        return node.hasNonNull(name) ? Optional.of(node.path(name)) : Optional.empty();
    }

    /** Whether what matters of this model cannot be judged from the values of a change. */
    boolean vague() {
        return model.equals("lab.vague");
    }

    boolean beacon() {
        return model.equals("lab.beacon");
    }

    String frame() {
        Map<String, Object> frame = new HashMap<>(Map.of(
                "type", "watch",
                "ref", ref,
                "view", id.isPresent() ? "form" : "list",
                "model", model,
                "companies", companies));
        id.ifPresent(record -> frame.put("id", record));
        fields.ifPresent(names -> frame.put("fields", names));
        domain.ifPresent(leaves -> frame.put("domain", leaves));
        return JSON.writeValueAsString(frame);
    }

    @Override
    public String toString() {
        return "user %d's %s".formatted(user, ref);
    }
}
