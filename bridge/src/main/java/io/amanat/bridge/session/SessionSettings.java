package io.amanat.bridge.session;

import java.time.Duration;

/**
 * Limits for one session.
 *
 * @param helloTimeout how long a connection may stay without a valid hello; 1 s to 1 min, default 5 s
 * @param heartbeat pause between heartbeats; 5 s to 5 min, default 25 s, which keeps a proxy with an idle timeout of 30 s or
 *     more from closing the connection. After three without a sign of life the session ends
 * @param frameBytes the largest message accepted; 1 KiB to 1 MiB, default 16 KiB
 * @param watches the most watches at a time; 1 to 10 000, default 100
 * @param messagesPerSecond what a client may send in the long run, with bursts of twice that; 1 to 10 000, default 50
 * @param outbox what is kept for a client that reads slowly
 * @param perUser what one user may have in all sessions together
 * @param drain over how long browsers are told to spread their return when the bridge stops; 0 to 5 min, default 10 s
 * @param arrivals how many sessions come in at a time, from hello until what they missed was told; four times as many wait, and the
 *     rest are told when to come back; 1 to 100 000, default 250
 */
public record SessionSettings(
        Duration helloTimeout,
        Duration heartbeat,
        int frameBytes,
        int watches,
        int messagesPerSecond,
        Outbox outbox,
        PerUser perUser,
        Duration drain,
        int arrivals) {

    public static final SessionSettings DEFAULT = new SessionSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(25),
            16 * 1024,
            100,
            50,
            new Outbox(256 * 1024, Duration.ofSeconds(5), Duration.ofSeconds(15)),
            new PerUser(100, 1_000, 500),
            Duration.ofSeconds(10),
            250);

    /**
     * What is kept for a client that reads slowly. When it is full, its data frames become one reset per feed.
     *
     * @param bytes waiting bytes; 4 KiB to 16 MiB, default 256 KiB: some hundred changes
     * @param age how old the oldest waiting frame may be; 100 ms to 1 min, default 5 s: older news is better re-read
     * @param stalled after how long without any progress the connection is cut; 1 s to 5 min, default 15 s
     */
    public record Outbox(int bytes, Duration age, Duration stalled) {}

    /**
     * What one user may have in all sessions together, whatever their logins.
     *
     * @param sessions connections; 1 to 1 000 000, default 100: more tabs and devices than a person has
     * @param watches 1 to 1 000 000, default 1 000
     * @param messagesPerSecond in the long run, with bursts of twice that; 1 to 1 000 000, default 500
     */
    public record PerUser(int sessions, int watches, int messagesPerSecond) {}
}
