package io.amanat.connector.source;

/** The connection to the bus is of no use any more; the message says why, the advice what to do next. */
final class ConnectionLost extends Exception {

    private final CloseAdvice advice;

    ConnectionLost(String message, CloseAdvice advice) {
        super(message);
        this.advice = advice;
    }

    CloseAdvice advice() {
        return advice;
    }
}
