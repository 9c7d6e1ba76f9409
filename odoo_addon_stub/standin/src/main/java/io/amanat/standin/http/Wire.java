package io.amanat.standin.http;

import io.amanat.standin.addon.BridgeModel;
import io.amanat.standin.addon.BusAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** The HTTP server on loopback. */
public final class Wire implements AutoCloseable {

    private static final long MAX_MESSAGE = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Server server = new Server();
    private final ServerConnector connector;
    /** Has the port as long as the stand-in lives, and does not listen: while the server is away, whoever connects is refused. */
    private final Socket kept;

    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("standin-http-", 0).factory());

    private Wire(int port) {
        kept = keep(port);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(kept.getLocalPort());
        server.addConnector(connector);
    }

    /**
     * Opens the port and serves.
     *
     * @param port 0: any free one
     * @throws UncheckedIOException if the port is taken
     */
    public static Wire open(int port, Parts parts) {
        var wire = new Wire(port);
        var container = ServerWebSocketContainer.ensure(wire.server);
        container.setMaxTextMessageSize(MAX_MESSAGE);
        container.setIdleTimeout(Duration.ZERO);
        var sessions = new LoginSessions(parts.database(), parts.tokens());
        var bridge = new BridgeModel(parts.tokens(), parts.faults(), new BusAnswer(parts.bus(), parts.database()));
        var methods = new Methods(parts.database(), bridge, parts.faults());
        wire.server.setHandler(new Router(
                new JsonRoutes(parts, sessions, methods),
                parts.polled()
                        ? Optional.empty()
                        : Optional.of(new Json2Routes(parts.database(), methods, parts.keys())),
                new XmlRoutes(parts, methods),
                new WebsocketRoute(container, sessions, parts),
                new Page(parts.bridgeUrl()),
                parts.bridgeUrl(),
                wire.executor));
        wire.start();
        return wire;
    }

    /** Closes all connections and refuses new ones until {@link #resume}; no other process gets the port meanwhile. */
    public void pause() {
        try {
            connector.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the stand-in's port cannot be closed", e);
        }
        awaitRefusal();
    }

    /** The system stops listening a moment after the server did. */
    private void awaitRefusal() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (accepts()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the stand-in's port stays open");
            }
        }
    }

    private boolean accepts() {
        try (var visitor = new Socket()) {
            visitor.connect(kept.getLocalSocketAddress(), (int) PATIENCE.toMillis());
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket keep(int port) {
        try {
            var socket = new Socket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw taken(port, e);
        }
    }

    private static UncheckedIOException taken(int port, IOException cause) {
        return new UncheckedIOException("port %d of 127.0.0.1 is taken; choose another".formatted(port), cause);
    }

    /** Opens the same port again. */
    public void resume() {
        try {
            connector.start();
        } catch (Exception e) {
            throw new IllegalStateException("the stand-in's port cannot be opened again", e);
        }
    }

    private void start() {
        try {
            server.start();
        } catch (IOException e) {
            close();
            throw taken(kept.getLocalPort(), e);
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
            kept.close();
        } catch (Exception e) {
            throw new IllegalStateException("the stand-in's HTTP server does not stop", e);
        } finally {
            executor.shutdownNow();
            executor.close();
        }
    }
}
