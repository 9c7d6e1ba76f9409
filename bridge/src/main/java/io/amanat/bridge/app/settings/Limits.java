package io.amanat.bridge.app.settings;

/**
 * What one browser, one address and all browsers of a database may use.
 *
 * @param connections of all browsers of the database; default as many as of all databases together
 * @param connectionsPerAddress default 2,000, since an office often shares one address
 * @param perUser what one user may have on all connections together
 * @param frameBytes the longest frame a browser may send; default 16 KiB
 * @param watches per connection; default 100
 * @param messagesPerSecond per connection; default 50
 * @param outboxBytes what waits for one slow browser before it is told to re-read; default 256 KiB
 * @param arrivals how many browsers come in at a time; default 250
 */
public record Limits(
        int connections,
        int connectionsPerAddress,
        PerUser perUser,
        int frameBytes,
        int watches,
        int messagesPerSecond,
        int outboxBytes,
        int arrivals) {

    public static final Limits DEFAULT =
            new Limits(20_000, 2_000, new PerUser(100, 1_000, 500), 16_384, 100, 50, 262_144, 250);

    /**
     * What one user may have on all connections together, in all tabs, browsers and devices.
     *
     * @param connections default 100
     * @param watches default 1,000
     * @param messagesPerSecond default 500
     */
    public record PerUser(int connections, int watches, int messagesPerSecond) {}
}
