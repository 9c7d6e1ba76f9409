package io.amanat.bridge.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The order of a view as Odoo writes it, {@code date desc nulls last, id}: which fields it looks at. */
final class ViewOrder {

    static final String RULE =
            "order is of lists, and like \"date desc, id\", with at most 32 fields; watch again without it";

    private static final int MAX_LENGTH = 1_024;
    private static final int MAX_FIELDS = 32;
    private static final Pattern TERM = Pattern.compile(
            "([a-z_]\\w*+(?:\\.\\w++)*+)(?:\\s++(?:asc|desc))?+(?:\\s++nulls\\s++(?:first|last))?+",
            Pattern.CASE_INSENSITIVE);

    private ViewOrder() {}

    /** The fields, in their order; none when nothing is said. Empty when this is no order. */
    static Optional<List<String>> fields(JsonNode order) {
        if (order.isMissingNode()) {
            return Optional.of(List.of());
        }
        return order.isString() && order.asString().length() <= MAX_LENGTH
                ? terms(order.asString().strip())
                : Optional.empty();
    }

    private static Optional<List<String>> terms(String order) {
        var fields = new ArrayList<String>();
        for (var term : order.isEmpty() ? new String[0] : order.split(",", -1)) {
            var match = TERM.matcher(term.strip());
            if (!match.matches()) {
                return Optional.empty();
            }
            fields.add(match.group(1));
        }
        return fields.size() <= MAX_FIELDS
                ? Optional.of(fields.stream().distinct().toList())
                : Optional.empty();
    }
}
