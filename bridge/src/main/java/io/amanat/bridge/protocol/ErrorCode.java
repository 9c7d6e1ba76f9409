package io.amanat.bridge.protocol;

import java.util.Locale;
import java.util.Optional;

/** What went wrong with something a client sent; the names are stable. Most of them end the connection. */
public enum ErrorCode {
    BAD_JSON(CloseCode.BAD_REQUEST),
    BAD_TYPE(CloseCode.BAD_REQUEST),
    BAD_VALUE(CloseCode.BAD_REQUEST),
    HELLO_FIRST(CloseCode.BAD_REQUEST),
    HELLO_AGAIN(CloseCode.BAD_REQUEST),
    HELLO_TIMEOUT(CloseCode.HELLO_TIMEOUT),
    TOKEN_MISSING(CloseCode.SESSION_EXPIRED),
    TOKEN_INVALID(CloseCode.SESSION_EXPIRED),
    TOKEN_EXPIRED(CloseCode.SESSION_EXPIRED),
    TOKEN_MISMATCH(CloseCode.SESSION_EXPIRED),
    TOKEN_REVOKED(CloseCode.SESSION_EXPIRED),
    OTHER_LOGIN(CloseCode.OTHER_LOGIN),
    RATE_LIMITED(CloseCode.TOO_MANY),
    TOO_MANY_SESSIONS(CloseCode.TOO_MANY),
    TOO_MANY_USER_SESSIONS(CloseCode.TOO_MANY),
    USER_RATE_LIMITED(CloseCode.TOO_MANY),
    GOING_AWAY(CloseCode.GOING_AWAY),
    BUSY(CloseCode.TRY_AGAIN_LATER),
    UNKNOWN_MODEL,
    UNKNOWN_RECORD,
    UNKNOWN_FIELD,
    UNKNOWN_COMPANY,
    BAD_DOMAIN,
    BAD_ORDER,
    DUPLICATE_REF,
    UNKNOWN_REF,
    TOO_MANY_WATCHES,
    TOO_MANY_USER_WATCHES,
    READ_ONLY,
    UNKNOWN_TABLE,
    UNKNOWN_COLUMN,
    BAD_FILTER,
    UNKNOWN_TOPIC,
    NOT_ALLOWED,
    TOO_LARGE,
    TOO_MANY_TOUCHES,
    UNAVAILABLE;

    private final Optional<CloseCode> close;
    private final String wire = name().toLowerCase(Locale.ROOT);

    ErrorCode() {
        this.close = Optional.empty();
    }

    ErrorCode(CloseCode close) {
        this.close = Optional.of(close);
    }

    /** How the connection ends with it; empty when it goes on. */
    public Optional<CloseCode> close() {
        return close;
    }

    /** The code as it travels. */
    public String wire() {
        return wire;
    }
}
