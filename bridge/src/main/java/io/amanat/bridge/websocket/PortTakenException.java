package io.amanat.bridge.websocket;

/** The browsers' port could not be opened, usually because another process has it. */
public final class PortTakenException extends RuntimeException {

    PortTakenException(String host, int port, Throwable cause) {
        super(
                "cannot listen on %s:%d; stop what uses it, or choose another port (setting browsers.port)"
                        .formatted(host, port),
                cause);
    }
}
