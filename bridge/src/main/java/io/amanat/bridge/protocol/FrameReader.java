package io.amanat.bridge.protocol;

import static io.amanat.bridge.protocol.Checked.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what browsers send. Trusts nothing: every key is checked, and unknown keys are ignored. Safe to share. */
public final class FrameReader {

    private static final Pattern ORIGIN = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern MODEL = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)*");
    private static final int MAX_NAME = 128;
    private static final int MAX_TOKEN = 8_192;
    private static final int MAX_TOUCHED = 100;

    private final JsonMapper json = Strict.JSON;

    /** The frame in this text; never fails, but may be {@link ClientFrame.Malformed}. */
    public ClientFrame read(String text) {
        try {
            var node = json.readTree(text);
            return node.isObject()
                    ? frame(node, text)
                    : new ClientFrame.Malformed(ErrorCode.BAD_JSON, "a frame is a JSON object");
        } catch (JacksonException e) {
            return new ClientFrame.Malformed(
                    ErrorCode.BAD_JSON, "the frame is not JSON; send one JSON object per text frame");
        } catch (Checked.BadValueException e) {
            return new ClientFrame.Malformed(ErrorCode.BAD_VALUE, e.getMessage());
        }
    }

    private static ClientFrame frame(JsonNode node, String text) {
        var type = node.path("type").asString("");
        return switch (type) {
            case "hello" ->
                new ClientFrame.Hello(token(node), Checked.text(node, "origin", ORIGIN), Checked.mark(node));
            case "watch" ->
                switch (node.path("view").asString("")) {
                    case "table" -> TableFrameReader.table(node);
                    case "topic" -> TableFrameReader.topic(node);
                    default -> watch(node);
                };
            case "unwatch" -> new ClientFrame.Unwatch(Checked.ref(node));
            case "touch" -> touch(node);
            case "untouch" -> new ClientFrame.Untouch(Checked.ref(node));
            case "token" -> new ClientFrame.Token(token(node));
            case "ping" -> new ClientFrame.Ping();
            case "read" -> TableFrameReader.read(node);
            case "write" -> TableFrameReader.write(Strict.EXACT.readTree(text));
            case "track" -> TableFrameReader.track(node);
            case "untrack" -> TableFrameReader.untrack(node);
            case "broadcast" -> TableFrameReader.broadcast(node);
            case "report" -> TableFrameReader.report(node);
            default ->
                new ClientFrame.Malformed(
                        ErrorCode.BAD_TYPE,
                        "unknown type; send hello, watch, unwatch, touch, untouch, token or ping; of tables read, write,"
                                + " track, untrack, broadcast or report");
        };
    }

    private static ClientFrame watch(JsonNode node) {
        var ref = Checked.ref(node);
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
                Checked.resume(node),
                presence(node));
    }

    private static ClientFrame touch(JsonNode node) {
        var names = fields(node);
        check(
                names.filter(it -> it.size() <= MAX_TOUCHED).isPresent(),
                "fields",
                "a list of at most %d names".formatted(MAX_TOUCHED));
        return new ClientFrame.Touch(
                Checked.ref(node),
                model(node),
                Checked.positive(node.get("id"), "id"),
                names.orElse(Set.of()),
                companies(node));
    }

    private static String model(JsonNode node) {
        var model = Checked.text(node, "model", MODEL);
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
            case "form" -> OptionalLong.of(Checked.positive(node.get("id"), "id"));
            default -> throw new Checked.BadValueException("view must be \"list\", \"form\", \"table\" or \"topic\"");
        };
    }

    private static Optional<Set<String>> fields(JsonNode node) {
        if (!node.has("fields")) {
            return Optional.empty();
        }
        var names = new HashSet<String>();
        for (var name : Checked.list(node, "fields")) {
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
        Checked.list(node, "companies").forEach(id -> ids.add(Checked.positive(id, "companies")));
        check(!ids.isEmpty(), "companies", "left out, or a list with at least one id");
        return Optional.of(List.copyOf(ids));
    }

    /** An absent token is not malformed: it has a code of its own. */
    private static String token(JsonNode node) {
        var token = node.path("token");
        check(token.isMissingNode() || token.isString(), "token", "text");
        check(token.asString("").length() <= MAX_TOKEN, "token", "at most %d characters".formatted(MAX_TOKEN));
        return token.asString("");
    }
}
