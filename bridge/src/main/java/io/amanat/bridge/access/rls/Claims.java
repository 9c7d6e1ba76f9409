package io.amanat.bridge.access.rls;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whom PostgreSQL judges: a role and the claims of a token. Equal claims are one viewer.
 *
 * @param role the database role, at most 63 bytes
 * @param subject the claim {@code sub}
 * @param json the claims in the one way they are always written: keys sorted, without the times and the number of the token, so
 *     that a renewed token is the same viewer; at most 16 KB
 */
public record Claims(String role, String subject, String json) {

    private static final int LONGEST = 16 * 1024;

    private static final Set<String> OF_THE_TOKEN = Set.of("exp", "iat", "nbf", "jti");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    public Claims {
        if (role.isBlank() || role.indexOf('\0') >= 0 || role.getBytes(StandardCharsets.UTF_8).length > 63) {
            throw new IllegalArgumentException("a role has 1 to 63 bytes");
        }
        json = canonical(json);
        if (json.length() > LONGEST) {
            throw new IllegalArgumentException("claims have at most %d characters".formatted(LONGEST));
        }
    }

    private static String canonical(String json) {
        try {
            if (!(JSON.readTree(json) instanceof ObjectNode claims)) {
                throw new IllegalArgumentException("claims are a JSON object");
            }
            claims.remove(OF_THE_TOKEN);
            return JSON.writeValueAsString(JSON.treeToValue(claims, Object.class));
        } catch (JacksonException e) {
            // The message of the parser would hold the claims.
            throw new IllegalArgumentException("claims are not JSON");
        }
    }

    /** Without the claims, which are nobody's business. */
    @Override
    public String toString() {
        return "Claims[role=" + role + "]";
    }
}
