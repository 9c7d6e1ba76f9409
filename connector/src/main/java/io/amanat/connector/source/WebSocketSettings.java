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
 * @param maxBatchBytes largest frame read, in UTF-16 characters of text; a larger one is skipped and becomes a gap; 1 KiB to
 *     256 MiB, default 8 MiB
 * @param sweepInterval pause between looks for messages that were committed late and that Odoo's socket leaves out; 100 ms to
 *     1 h, default 10 s
 * @param lateness how long a transaction may stay open after it wrote its message and still be found by a sweep; 1 s to 1 h,
 *     default 130 s (Odoo ends a request after 120 s)
 */
public record WebSocketSettings(
        URI url,
        Duration connectTimeout,
        Duration pingInterval,
        Duration firstDelay,
        Duration maxDelay,
        int maxBatchBytes,
        Duration sweepInterval,
        Duration lateness) {

    public WebSocketSettings {
        if (url.getHost() == null || !("ws".equals(url.getScheme()) || "wss".equals(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "websocket url is '%s'; it must look like ws://odoo.example:8072/websocket".formatted(url));
        }
        require("connectTimeout", connectTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        require("pingInterval", pingInterval, Duration.ofSeconds(1), Duration.ofMinutes(5));
        require("firstDelay", firstDelay, Duration.ofMillis(1), Duration.ofMinutes(1));
        require("maxDelay", maxDelay, firstDelay, Duration.ofMinutes(10));
        require("sweepInterval", sweepInterval, Duration.ofMillis(100), Duration.ofHours(1));
        require("lateness", lateness, Duration.ofSeconds(1), Duration.ofHours(1));
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
                Duration.ofSeconds(10),
                Duration.ofSeconds(130));
    }

    /** The address of the websocket behind the same proxy as {@code odoo}. */
    public static URI besides(URI odoo) {
        var text = odoo.toString();
        var base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return URI.create(base.replaceFirst("^http", "ws") + "/websocket");
    }

    private static void require(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s is %s; it must be %s to %s".formatted(name, value, least, most));
        }
    }
}
