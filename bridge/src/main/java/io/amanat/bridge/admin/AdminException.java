package io.amanat.bridge.admin;

import org.jspecify.annotations.Nullable;

/** The admin listener cannot be started or reached; the message says why and what to do. */
public final class AdminException extends RuntimeException {

    AdminException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
