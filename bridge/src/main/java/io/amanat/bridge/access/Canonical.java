package io.amanat.bridge.access;

import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.Operator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes what may be read in the one way in which it is always written, whatever the order in which Odoo named the parts. */
final class Canonical {

    private Canonical() {}

    static byte[] digest(Rights rights) {
        var text = String.join(
                "\n",
                quoted(rights.model()),
                Boolean.toString(rights.read()),
                rights.domain().map(Canonical::text).orElse(""),
                rights.same().map(Canonical::quoted).orElse(""),
                sorted(rights.fields().stream().map(Canonical::quoted)),
                quoted(rights.language()));
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String text(Domain domain) {
        return switch (domain) {
            case Domain.Constant(var value) -> Boolean.toString(value);
            case Domain.Not(var negated) -> "!" + text(negated);
            case Domain.And(var all) -> "&" + sorted(all);
            case Domain.Or(var all) -> "|" + sorted(all);
            case Domain.Any(var field, var related) -> quoted(field) + " any " + text(related);
            case Domain.Condition(var field, var operator, var value) ->
                "(%s %s %s)".formatted(quoted(field), operator, text(operator, value));
        };
    }

    private static String text(Operator operator, JsonNode value) {
        boolean set = value.isArray() && (operator == Operator.IN || operator == Operator.NOT_IN);
        return set
                ? sorted(StreamSupport.stream(value.spliterator(), false).map(JsonNode::toString))
                : value.toString();
    }

    private static String sorted(Collection<Domain> all) {
        return sorted(all.stream().map(Canonical::text));
    }

    private static String sorted(Stream<String> parts) {
        return parts.sorted().collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }
}
