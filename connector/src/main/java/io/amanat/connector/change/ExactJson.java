package io.amanat.connector.change;

import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON whose numbers keep their digits, see {@link Numbers}. Safe to share. */
public final class ExactJson {

    private final JsonMapper mapper;

    /** @param factory with the limits of what is read */
    public ExactJson(JsonFactory factory) {
        this.mapper = JsonMapper.builder(factory)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /**
     * Reads one document.
     *
     * @throws tools.jackson.core.JacksonException if it is none, or beyond the limits
     */
    public JsonNode read(byte[] json) {
        return read(mapper.createParser(json));
    }

    /**
     * Reads one document.
     *
     * @throws tools.jackson.core.JacksonException if it is none, or beyond the limits
     */
    public JsonNode read(String json) {
        return read(mapper.createParser(json));
    }

    private JsonNode read(JsonParser parser) {
        try (var exact = new Exact(parser)) {
            return mapper.readTree(exact);
        }
    }

    /** Says of each number whether a {@code double} holds it. */
    private static final class Exact extends JsonParserDelegate {

        Exact(JsonParser parser) {
            super(parser);
        }

        @Override
        public NumberTypeFP getNumberTypeFP() {
            return Numbers.isDouble(delegate.getString(), Double.parseDouble(delegate.getString()))
                    ? NumberTypeFP.DOUBLE64
                    : NumberTypeFP.BIG_DECIMAL;
        }
    }
}
