package io.amanat.bridge.websocket;

import java.util.Set;

/**
 * The browsers' port, which all databases share.
 *
 * @param host the address to listen on; default 127.0.0.1, behind a proxy that speaks TLS
 * @param port 0 for any free one; default 8081
 * @param connections the most connections at a time; 1 to 1 000 000, default 20 000
 * @param proxies addresses whose {@code X-Forwarded-For} is believed; default none
 */
public record WebsocketSettings(String host, int port, int connections, Set<String> proxies) {

    public WebsocketSettings {
        proxies = Set.copyOf(proxies);
    }

    /** The defaults at this port. */
    public static WebsocketSettings of(String host, int port) {
        return new WebsocketSettings(host, port, 20_000, Set.of());
    }
}
