package io.amanat.bridge.protocol;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what browsers send. Trusts nothing: every key is checked, and unknown keys are ignored. Safe to share. */
public final class FrameReader {

    private static final Pattern ORIGIN = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern MODEL = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)*");
    private static final int MAX_NAME = 128;
    private static final int MAX_REF = 64;
    private static final int MAX_TOKEN = 8_192;
    private static final int MAX_STAMP = 128;
    private static final int MAX_TOUCHED = 100;

    private final JsonMapper json = Strict.JSON;

    /** The frame in this text; never fails, but may be {@link ClientFrame.Malformed}. */
    public ClientFrame read(String text) {
        try {
            var node = json.readTree(text);
            return node.isObject()
                    ? frame(node)
                    : new ClientFrame.Malformed(ErrorCode.BAD_JSON, "a frame is a JSON object");
        } catch (JacksonException e) {
            return new ClientFrame.Malformed(
                    ErrorCode.BAD_JSON, "the frame is not JSON; send one JSON object per text frame");
        } catch (BadValueException e) {
            return new ClientFrame.Malformed(ErrorCode.BAD_VALUE, e.getMessage());
        }
    }

    private static ClientFrame frame(JsonNode node) {
        var type = node.path("type").asString("");
        return switch (type) {
            case "hello" -> new ClientFrame.Hello(token(node), text(node, "origin", ORIGIN), mark(node));
            case "watch" -> watch(node);
            case "unwatch" -> new ClientFrame.Unwatch(ref(node));
            case "touch" -> touch(node);
            case "untouch" -> new ClientFrame.Untouch(ref(node));
            case "token" -> new ClientFrame.Token(token(node));
            case "ping" -> new ClientFrame.Ping();
            default ->
                new ClientFrame.Malformed(
                        ErrorCode.BAD_TYPE, "unknown type; send hello, watch, unwatch, touch, untouch, token or ping");
        };
    }

    private static ClientFrame watch(JsonNode node) {
        var ref = ref(node);
        var model = model(node);
        var id = id(node);
        var domain = node.path("domain");
        var order = ViewOrder.fields(node.path("order"));
        if (!domain.isMissingNode() && (id.isPresent() || !ViewDomain.fits(domain))) {
            return new ClientFrame.BadWatch(ref, ErrorCode.BAD_DOMAIN, ViewDomain.RULE);
        }
        if (order.isEmpty() || (id.isPresent() && node.has("order"))) {
            return new ClientFrame.BadWatch(ref, ErrorCode.BAD_ORDER, ViewOrder.RULE);
        }
        return new ClientFrame.Watch(
                ref,
                model,
                id,
                fields(node),
                Optional.of(domain).filter(JsonNode::isArray),
                order.get(),
                companies(node),
                resume(node),
                presence(node));
    }

    private static ClientFrame touch(JsonNode node) {
        var names = fields(node);
        check(
                names.filter(it -> it.size() <= MAX_TOUCHED).isPresent(),
                "fields",
                "a list of at most %d names".formatted(MAX_TOUCHED));
        return new ClientFrame.Touch(
                ref(node), model(node), positive(node.get("id"), "id"), names.orElse(Set.of()), companies(node));
    }

    private static String model(JsonNode node) {
        var model = text(node, "model", MODEL);
        check(model.length() <= MAX_NAME, "model", "at most %d characters".formatted(MAX_NAME));
        return model;
    }

    private static boolean presence(JsonNode node) {
        var presence = node.path("presence");
        check(presence.isMissingNode() || presence.isBoolean(), "presence", "true, or left out");
        return presence.asBoolean(false);
    }

    private static OptionalLong id(JsonNode node) {
        return switch (node.path("view").asString("")) {
            case "list" -> OptionalLong.empty();
            case "form" -> OptionalLong.of(positive(node.get("id"), "id"));
            default -> throw new BadValueException("view must be \"list\" or \"form\"");
        };
    }

    private static Optional<Set<String>> fields(JsonNode node) {
        if (!node.has("fields")) {
            return Optional.empty();
        }
        var names = new HashSet<String>();
        for (var name : list(node, "fields")) {
            check(name.isString() && name.asString().length() <= MAX_NAME, "fields", "a list of field names");
            names.add(name.asString());
        }
        return Optional.of(Set.copyOf(names));
    }

    private static Optional<List<Long>> companies(JsonNode node) {
        if (!node.has("companies")) {
            return Optional.empty();
        }
        var ids = new ArrayList<Long>();
        list(node, "companies").forEach(id -> ids.add(positive(id, "companies")));
        check(!ids.isEmpty(), "companies", "left out, or a list with at least one id");
        return Optional.of(List.copyOf(ids));
    }

    private static Optional<ClientFrame.Mark> mark(JsonNode node) {
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

    private static Optional<ClientFrame.Resume> resume(JsonNode node) {
        return mark(node).map(mark -> {
            var rights = node.path("resume").path("rights");
            check(isStamp(rights), "resume", "{epoch, offset, rights}, with rights as it was in ok");
            return new ClientFrame.Resume(mark, rights.asString());
        });
    }

    private static boolean isStamp(JsonNode text) {
        return text.isString() && text.asString().length() <= MAX_STAMP;
    }

    private static String ref(JsonNode node) {
        var ref = node.path("ref").asString("");
        check(node.path("ref").isString() && !ref.isEmpty() && ref.length() <= MAX_REF, "ref", "1 to 64 characters");
        return ref;
    }

    /** An absent token is not malformed: it has a code of its own. */
    private static String token(JsonNode node) {
        var token = node.path("token");
        check(token.isMissingNode() || token.isString(), "token", "text");
        check(token.asString("").length() <= MAX_TOKEN, "token", "at most %d characters".formatted(MAX_TOKEN));
        return token.asString("");
    }

    private static String text(JsonNode node, String key, Pattern pattern) {
        var value = node.path(key);
        check(value.isString() && pattern.matcher(value.asString()).matches(), key, "text like " + pattern);
        return value.asString();
    }

    private static long positive(@Nullable JsonNode value, String key) {
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 1) {
            throw new BadValueException("%s must be a positive whole number".formatted(key));
        }
        return value.asLong();
    }

    private static JsonNode list(JsonNode node, String key) {
        check(node.path(key).isArray(), key, "a list");
        return node.path(key);
    }

    private static void check(boolean valid, String key, String rule) {
        if (!valid) {
            throw new BadValueException("%s must be %s".formatted(key, rule));
        }
    }

    /** Leaves the reading of one frame; carries no stack, since what a stranger sends is no fault of ours. */
    private static final class BadValueException extends RuntimeException {
        BadValueException(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
