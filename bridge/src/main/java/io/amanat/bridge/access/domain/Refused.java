package io.amanat.bridge.access.domain;

/** Odoo raises on this condition, and so on every search with it; or what it makes of it depends on the conditions beside it. */
final class Refused extends RuntimeException {
    Refused(String field, Operator operator) {
        this("Odoo does not take '%s' on %s with this value".formatted(operator, field));
    }

    private Refused(String message) {
        super(message, null, false, false);
    }

    /** A value that Odoo, when it merges conditions, takes for false or true, or does not. */
    static Refused ambiguous(String field) {
        return new Refused("what Odoo makes of a value on %s depends on the conditions beside it".formatted(field));
    }
}
