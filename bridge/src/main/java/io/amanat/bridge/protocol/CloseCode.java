package io.amanat.bridge.protocol;

/** Why the bridge closed a connection. From 4000 on: the private range of RFC 6455, 7.4.2. */
public enum CloseCode {
    GOING_AWAY(1001),
    PROTOCOL_ERROR(1002),
    NOT_TEXT(1003),
    NOT_UTF8(1007),
    TOO_BIG(1009),
    TRY_AGAIN_LATER(1013),
    BAD_REQUEST(4000),
    SESSION_EXPIRED(4001),
    UNSUPPORTED_VERSION(4003),
    HELLO_TIMEOUT(4008),
    OTHER_LOGIN(4009),
    TOO_MANY(4029);

    private final int number;

    CloseCode(int number) {
        this.number = number;
    }

    /** The number in the close frame. */
    public int number() {
        return number;
    }
}
