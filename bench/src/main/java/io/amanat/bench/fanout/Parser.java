package io.amanat.bench.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;

/**
 * Parses each distinct frame once: viewers of one class get the same bytes, and the generator must not be slower
 * than what it measures. Used by one thread.
 */
public final class Parser {
    private static final int KEPT = 1_024;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<ByteBuffer, Received> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Received> eldest) {
            return size() > KEPT;
        }
    };

    /** Takes one frame apart; its bytes are not kept. */
    public Received parse(ByteBuffer payload) {
        Received found = known.get(payload);
        if (found != null) {
            return found;
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.get(payload.position(), bytes);
        Received parsed = Received.of(new String(bytes, UTF_8), bytes.length, json.readTree(bytes));
        known.put(ByteBuffer.wrap(bytes), parsed);
        return parsed;
    }
}
