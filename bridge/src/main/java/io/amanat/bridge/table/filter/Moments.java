package io.amanat.bridge.table.filter;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Dates and times in ISO 8601, as microseconds. */
enum Moments {
    DATE("date", "DATE"),
    TIME("time without time zone", "TIME"),
    LOCAL("timestamp without time zone", "DATE(?:[T ]TIME)?"),
    /** Without a zone, what a text means would be the session's to say. */
    ABSOLUTE("timestamp with time zone", "DATE[T ]TIMEZONE");

    private static final Pattern PARTS = Pattern.compile("(?:(?<year>[0-9]{4,7})-(?<month>[0-9]{2})-(?<day>[0-9]{2}))?"
            + "(?:[T ]?(?<hour>[0-9]{2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:\\.(?<fraction>[0-9]{1,6}))?)?)?"
            + "(?<zone>Z|(?<sign>[+-])(?<hours>[0-9]{2})(?::?(?<minutes>[0-9]{2}))?)?(?<bc> BC)?");

    private final String type;
    private final Pattern literal;

    Moments(String type, String literal) {
        this.type = type;
        this.literal = Pattern.compile(literal.replace("DATE", "[0-9]{4}-[0-9]{2}-[0-9]{2}")
                .replace("TIME", "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,6})?)?")
                .replace("ZONE", "(?:Z|[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)"));
    }

    /** Of this type of PostgreSQL; empty if it is none of these. */
    static Optional<Moments> of(String type) {
        return Arrays.stream(values()).filter(it -> it.type.equals(type)).findFirst();
    }

    Optional<Long> literal(String text) {
        return Optional.of(text)
                .filter(it -> literal.matcher(it).matches() && !it.startsWith("0000"))
                .flatMap(Moments::read);
    }

    Long value(JsonNode json) {
        var text = json.asString();
        return switch (text) {
            case "infinity" -> Long.MAX_VALUE;
            case "-infinity" -> Long.MIN_VALUE;
            default ->
                read(text).orElseThrow(() -> new IllegalArgumentException("a %s is not in ISO 8601".formatted(type)));
        };
    }

    private static Optional<Long> read(String text) {
        var parts = PARTS.matcher(text);
        try {
            return parts.matches()
                    ? Optional.of(TimeUnit.DAYS.toMicros(days(parts)) + ofDay(parts) - offset(parts))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static long days(Matcher parts) {
        if (parts.group("year") == null) {
            return 0;
        }
        int year = number(parts, "year");
        return LocalDate.of(parts.group("bc") == null ? year : 1 - year, number(parts, "month"), number(parts, "day"))
                .toEpochDay();
    }

    private static long ofDay(Matcher parts) {
        long seconds = TimeUnit.HOURS.toSeconds(number(parts, "hour"))
                + TimeUnit.MINUTES.toSeconds(number(parts, "minute"))
                + number(parts, "second");
        var fraction = parts.group("fraction");
        return TimeUnit.SECONDS.toMicros(seconds)
                + (fraction == null ? 0 : Long.parseLong((fraction + "00000").substring(0, 6)));
    }

    private static long offset(Matcher parts) {
        long minutes = TimeUnit.HOURS.toMinutes(number(parts, "hours")) + number(parts, "minutes");
        return TimeUnit.MINUTES.toMicros("-".equals(parts.group("sign")) ? -minutes : minutes);
    }

    private static int number(Matcher parts, String group) {
        var digits = parts.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
