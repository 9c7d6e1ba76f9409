package io.amanat.bridge.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/** Whether anything listens where Odoo's bus should be. */
final class EventedPort {

    private static final String NAME = "evented port";

    private EventedPort() {}

    /**
     * Tries to connect.
     *
     * @param remedy what to do where nothing listens
     */
    static Finding examine(URI url, Duration timeout, String remedy) {
        var host = url.getHost();
        int port = port(url);
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
            return Finding.ok(NAME, "%s:%d accepts connections".formatted(host, port));
        } catch (IOException e) {
            return Finding.fail(NAME, "nothing listens at %s:%d".formatted(host, port), remedy);
        }
    }

    private static int port(URI url) {
        boolean encrypted = "wss".equals(url.getScheme()) || "https".equals(url.getScheme());
        return url.getPort() > 0 ? url.getPort() : encrypted ? 443 : 80;
    }
}
