package io.amanat.bridge.table.filter;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A whole or exact number: {@code -Infinity}, then the finite ones, {@code Infinity}, {@code NaN}.
 *
 * @param rank in this order, 0 of the finite ones
 * @param value without zeros at its end
 */
record Exact(int rank, BigDecimal value) implements Comparable<Exact> {

    private static final int MAX_LENGTH = 100;
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,20}");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][+-]?[0-9]{1,3})?");

    static Optional<Exact> whole(String text, long least, long most) {
        return Optional.of(text)
                .filter(it -> WHOLE.matcher(it).matches())
                .map(BigDecimal::new)
                .filter(it -> it.compareTo(BigDecimal.valueOf(least)) >= 0)
                .filter(it -> it.compareTo(BigDecimal.valueOf(most)) <= 0)
                .map(Exact::finite);
    }

    static Optional<Exact> of(String text) {
        return switch (text) {
            case "NaN", "Infinity", "-Infinity" -> Optional.of(special(text));
            default -> isNumber(text) ? Optional.of(finite(new BigDecimal(text))) : Optional.empty();
        };
    }

    static Exact of(JsonNode json) {
        return json.isString() ? special(json.asString()) : finite(json.decimalValue());
    }

    /** Whether this is written as a finite number, of a length that is quickly read. */
    static boolean isNumber(String text) {
        return text.length() <= MAX_LENGTH && NUMBER.matcher(text).matches();
    }

    private static Exact special(String name) {
        return switch (name) {
            case "-Infinity" -> new Exact(-1, BigDecimal.ZERO);
            case "Infinity" -> new Exact(1, BigDecimal.ZERO);
            default -> new Exact(2, BigDecimal.ZERO);
        };
    }

    private static Exact finite(BigDecimal value) {
        return new Exact(0, value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros());
    }

    @Override
    public int compareTo(Exact other) {
        return rank == other.rank ? value.compareTo(other.value) : Integer.compare(rank, other.rank);
    }
}
