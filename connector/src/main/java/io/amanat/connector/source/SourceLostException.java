package io.amanat.connector.source;

import org.jspecify.annotations.Nullable;

/** The neighbour that changes come from is out of reach. */
public final class SourceLostException extends RuntimeException {

    public SourceLostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
