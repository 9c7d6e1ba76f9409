package io.amanat.connector.source;

/** The neighbour that changes come from is out of reach. */
public final class SourceLostException extends RuntimeException {

    public SourceLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
