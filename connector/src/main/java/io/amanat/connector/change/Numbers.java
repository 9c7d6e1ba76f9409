package io.amanat.connector.change;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers that keep their digits: {@code 1.50} stays {@code 1.50}, and equal digits are equal nodes. */
public final class Numbers {

    /** Digits of a number that is surely no {@code long}. */
    private static final int SURELY_LARGE = 19;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Numbers() {}

    /**
     * The number of these digits, the one that {@link ExactJson} reads.
     *
     * @throws NumberFormatException if it is no number
     */
    public static JsonNode of(String digits) {
        if (!isWhole(digits)) {
            double rounded = Double.parseDouble(digits);
            return isDouble(digits, rounded) ? NODES.numberNode(rounded) : NODES.numberNode(new BigDecimal(digits));
        }
        if (digits.length() >= SURELY_LARGE) {
            return large(new BigInteger(digits));
        }
        long number = Long.parseLong(digits);
        return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
    }

    /** Whether a {@code double} is printed in the same digits, or in those that a decimal number is printed in. */
    static boolean isDouble(String digits, double rounded) {
        var printed = Double.toString(rounded);
        return printed.equals(digits)
                || (printed.indexOf('E') >= 0
                        && Double.isFinite(rounded)
                        && new BigDecimal(digits).toString().equals(printed));
    }

    private static JsonNode large(BigInteger number) {
        return number.bitLength() < Long.SIZE ? NODES.numberNode(number.longValue()) : NODES.numberNode(number);
    }

    private static boolean isWhole(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit == '.' || digit == 'e' || digit == 'E') {
                return false;
            }
        }
        return true;
    }
}
