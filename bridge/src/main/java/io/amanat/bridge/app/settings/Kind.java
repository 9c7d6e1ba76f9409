package io.amanat.bridge.app.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How one setting is written: turns its text into a value, or says why it cannot be. */
@FunctionalInterface
interface Kind<T> {

    /**
     * The value that the text stands for.
     *
     * @throws Refused with a predicate that says what is wrong and what to write instead
     */
    T parse(String text) throws Refused;

    /** The text is not what this setting needs. */
    final class Refused extends Exception {
        Refused(String predicate) {
            super(predicate);
        }
    }

    static Kind<String> text(int maxLength) {
        return text -> {
            require(!text.isBlank() && text.length() <= maxLength, "must have 1 to %d characters".formatted(maxLength));
            return text.strip();
        };
    }

    static Kind<Integer> number(int min, int max) {
        return text -> {
            var predicate = "is not a whole number from %,d to %,d".formatted(min, max);
            try {
                int value = Integer.parseInt(text.replace("_", ""));
                require(value >= min && value <= max, predicate);
                return value;
            } catch (NumberFormatException _) {
                throw new Refused(predicate);
            }
        };
    }

    static Kind<Long> bytes(long min, long max) {
        return text -> {
            var predicate = "is not a number of bytes from %,d to %,d".formatted(min, max);
            require(text.matches("[0-9_]{1,20}"), predicate);
            try {
                long value = Long.parseLong(text.replace("_", ""));
                require(value >= min && value <= max, predicate);
                return value;
            } catch (NumberFormatException _) {
                throw new Refused(predicate);
            }
        };
    }

    static Kind<Boolean> yesOrNo() {
        return text -> {
            require(text.equals("true") || text.equals("false"), "is neither true nor false");
            return text.equals("true");
        };
    }

    Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    static Kind<Duration> duration(Duration min, Duration max) {
        return text -> {
            var predicate = "is not a duration from %s to %s; write for instance 500ms, 10s or 5m"
                    .formatted(print(min), print(max));
            Matcher matcher = DURATION.matcher(text);
            require(matcher.matches(), predicate);
            var value = of(Long.parseLong(matcher.group(1)), matcher.group(2));
            require(value.compareTo(min) >= 0 && value.compareTo(max) <= 0, predicate);
            return value;
        };
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static String print(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
        return text -> Arrays.stream(type.getEnumConstants())
                .filter(value -> written(value).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new Refused("is none of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Kind::written)
                                .collect(Collectors.joining(", "))));
    }

    private static String written(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A name of PostgreSQL that needs no quotes. */
    static Kind<String> identifier() {
        return text -> {
            require(text.matches("[a-z_][a-z0-9_]{0,62}"), "is not 1 to 63 of a-z, 0-9 and _, the first no digit");
            return text;
        };
    }

    /** A table of PostgreSQL, with its schema if that is not {@code public}. */
    static Kind<String> table() {
        return text -> {
            require(text.matches("[^.]{1,63}(\\.[^.]{1,63})?"), "is not a table, such as task or shop.order");
            return text;
        };
    }

    /** A name that the operator gives a database: a part of the browsers' path, and the name of a folder. */
    static Kind<String> databaseName() {
        return text -> {
            require(text.matches("[a-z0-9][a-z0-9_-]{0,62}"), "is not a name of 1 to 63 of a-z, 0-9, _ and -");
            require(
                    !text.equals("stream") && !text.equals("send"),
                    "is a word of the path that browsers take where websockets are blocked; take another name");
            return text;
        };
    }

    /** An absolute address without user, query or fragment, in one of {@code schemes}. */
    static Kind<URI> address(String... schemes) {
        return text -> {
            var uri = uri(text);
            require(
                    uri.getRawUserInfo() == null,
                    "contains a login; take it out, and set login and password_file instead");
            require(
                    uri.getScheme() != null && List.of(schemes).contains(uri.getScheme()) && uri.getHost() != null,
                    "is not an address starting with %s://".formatted(String.join(":// or ", schemes)));
            require(uri.getRawQuery() == null && uri.getRawFragment() == null, "must end before '?' and '#'");
            return uri;
        };
    }

    /** A path on the host of a page, without query or fragment. */
    static Kind<String> path() {
        return text -> {
            require(text.length() <= 255, "is longer than 255 characters");
            require(text.matches("(/[A-Za-z0-9._~-]++)++/?"), "is not a path such as /session/token");
            return text;
        };
    }

    /** The technical name of an Odoo model. */
    static Kind<String> model() {
        return text -> {
            require(
                    text.matches("[a-z_][a-z0-9_.]{0,127}"),
                    "is not the technical name of a model, such as sale.order");
            return text;
        };
    }

    /** An address of a machine, as numbers: a name could come to mean another machine. */
    static Kind<String> ipAddress() {
        return text -> {
            try {
                return InetAddress.ofLiteral(text).getHostAddress();
            } catch (IllegalArgumentException _) {
                throw new Refused("is not an IP address such as 127.0.0.1");
            }
        };
    }

    /** What a browser sends as {@code Origin}: scheme, host and, if it is not the scheme's own, port. */
    static Kind<String> origin() {
        return text -> {
            require(
                    !text.contains("*"),
                    "would let any page of the internet connect; name each address that Odoo is opened under");
            var uri = address("http", "https").parse(text);
            require(
                    uri.getRawPath().isEmpty(),
                    "must be only scheme, host and port, as in https://odoo.example.com, without '/' at the end");
            return text.toLowerCase(Locale.ROOT);
        };
    }

    private static URI uri(String text) throws Refused {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            throw new Refused("is not an address");
        }
    }

    private static void require(boolean condition, String predicate) throws Refused {
        if (!condition) {
            throw new Refused(predicate);
        }
    }
}
