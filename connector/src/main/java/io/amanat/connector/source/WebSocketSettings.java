package io.amanat.connector.source;

import java.net.URI;
import java.time.Duration;

/**
 * How to listen on Odoo's evented port.
 *
 * @param url of the websocket, {@code ws} or {@code wss}: the proxy's {@code /websocket}, or the evented port itself (8072 by
 *     default); Odoo's HTTP port does not serve it when it runs with workers
 * @param connectTimeout longest wait for the upgrade; 100 ms to 1 min, default 10 s
 * @param pingInterval silence after which we ping; as long without an answer and the connection counts as dead; 1 s to 5 min, default 20 s
 *     (Odoo itself pings after 40 s; its limit is 10 frames in 2 s)
 * @param firstDelay first wait before reconnecting, doubled each time, fully jittered; 1 ms to 1 min, default 1 s
 * @param maxDelay longest such wait; at least {@code firstDelay}, at most 10 min, default 30 s
 * @param maxBatchBytes largest frame read, in UTF-16 characters of text; a larger one is skipped and read again in pieces; 1 KiB to
 *     256 MiB, default 8 MiB
 * @param plainChannel whether to take messages of compatible senders from the channel {@code realtime_updates} too, which anybody
 *     may listen to; default false
 */
public record WebSocketSettings(
        URI url,
        Duration connectTimeout,
        Duration pingInterval,
        Duration firstDelay,
        Duration maxDelay,
        int maxBatchBytes,
        boolean plainChannel) {

    public WebSocketSettings {
        if (url.getHost() == null || !("ws".equals(url.getScheme()) || "wss".equals(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "websocket url is '%s'; it must look like ws://odoo.example:8072/websocket".formatted(url));
        }
        BusSettings.require("connectTimeout", connectTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        BusSettings.require("pingInterval", pingInterval, Duration.ofSeconds(1), Duration.ofMinutes(5));
        BusSettings.require("firstDelay", firstDelay, Duration.ofMillis(1), Duration.ofMinutes(1));
        BusSettings.require("maxDelay", maxDelay, firstDelay, Duration.ofMinutes(10));
        if (maxBatchBytes < 1024 || maxBatchBytes > 256 * 1024 * 1024) {
            throw new IllegalArgumentException(
                    "maxBatchBytes is %d; it must be 1 KiB to 256 MiB".formatted(maxBatchBytes));
        }
    }

    /** The defaults for a websocket at this address. */
    public static WebSocketSettings at(URI url) {
        return new WebSocketSettings(
                url,
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                8 * 1024 * 1024,
                false);
    }

    /** The same, with or without the messages of compatible senders. */
    public WebSocketSettings withPlainChannel(boolean plain) {
        return new WebSocketSettings(url, connectTimeout, pingInterval, firstDelay, maxDelay, maxBatchBytes, plain);
    }

    /** The address of the websocket behind the same proxy as {@code odoo}. */
    public static URI besides(URI odoo) {
        var text = odoo.toString();
        var base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return URI.create(base.replaceFirst("^http", "ws") + "/websocket");
    }
}
