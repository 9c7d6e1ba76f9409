package io.amanat.bridge.protocol;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads single keys of a stranger's frame, or leaves it with what is wrong with one. */
final class Checked {

    private static final int MAX_REF = 64;
    private static final int MAX_STAMP = 128;

    private Checked() {}

    static String ref(JsonNode node) {
        return text(node, "ref", MAX_REF);
    }

    /** Text of at least one character. */
    static String text(JsonNode node, String key, int most) {
        var text = node.path(key).asString("");
        check(
                node.path(key).isString() && !text.isEmpty() && text.length() <= most,
                key,
                "1 to %d characters".formatted(most));
        return text;
    }

    static String text(JsonNode node, String key, Pattern pattern) {
        var value = node.path(key);
        check(value.isString() && pattern.matcher(value.asString()).matches(), key, "text like " + pattern);
        return value.asString();
    }

    static Optional<ClientFrame.Mark> mark(JsonNode node) {
        var resume = node.path("resume");
        if (resume.isMissingNode()) {
            return Optional.empty();
        }
        var epoch = resume.path("epoch");
        var offset = resume.path("offset");
        check(isStamp(epoch) && offset.isIntegralNumber(), "resume", "{epoch, offset}");
        check(offset.canConvertToLong() && offset.asLong() >= 0, "resume", "{epoch, offset}");
        return Optional.of(new ClientFrame.Mark(epoch.asString(), offset.asLong()));
    }

    static Optional<ClientFrame.Resume> resume(JsonNode node) {
        return mark(node).map(mark -> {
            var rights = node.path("resume").path("rights");
            check(isStamp(rights), "resume", "{epoch, offset, rights}, with rights as it was in ok");
            return new ClientFrame.Resume(mark, rights.asString());
        });
    }

    private static boolean isStamp(JsonNode text) {
        return text.isString() && text.asString().length() <= MAX_STAMP;
    }

    static long positive(@Nullable JsonNode value, String key) {
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 1) {
            throw new BadValueException("%s must be a positive whole number".formatted(key));
        }
        return value.asLong();
    }

    /** A whole number of this range; this one if it is left out. */
    static int number(JsonNode node, String key, int most, int otherwise) {
        return node.has(key) ? number(node.path(key), key, most) : otherwise;
    }

    /** A whole number from 0 to this. */
    static int number(JsonNode value, String key, int most) {
        check(
                value.isIntegralNumber() && value.canConvertToInt() && value.asInt() >= 0 && value.asInt() <= most,
                key,
                "a whole number up to %d".formatted(most));
        return value.asInt();
    }

    static JsonNode list(JsonNode node, String key) {
        check(node.path(key).isArray(), key, "a list");
        return node.path(key);
    }

    static void check(boolean valid, String key, String rule) {
        if (!valid) {
            throw new BadValueException("%s must be %s".formatted(key, rule));
        }
    }

    /** Leaves the reading of one frame; carries no stack, since what a stranger sends is no fault of ours. */
    static final class BadValueException extends RuntimeException {
        BadValueException(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
