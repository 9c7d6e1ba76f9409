package io.amanat.connector.source;

/** Odoo did not accept the websocket; the message says why and what to do. */
final class SocketRefused extends Exception {

    SocketRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
