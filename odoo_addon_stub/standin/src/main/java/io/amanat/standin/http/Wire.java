package io.amanat.standin.http;

import io.amanat.standin.addon.BridgeModel;
import io.amanat.standin.addon.BusAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    private final Server server = new Server();
    private final ServerConnector connector;
    private Optional<Socket> kept = Optional.empty();
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
        wire.start(port);
        return wire;
    }

    /** Closes the port and all connections until {@link #resume}; no other process gets the port meanwhile. */
    public void pause() {
        connector.setPort(connector.getLocalPort());
        try {
            connector.stop();
            kept = Optional.of(keep(connector.getPort()));
        } catch (Exception e) {
            throw new IllegalStateException("the stand-in's port cannot be closed", e);
        }
    }

    /** A socket that has the port but does not listen: whoever connects is refused. */
    private static Socket keep(int port) throws IOException {
        var socket = new Socket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private void giveBack() throws IOException {
        if (kept.isPresent()) {
            kept.get().close();
            kept = Optional.empty();
        }
    }

    /** Opens the same port again. */
    public void resume() {
        try {
            connector.start();
            giveBack();
        } catch (Exception e) {
            throw new IllegalStateException("the stand-in's port cannot be opened again", e);
        }
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
            giveBack();
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the stand-in's HTTP server does not stop", e);
        } finally {
            executor.shutdownNow();
            executor.close();
        }
    }
}
