package io.amanat.bridge.table.filter;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Floating numbers: as precise as their column, without a negative zero, {@code NaN} equal to itself and after all others. */
final class Floating {

    private Floating() {}

    static Optional<Float> real(String text) {
        return finite(text)
                .map(Float::valueOf)
                .filter(it -> !it.isInfinite() && isSound(it, text))
                .map(Floating::unsigned)
                .or(() -> special(text).map(Double::floatValue));
    }

    static Optional<Double> number(String text) {
        return finite(text)
                .map(Double::valueOf)
                .filter(it -> !it.isInfinite() && isSound(it, text))
                .map(Floating::unsigned)
                .or(() -> special(text));
    }

    static Float real(JsonNode json) {
        return unsigned(Float.valueOf(json.asString()));
    }

    static Double number(JsonNode json) {
        return unsigned(Double.valueOf(json.asString()));
    }

    private static Float unsigned(Float value) {
        return value + 0.0f;
    }

    private static Double unsigned(Double value) {
        return value + 0.0;
    }

    private static Optional<String> finite(String text) {
        return Optional.of(text).filter(Exact::isNumber);
    }

    /** What is too small for the type is no zero. */
    private static boolean isSound(Number value, String text) {
        return value.doubleValue() != 0
                || Exact.of(text).filter(it -> it.value().signum() == 0).isPresent();
    }

    private static Optional<Double> special(String text) {
        return switch (text) {
            case "NaN", "Infinity", "-Infinity" -> Optional.of(Double.valueOf(text));
            default -> Optional.empty();
        };
    }
}
