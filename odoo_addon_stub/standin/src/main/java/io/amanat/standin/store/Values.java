package io.amanat.standin.store;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Turns what a caller wrote into what is stored. */
final class Values {

    private Values() {}

    /** The stored form of {@code value}: floats with two decimals, numbers of the field's type, {@code false} for empty. */
    static Object stored(Model model, Field field, Object value) {
        return switch (field.type()) {
            case FLOAT -> money(number(model, field, value).doubleValue());
            case INTEGER -> number(model, field, value).intValue();
            case BOOLEAN -> Boolean.TRUE.equals(value);
            case SELECTION -> selected(model, field, value);
            case MANY2ONE -> value instanceof Number id && id.intValue() > 0 ? (Object) id.intValue() : false;
            default -> value instanceof String text ? text : false;
        };
    }

    static double money(double amount) {
        return BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_UP).doubleValue();
    }

    private static Number number(Model model, Field field, Object value) {
        return switch (value) {
            case Number number -> number;
            case Boolean _ -> 0;
            default -> throw wrong(model, field, value);
        };
    }

    private static Object selected(Model model, Field field, Object value) {
        if (value instanceof Boolean
                || (value instanceof String text && field.selection().contains(text))) {
            return value;
        }
        throw wrong(model, field, value);
    }

    private static OdooError wrong(Model model, Field field, Object value) {
        return OdooError.server(
                "builtins.ValueError", "Wrong value for %s.%s: '%s'".formatted(model.name(), field.name(), value));
    }
}
