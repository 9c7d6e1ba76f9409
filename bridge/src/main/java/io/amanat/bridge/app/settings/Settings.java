package io.amanat.bridge.app.settings;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.channel.OwnChanges;
import io.amanat.connector.odoo.OdooSettings;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Everything an operator can set; {@code config/amanat.yaml} shows and explains each of it.
 *
 * @param odoo whose changes are delivered
 * @param websocketUrl where its bus answers; without a proxy in front that is the evented port
 * @param models the only models that travel; empty for every model the add-on announces
 * @param ownChanges what the user who made a change is sent of it
 */
public record Settings(
        OdooSettings odoo,
        URI websocketUrl,
        Browsers browsers,
        AdminAddress admin,
        Set<String> models,
        OwnChanges ownChanges,
        Logging logging) {

    /**
     * The port that browsers connect to.
     *
     * @param port 0 for any free one
     * @param origins the addresses Odoo is opened under; a page of any other address is refused
     * @param proxies addresses whose word on the browser's own address is believed
     */
    public record Browsers(String host, int port, List<String> origins, List<String> proxies, Limits limits) {}

    /**
     * What one browser, one address and all of them together may use.
     *
     * @param connections of all browsers together; default 20,000
     * @param connectionsPerAddress default 2,000, since an office often shares one address
     * @param frameBytes the longest frame a browser may send; default 16 KiB
     * @param watches per connection; default 100
     * @param messagesPerSecond per connection; default 50
     * @param outboxBytes what waits for one slow browser before it is told to re-read; default 256 KiB
     */
    public record Limits(
            int connections,
            int connectionsPerAddress,
            int frameBytes,
            int watches,
            int messagesPerSecond,
            int outboxBytes) {

        public static final Limits DEFAULT = new Limits(20_000, 2_000, 16_384, 100, 50, 262_144);
    }

    /** How much is logged, and in which form. */
    public record Logging(Level level, Format format) {

        /** From the quietest to the most talkative. */
        public enum Level {
            ERROR,
            WARN,
            INFO,
            DEBUG
        }

        /** Lines for a person, or one JSON object per line for a collector. */
        public enum Format {
            TEXT,
            JSON
        }
    }
}
