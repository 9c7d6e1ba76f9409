package io.amanat.connector.source;

/** What to do after a connection to Odoo's bus ended. */
enum CloseAdvice {

    /** The connection was merely renewed. */
    RECONNECT_AT_ONCE(true, false),

    /** The login session is gone, or the client is of an older version than the server. */
    SIGN_IN_AT_ONCE(true, true),

    /** The login may be of a time when the user had other rights. */
    SIGN_IN_LATER(false, true),

    RECONNECT_LATER(false, false);

    private static final int NORMAL = 1000;
    private static final int SESSION_EXPIRED = 4001;
    private static final int KEEP_ALIVE = 4002;

    private final boolean atOnce;
    private final boolean signIn;

    CloseAdvice(boolean atOnce, boolean signIn) {
        this.atOnce = atOnce;
        this.signIn = signIn;
    }

    boolean atOnce() {
        return atOnce;
    }

    boolean signIn() {
        return signIn;
    }

    static CloseAdvice of(int code) {
        return switch (code) {
            case KEEP_ALIVE -> RECONNECT_AT_ONCE;
            case SESSION_EXPIRED, NORMAL -> SIGN_IN_AT_ONCE;
            default -> RECONNECT_LATER;
        };
    }

    static String meaning(int code) {
        return switch (code) {
            case NORMAL -> "the protocol version was outdated";
            case 1001 -> "the server stops";
            case 1006 -> "the connection was cut";
            case 1011 -> "an error in Odoo, see its log";
            case 1013 -> "the server is overloaded or limits us";
            case SESSION_EXPIRED -> "the login session expired";
            case KEEP_ALIVE -> "the connection reached its age";
            case 4003 -> "the server ended the connection";
            default -> "no reason known";
        };
    }
}
