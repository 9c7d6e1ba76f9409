package io.amanat.bridge.websocket;

import java.util.Set;

/**
 * The browsers' port.
 *
 * @param host the address to listen on; default 127.0.0.1, behind a proxy that speaks TLS
 * @param port 0 for any free one; default 18080
 * @param origins the only values of the {@code Origin} header that may connect, compared exactly, for instance
 *     {@code https://odoo.example.com}
 * @param withoutOrigin whether clients that send no {@code Origin} (no browsers) may connect; default no
 * @param connections the most connections at a time; 1 to 1 000 000, default 20 000
 * @param connectionsPerAddress the most of them from one network address; default 2 000, since a whole office may share one
 * @param proxies addresses whose {@code X-Forwarded-For} is believed; default none
 */
public record WebsocketSettings(
        String host,
        int port,
        Set<String> origins,
        boolean withoutOrigin,
        int connections,
        int connectionsPerAddress,
        Set<String> proxies) {

    public WebsocketSettings {
        origins = Set.copyOf(origins);
        proxies = Set.copyOf(proxies);
    }

    /** The defaults, for these origins. */
    public static WebsocketSettings of(String host, int port, Set<String> origins) {
        return new WebsocketSettings(host, port, origins, false, 20_000, 2_000, Set.of());
    }
}
