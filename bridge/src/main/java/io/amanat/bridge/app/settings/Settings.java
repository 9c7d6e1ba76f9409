package io.amanat.bridge.app.settings;

import io.amanat.bridge.admin.AdminAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Everything an operator can set; {@code config/amanat.yaml} shows and explains each of it.
 *
 * @param databases whose changes are delivered, by the name that stands in the browsers' path, in the order of the file
 * @param dataDir the folder in which each database has one for its journal; empty to keep journals in memory
 */
public record Settings(
        SequencedMap<String, TenantSettings> databases,
        Browsers browsers,
        AdminAddress admin,
        Optional<Path> dataDir,
        Logging logging) {

    /** The name of the database that is set in the section {@code odoo}. */
    public static final String ONLY = "odoo";

    public Settings {
        databases = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(databases));
    }

    /** Settings for one database. */
    public static Settings of(
            DatabaseSettings only, Browsers browsers, AdminAddress admin, Optional<Path> dataDir, Logging logging) {
        return new Settings(new LinkedHashMap<>(Map.of(ONLY, only)), browsers, admin, dataDir, logging);
    }

    /**
     * The port that browsers connect to.
     *
     * @param port 0 for any free one
     * @param proxies addresses whose word on the browser's own address is believed
     * @param connections of all browsers and databases together; default 20,000
     * @param planBoard the page that it serves besides; none by default
     */
    public record Browsers(
            String host, int port, List<String> proxies, int connections, Optional<PlanBoard> planBoard) {

        /** Without a page. */
        public Browsers(String host, int port, List<String> proxies, int connections) {
            this(host, port, proxies, connections, Optional.empty());
        }
    }

    /**
     * The plan board as a page for everybody.
     *
     * @param database whose tables it shows
     * @param token where on its own host the page asks for its user's token: a path
     */
    public record PlanBoard(String database, String token) {}

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
