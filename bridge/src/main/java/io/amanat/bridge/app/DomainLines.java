package io.amanat.bridge.app;

import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.bridge.access.domain.Verdict;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes a domain one condition a line, each with its own verdict on a record. */
final class DomainLines {

    private static final int MOST_SHOWN = 10;

    private final ModelFields columns;
    private final Optional<Image> image;
    private final List<Map<String, Object>> lines = new ArrayList<>();

    private DomainLines(ModelFields columns, Optional<Image> image) {
        this.columns = columns;
        this.image = image;
    }

    /**
     * The lines, from the outside in: {@code depth} and {@code text}; with an image also {@code verdict} and, of a condition whose
     * field the image carries, {@code value}.
     */
    static List<Map<String, Object>> of(Domain domain, ModelFields columns, Optional<Image> image) {
        var lines = new DomainLines(columns, image);
        lines.add(domain, 0);
        return lines.lines;
    }

    private void add(Domain domain, int depth) {
        switch (domain) {
            case Domain.Constant(boolean all) -> line(domain, depth, all ? "every record" : "no record");
            case Domain.Not(var one) -> group(domain, depth, "not", List.of(one));
            case Domain.And(var all) -> group(domain, depth, "all of", all);
            case Domain.Or(var all) -> group(domain, depth, "any of", all);
            case Domain.Any(var field, var one) -> {
                line(domain, depth, "%s with a record that matches".formatted(field));
                lines.addAll(of(one, columns, Optional.empty()).stream()
                        .map(line -> deeper(line, depth + 1))
                        .toList());
            }
            case Domain.Condition(var field, var operator, var value) -> {
                var line = line(domain, depth, "%s %s %s".formatted(field, operator, shown(value)));
                image.flatMap(it -> value(it, field)).ifPresent(it -> line.put("value", it));
            }
        }
    }

    private void group(Domain domain, int depth, String text, List<Domain> parts) {
        line(domain, depth, text);
        flat(domain, parts).forEach(part -> add(part, depth + 1));
    }

    /** Odoo's prefix form pairs conditions: a and (b and c) reads better as one group. */
    private static List<Domain> flat(Domain group, List<Domain> parts) {
        var flat = new ArrayList<Domain>();
        for (var part : parts) {
            switch (part) {
                case Domain.And(var all) when group instanceof Domain.And -> flat.addAll(flat(group, all));
                case Domain.Or(var all) when group instanceof Domain.Or -> flat.addAll(flat(group, all));
                default -> flat.add(part);
            }
        }
        return flat;
    }

    private static Map<String, Object> deeper(Map<String, Object> line, int depth) {
        var deeper = new LinkedHashMap<>(line);
        deeper.merge("depth", depth, (a, b) -> (Integer) a + (Integer) b);
        return deeper;
    }

    private Map<String, Object> line(Domain domain, int depth, String text) {
        var line = new LinkedHashMap<String, Object>();
        line.put("depth", depth);
        line.put("text", text);
        image.ifPresent(it -> line.put("verdict", word(domain.compile(columns).verdict(it))));
        lines.add(line);
        return line;
    }

    static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<JsonNode> value(Image image, String field) {
        return field.equals("id") && image.key() instanceof RecordRef.Serial(long id)
                ? Optional.of(JsonNodeFactory.instance.numberNode(id))
                : Optional.ofNullable(image.values().get(field));
    }

    private static String shown(JsonNode value) {
        if (!value.isArray() || value.size() <= MOST_SHOWN) {
            return value.toString();
        }
        return value.valueStream()
                .limit(MOST_SHOWN)
                .map(JsonNode::toString)
                .collect(Collectors.joining(",", "[", ", and %d more]".formatted(value.size() - MOST_SHOWN)));
    }
}
