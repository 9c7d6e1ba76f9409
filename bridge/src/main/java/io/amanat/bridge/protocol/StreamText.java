package io.amanat.bridge.protocol;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the streamed way says otherwise than a websocket: where the token and the close code stand, and many frames at once. */
public final class StreamText {

    private StreamText() {}

    /** The {@code hello} in this body, with the token that came beside it; what is no object stays as it is, for the reader to refuse. */
    public static String hello(String body, String token) {
        try {
            return Strict.JSON.readTree(body) instanceof ObjectNode hello
                    ? hello.put("token", token).toString()
                    : body;
        } catch (JacksonException e) {
            return body;
        }
    }

    /** The frames in this body, in order; what is no list stays as it is. */
    public static List<String> frames(String body) {
        try {
            var node = Strict.JSON.readTree(body);
            return node.isArray() ? node.valueStream().map(JsonNode::toString).toList() : List.of(body);
        } catch (JacksonException e) {
            return List.of(body);
        }
    }

    /**
     * The first line of a stream: what its client proves with that it is the same.
     *
     * @param key of letters, digits and {@code -_.} only
     */
    public static String first(String key) {
        return "{\"type\":\"stream\",\"key\":\"%s\"}".formatted(key);
    }

    /** The last line: the close code. */
    public static String last(int code) {
        return "{\"type\":\"close\",\"code\":%d}".formatted(code);
    }
}
