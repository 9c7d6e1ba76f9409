package io.amanat.standin.http;

import io.amanat.standin.addon.BridgeModel;
import io.amanat.standin.addon.Faults;
import io.amanat.standin.addon.Tokens;
import io.amanat.standin.bus.Bus;
import io.amanat.standin.bus.SocketHub;
import io.amanat.standin.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** The HTTP server on loopback. */
public final class Wire implements AutoCloseable {

    private static final long MAX_MESSAGE = 1 << 20;

    private final Server server = new Server();
    private final ServerConnector connector;
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("standin-http-", 0).factory());

    private Wire(int port) {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
    }

    /**
     * Opens the port and serves.
     *
     * @param port 0: any free one
     * @param bridgeUrl what browsers are told; empty while that is not known
     * @throws UncheckedIOException if the port is taken
     */
    public static Wire open(
            int port,
            Database database,
            Bus bus,
            SocketHub hub,
            Tokens tokens,
            Faults faults,
            Supplier<Optional<String>> bridgeUrl) {
        var wire = new Wire(port);
        var container = ServerWebSocketContainer.ensure(wire.server);
        container.setMaxTextMessageSize(MAX_MESSAGE);
        container.setIdleTimeout(Duration.ZERO);
        var sessions = new LoginSessions(database, tokens);
        var methods = new Methods(database, new BridgeModel(tokens, faults), faults);
        wire.server.setHandler(new Router(
                new JsonRoutes(database, sessions, methods, bus, tokens, bridgeUrl),
                new XmlRoutes(database, methods),
                new WebsocketRoute(container, hub, sessions),
                new Page(bridgeUrl),
                bridgeUrl,
                wire.executor));
        wire.start(port);
        return wire;
    }

    private void start(int port) {
        try {
            server.start();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("port %d of 127.0.0.1 is taken; choose another".formatted(port), e);
        } catch (Exception e) {
            close();
            throw new IllegalStateException("the stand-in's HTTP server does not start", e);
        }
    }

    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the stand-in's HTTP server does not stop", e);
        } finally {
            executor.close();
        }
    }
}
