package io.amanat.e2e.leak;

import tools.jackson.databind.JsonNode;

/** Compares values of frames with those of Odoo's {@code read()}, which write relations differently. */
final class Values {
    private Values() {}

    /** Whether a frame's value is what {@code read()} gave, names of related records included. */
    static boolean same(JsonNode frame, JsonNode read) {
        if (frame.isObject()) {
            return read.isArray()
                    && read.size() == 2
                    && same(frame.path("id"), read.get(0))
                    && same(frame.path("display_name"), read.get(1));
        }
        if (frame.isNumber() && read.isNumber()) {
            return Double.compare(frame.asDouble(), read.asDouble()) == 0;
        }
        return frame.equals(read);
    }

    /** Whether a screen still shows the right value: a related record may have been renamed, which nobody announces. */
    static boolean stands(JsonNode shown, JsonNode read) {
        return isRelation(read) ? same(related(shown), read.get(0)) : same(shown, read);
    }

    private static boolean isRelation(JsonNode read) {
        return read.isArray() && read.size() == 2 && read.get(1).isString();
    }

    private static JsonNode related(JsonNode shown) {
        return isRelation(shown) ? shown.get(0) : shown.path("id");
    }
}
