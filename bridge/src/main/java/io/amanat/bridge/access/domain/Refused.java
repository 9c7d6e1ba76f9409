package io.amanat.bridge.access.domain;

/** Odoo raises on this condition, and so on every search with it. */
final class Refused extends RuntimeException {
    Refused(String field, Operator operator) {
        super("Odoo does not take '%s' on %s with this value".formatted(operator, field), null, false, false);
    }
}
