package io.amanat.bridge.protocol;

import tools.jackson.databind.JsonNode;

/** The bounds of a view's domain; what it means, and whether it is one, is judged where domains are known. */
final class ViewDomain {

    static final String RULE =
            "domain is of lists, and a list in Odoo's prefix form of at most 5000 values, 32 deep; watch again without it";

    private static final int MAX_VALUES = 5_000;
    private static final int MAX_DEPTH = 32;

    private ViewDomain() {}

    /** Whether this is a list within the bounds. */
    static boolean fits(JsonNode domain) {
        return domain.isArray() && left(domain, MAX_VALUES, MAX_DEPTH) >= 0;
    }

    /** How many more values there may be after these; negative when there are too many, or they are too deep. */
    private static int left(JsonNode node, int values, int depth) {
        int left = depth > 0 ? values - 1 : -1;
        for (var child : node) {
            left = left < 0 ? left : left(child, left, depth - 1);
        }
        return left;
    }
}
