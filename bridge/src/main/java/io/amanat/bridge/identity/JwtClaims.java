package io.amanat.bridge.identity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a token claims. Read once and strictly, and the policies of PostgreSQL are given the same text that was judged here: no
 * second reader can find another role or subject in it.
 */
final class JwtClaims {

    /** What changes with every renewal; policies that look at it find nothing. */
    private static final Set<String> PASSING = Set.of("exp", "iat", "nbf", "jti");

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_NUMBER = 40;
    private static final BigDecimal LATEST = BigDecimal.valueOf(253_402_300_799L);

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final ObjectNode claims;

    private JwtClaims(ObjectNode claims) {
        this.claims = claims;
    }

    /** Not to be believed, whoever signed it. */
    static final class BadClaimException extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;

        BadClaimException(String reason) {
            super(reason);
            this.reason = reason;
        }

        /** For the client's developer. */
        String reason() {
            return reason;
        }
    }

    static JwtClaims read(byte[] payload) throws BadClaimException {
        try {
            if (JSON.readTree(payload) instanceof ObjectNode claims && isStorable(claims)) {
                return new JwtClaims(claims);
            }
        } catch (JacksonException _) {
            // said below
        }
        throw new BadClaimException("the claims are no JSON object that PostgreSQL could hold");
    }

    /** PostgreSQL fails on the rest, and would fail for everybody who is judged together. */
    private static boolean isStorable(JsonNode node) {
        if (node.isNumber()) {
            return Math.abs((long) node.decimalValue().scale()) <= LONGEST_NUMBER;
        }
        return isText(node.asString(""))
                && node.propertyNames().stream().allMatch(JwtClaims::isText)
                && node.valueStream().allMatch(JwtClaims::isStorable);
    }

    private static boolean isText(String text) {
        return text.codePoints()
                .noneMatch(it -> it == 0 || (it >= Character.MIN_SURROGATE && it <= Character.MAX_SURROGATE));
    }

    /** A short text; empty if there is none. */
    Optional<String> name(String claim) throws BadClaimException {
        var node = claims.path(claim);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        var text = node.asString("");
        if (!node.isString()
                || text.isEmpty()
                || text.length() > LONGEST_NAME
                || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new BadClaimException("%s is no text of 1 to %d characters".formatted(claim, LONGEST_NAME));
        }
        return Optional.of(text);
    }

    /** A moment, in whole seconds; empty if there is none. */
    Optional<Instant> moment(String claim) throws BadClaimException {
        var node = claims.path(claim);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isNumber()
                || node.decimalValue().signum() < 0
                || node.decimalValue().compareTo(LATEST) > 0) {
            throw new BadClaimException("%s is no number of seconds".formatted(claim));
        }
        return Optional.of(Instant.ofEpochSecond(
                node.decimalValue().setScale(0, RoundingMode.FLOOR).longValueExact()));
    }

    /** One text, or each text of a list. */
    List<String> each(String claim) {
        var node = claims.path(claim);
        return node.isArray()
                ? StreamSupport.stream(node.spliterator(), false)
                        .map(it -> it.asString(""))
                        .toList()
                : List.of(node.asString(""));
    }

    /** All but what changes with every renewal, in one spelling. */
    String canonical() {
        var lasting = claims.deepCopy();
        lasting.remove(PASSING);
        return JSON.writeValueAsString(lasting);
    }
}
