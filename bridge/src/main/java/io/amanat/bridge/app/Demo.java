package io.amanat.bridge.app;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.app.settings.DatabaseSettings;
import io.amanat.bridge.app.settings.Limits;
import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.app.settings.SourceSettings;
import io.amanat.bridge.websocket.PortTakenException;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.WebSocketSettings;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The whole way of a change on one machine without Odoo: the stand-in for Odoo, a bridge, and a page with two users' lists. */
final class Demo implements AutoCloseable {

    /** Quiet, so that the address of the page stays in sight. */
    static final Settings.Logging LOGGING =
            new Settings.Logging(Settings.Logging.Level.WARN, Settings.Logging.Format.TEXT);

    private final StandInOdoo odoo;
    private final Parts parts;

    private Demo(StandInOdoo odoo, Parts parts) {
        this.odoo = odoo;
        this.parts = parts;
    }

    /**
     * Starts it.
     *
     * @param port of the page
     * @param bridgePort of the page's websockets; if it is taken, any free one
     * @throws java.io.UncheckedIOException if the port of the page is taken
     */
    static Demo start(int port, int bridgePort, Path adminSocket) {
        var parts = new Parts();
        try {
            var odoo = parts.keep(StandInOdoo.start(StandInSettings.onPort(port)));
            var bridge = parts.keep(bridge(odoo, bridgePort, adminSocket));
            odoo.bridgeUrl(bridge.url());
            return new Demo(odoo, parts);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static Bridge bridge(StandInOdoo odoo, int port, Path adminSocket) {
        try {
            return bridge(settings(odoo, port, adminSocket));
        } catch (PortTakenException _) {
            return bridge(settings(odoo, 0, adminSocket));
        }
    }

    private static Bridge bridge(Settings settings) {
        return Bridge.start(settings, () -> settings, InstantSource.system());
    }

    static Settings settings(StandInOdoo odoo, int port, Path adminSocket) {
        int page = odoo.url().getPort();
        var origins = List.of("http://localhost:" + page, "http://127.0.0.1:" + page);
        var password = new Secret(odoo.serviceLogin());
        var database = DatabaseSettings.of(
                OdooSettings.of(odoo.url(), odoo.database(), odoo.serviceLogin(), password),
                SourceSettings.at(odoo.url(), WebSocketSettings.besides(odoo.url())),
                origins);
        return Settings.of(
                database,
                new Settings.Browsers("127.0.0.1", port, List.of(), Limits.DEFAULT.connections()),
                new AdminAddress.Socket(adminSocket),
                Optional.empty(),
                LOGGING);
    }

    /** Where to look. */
    String page() {
        return "http://localhost:" + odoo.url().getPort();
    }

    @Override
    public void close() {
        parts.close();
    }
}
