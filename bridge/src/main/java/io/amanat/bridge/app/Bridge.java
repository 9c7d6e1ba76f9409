package io.amanat.bridge.app;

import io.amanat.bridge.admin.AdminServer;
import io.amanat.bridge.admin.Tail;
import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.websocket.Pages;
import io.amanat.bridge.websocket.WebsocketServer;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running bridge: its databases, and what they share: the port of the browsers and the listener of the operators. */
public final class Bridge implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private final Settings settings;
    private final WebsocketServer server;
    private final Parts parts;

    private Bridge(Settings settings, WebsocketServer server, Parts parts) {
        this.settings = settings;
        this.server = server;
        this.parts = parts;
    }

    /**
     * Starts it; any Odoo may be away meanwhile.
     *
     * @param again reads the settings anew, when the operator asks for it
     * @throws RuntimeException with a sentence for the operator, if a port or socket cannot be had
     */
    public static Bridge start(Settings settings, Supplier<Settings> again, InstantSource clock) {
        return start(settings, again, clock, Wiring.pages(settings.browsers()));
    }

    /**
     * Starts it, as above.
     *
     * @param pages that the browsers' port answers besides
     */
    public static Bridge start(Settings settings, Supplier<Settings> again, InstantSource clock, Pages pages) {
        var parts = new Parts();
        try {
            var bridge = new Bridge(settings, start(settings, again, pages, clock, parts), parts);
            LOG.info("browsers connect to {}, operators to {}", bridge.url(), settings.admin());
            return bridge;
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /** Parts are stopped in the opposite order: browsers are told to come back when no others can come in any more. */
    private static WebsocketServer start(
            Settings settings, Supplier<Settings> again, Pages pages, InstantSource clock, Parts parts) {
        var tail = new Tail();
        var databases = new Databases(new Shared(settings.dataDir(), tail, clock));
        var server = parts.keep(WebsocketServer.start(Wiring.port(settings.browsers()), databases, pages));
        parts.keep(databases).become(settings.databases());
        parts.keep(server::shut);
        var reload = new Reload(again, databases, settings);
        var operators = new BridgePages(settings, server.port(), databases, reload, tail);
        parts.keep(AdminServer.start(settings.admin(), operators));
        return server;
    }

    /** Where browsers connect, if there is no proxy in front and only one database. */
    public String url() {
        return "ws://%s:%d/amanat.v1".formatted(settings.browsers().host(), server.port());
    }

    /** The browsers' port in use. */
    public int port() {
        return server.port();
    }

    /** Tells browsers to come back later, and stops everything. */
    @Override
    public void close() {
        LOG.info("stopping");
        parts.close();
        LOG.info("stopped");
    }
}
