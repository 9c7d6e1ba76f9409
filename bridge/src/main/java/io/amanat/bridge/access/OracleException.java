package io.amanat.bridge.access;

import org.jspecify.annotations.Nullable;

/** Rights could not be asked. The caller delivers nothing and tells viewers to re-read. */
public final class OracleException extends RuntimeException {

    public OracleException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
