package io.amanat.bridge.app;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.app.settings.DatabaseSettings;
import io.amanat.bridge.app.settings.Limits;
import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.app.settings.SourceSettings;
import io.amanat.bridge.app.settings.TenantSettings;
import io.amanat.bridge.websocket.Pages;
import io.amanat.bridge.websocket.PortTakenException;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.WebSocketSettings;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The whole way of a change on one machine without Odoo: the stand-in for Odoo, a bridge, and a page with two users' lists; and
 * the plan board on a PostgreSQL of its own, where that can be started.
 */
final class Demo implements AutoCloseable {

    /** Quiet, so that the addresses of the pages stay in sight. */
    static final Settings.Logging LOGGING =
            new Settings.Logging(Settings.Logging.Level.WARN, Settings.Logging.Format.TEXT);

    private final StandInOdoo odoo;
    private final Bridge bridge;
    private final DemoBoard.Start board;
    private final Parts parts;

    private Demo(StandInOdoo odoo, Bridge bridge, DemoBoard.Start board, Parts parts) {
        this.odoo = odoo;
        this.bridge = bridge;
        this.board = board;
        this.parts = parts;
    }

    /**
     * Starts it.
     *
     * @param port of the page
     * @param bridgePort of the page's websockets and of the plan board; if it is taken, any free one
     * @throws java.io.UncheckedIOException if the port of the page is taken
     */
    static Demo start(int port, int bridgePort, Path adminSocket) {
        var parts = new Parts();
        try {
            var odoo = parts.keep(StandInOdoo.start(StandInSettings.onPort(port)));
            var board = DemoBoard.start(InstantSource.system());
            if (board instanceof DemoBoard.Start.Running(DemoBoard running)) {
                parts.keep(running);
            }
            var bridge = parts.keep(bridge(odoo, board, bridgePort, adminSocket));
            odoo.bridgeUrl(bridge.url() + "/" + Settings.ONLY);
            return new Demo(odoo, bridge, board, parts);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static Bridge bridge(StandInOdoo odoo, DemoBoard.Start board, int port, Path adminSocket) {
        if (port > 0) {
            try {
                return bridge(settings(odoo, board, port, adminSocket), board);
            } catch (PortTakenException _) {
                return bridge(odoo, board, 0, adminSocket);
            }
        }
        return bridge(settings(odoo, board, freePort(), adminSocket), board);
    }

    /** The board's page is believed by the port it comes from: that must be known before it is opened. */
    private static int freePort() {
        try (var any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free", e);
        }
    }

    private static Bridge bridge(Settings settings, DemoBoard.Start board) {
        var pages = board instanceof DemoBoard.Start.Running(DemoBoard running) ? running.pages() : Pages.none();
        return Bridge.start(settings, () -> settings, InstantSource.system(), pages);
    }

    static Settings settings(StandInOdoo odoo, DemoBoard.Start board, int port, Path adminSocket) {
        var databases = new LinkedHashMap<String, TenantSettings>();
        databases.put(Settings.ONLY, odoo(odoo));
        if (board instanceof DemoBoard.Start.Running(DemoBoard running)) {
            databases.put(DemoBoard.NAME, running.settings(onThisMachine(port)));
        }
        return new Settings(
                databases,
                new Settings.Browsers("127.0.0.1", port, List.of(), Limits.DEFAULT.connections()),
                new AdminAddress.Socket(adminSocket),
                Optional.empty(),
                LOGGING);
    }

    private static DatabaseSettings odoo(StandInOdoo odoo) {
        var password = new Secret(odoo.serviceLogin());
        return DatabaseSettings.of(
                OdooSettings.of(odoo.url(), odoo.database(), odoo.serviceLogin(), password),
                SourceSettings.at(odoo.url(), WebSocketSettings.besides(odoo.url())),
                onThisMachine(odoo.url().getPort()));
    }

    private static List<String> onThisMachine(int port) {
        return List.of("http://localhost:" + port, "http://127.0.0.1:" + port);
    }

    /** Where the plan board is, or why there is none. */
    String board() {
        return switch (board) {
            case DemoBoard.Start.Running _ -> "http://localhost:" + bridge.port() + Pages.BOARD;
            case DemoBoard.Start.Without(String why) -> why;
        };
    }

    /** Whether there is a plan board. */
    boolean hasBoard() {
        return board instanceof DemoBoard.Start.Running;
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
