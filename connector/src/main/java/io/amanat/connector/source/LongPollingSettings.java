package io.amanat.connector.source;

import java.net.URI;
import java.time.Duration;

/**
 * How to wait for what is new in Odoo 15 and older.
 *
 * @param url of the long polling, {@code http} or {@code https}: the proxy's {@code /longpolling/poll}, or that of the evented port
 *     itself ({@code longpolling_port}, 8072 by default); Odoo's HTTP port does not serve it when it runs with workers
 * @param connectTimeout longest wait for a connection; 100 ms to 1 min, default 5 s
 * @param answerTimeout longest wait for an answer, which Odoo gives after 50 s at the latest; 1 s to 10 min, default 65 s
 * @param firstDelay first wait before reconnecting, doubled each time, fully jittered; 1 ms to 1 min, default 1 s
 * @param maxDelay longest such wait; at least {@code firstDelay}, at most 10 min, default 30 s
 * @param maxAnswerBytes largest answer read; 1 KiB to 256 MiB, default 8 MiB
 * @param plainChannel whether to take messages of compatible senders from the channel {@code realtime_updates} too; default false
 */
public record LongPollingSettings(
        URI url,
        Duration connectTimeout,
        Duration answerTimeout,
        Duration firstDelay,
        Duration maxDelay,
        int maxAnswerBytes,
        boolean plainChannel) {

    public LongPollingSettings {
        if (url.getHost() == null
                || url.getPath().length() < 2
                || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "long polling url is '%s'; it must look like http://odoo.example:8072/longpolling/poll"
                            .formatted(url));
        }
        BusSettings.require("connectTimeout", connectTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        BusSettings.require("answerTimeout", answerTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10));
        BusSettings.require("firstDelay", firstDelay, Duration.ofMillis(1), Duration.ofMinutes(1));
        BusSettings.require("maxDelay", maxDelay, firstDelay, Duration.ofMinutes(10));
        if (maxAnswerBytes < 1024 || maxAnswerBytes > 256 * 1024 * 1024) {
            throw new IllegalArgumentException(
                    "maxAnswerBytes is %d; it must be 1 KiB to 256 MiB".formatted(maxAnswerBytes));
        }
    }

    /** The defaults for long polling at this address. */
    public static LongPollingSettings at(URI url) {
        return new LongPollingSettings(
                url,
                Duration.ofSeconds(5),
                Duration.ofSeconds(65),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                8 * 1024 * 1024,
                false);
    }

    /** The same, with or without the plain channel. */
    public LongPollingSettings withPlainChannel(boolean wanted) {
        return new LongPollingSettings(
                url, connectTimeout, answerTimeout, firstDelay, maxDelay, maxAnswerBytes, wanted);
    }
}
