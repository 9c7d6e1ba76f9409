package io.amanat.bridge.table.filter;

import io.amanat.connector.change.Column;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * How the values of one column are compared: what filters write and what rows hold become things that are equal, and ordered,
 * where PostgreSQL says so.
 *
 * @param literal what a filter writes; empty if it is no value of this column
 * @param value what a row holds, other than null
 * @param ordered whether there is more to know than whether two are equal
 */
record Comparing<T extends Comparable<T>>(
        Function<String, Optional<T>> literal, Function<JsonNode, T> value, boolean ordered) {

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** Empty if values of this column cannot be compared here. */
    static Optional<Comparing<?>> of(Column column) {
        return switch (column.kind()) {
            case NUMBER -> Optional.of(number(column.type()));
            case TEXT -> Optional.of(column.type().equals("character") ? padded() : text());
            case ENUM -> Optional.of(text());
            case BOOL -> Optional.of(bool());
            case UUID -> Optional.of(uuid());
            case MOMENT -> moment(column.type());
            case JSON, ARRAY, OTHER -> Optional.empty();
        };
    }

    private static Comparing<?> number(String type) {
        return switch (type) {
            case "smallint" -> whole(Short.MIN_VALUE, Short.MAX_VALUE);
            case "integer" -> whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "bigint" -> whole(Long.MIN_VALUE, Long.MAX_VALUE);
            case "real" -> new Comparing<>(Floating::real, Floating::real, true);
            case "double precision" -> new Comparing<>(Floating::number, Floating::number, true);
            default -> new Comparing<>(Exact::of, Exact::of, true);
        };
    }

    private static Comparing<Exact> whole(long least, long most) {
        return new Comparing<>(text -> Exact.whole(text, least, most), Exact::of, true);
    }

    /** Which text comes first is the database's collation to say. */
    private static Comparing<String> text() {
        return new Comparing<>(Optional::of, JsonNode::asString, false);
    }

    /** Blanks at the end are no part of it. */
    private static Comparing<String> padded() {
        return new Comparing<>(text -> Optional.of(unpadded(text)), json -> unpadded(json.asString()), false);
    }

    private static String unpadded(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private static Comparing<Boolean> bool() {
        return new Comparing<>(
                text -> switch (text) {
                    case "true", "t" -> Optional.of(true);
                    case "false", "f" -> Optional.of(false);
                    default -> Optional.empty();
                },
                JsonNode::asBoolean,
                true);
    }

    /** Digits in lower case are in the order of bytes. */
    private static Comparing<String> uuid() {
        return new Comparing<>(
                text -> Optional.of(text)
                        .filter(it -> UUID_TEXT.matcher(it).matches())
                        .map(it -> it.toLowerCase(Locale.ROOT)),
                JsonNode::asString,
                true);
    }

    private static Optional<Comparing<?>> moment(String type) {
        return Moments.of(type).map(moments -> new Comparing<>(moments::literal, moments::value, true));
    }
}
