package io.amanat.bridge.websocket;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;

/**
 * The browsers' port: {@code /amanat.v1} for websockets and what stands for them, {@code /healthz} for load balancers,
 * {@link Pages} if there are any, and nothing else. Serves all databases.
 */
public final class WebsocketServer implements AutoCloseable {

    private static final int HANDSHAKE_TIMEOUT = 15_000;
    private static final int BACKLOG = 8_192;

    /**
     * What the kernel keeps in each direction for one connection, which it doubles for its own needs. Left to itself it keeps up
     * to megabytes for a client that does not read, and hides for a minute that it does not.
     */
    private static final int KERNEL_BUFFER = 64 * 1024;

    /** Connections that are no websockets yet, beside all those that are. */
    private static final int HANDSHAKES = 1_000;

    private final Server server;
    private final ServerConnector connector;

    private WebsocketServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Opens the port.
     *
     * @throws PortTakenException if it cannot be opened
     */
    public static WebsocketServer start(WebsocketSettings settings, Doors doors) {
        return start(settings, doors, Pages.none());
    }

    /**
     * Opens the port, with pages beside the websockets.
     *
     * @throws PortTakenException if it cannot be opened
     */
    public static WebsocketServer start(WebsocketSettings settings, Doors doors, Pages pages) {
        var threads = new QueuedThreadPool(64, 4);
        threads.setName("amanat-http");
        threads.setDaemon(true);
        var server = new Server(threads);
        var connector = connector(server, settings);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(settings.connections() + HANDSHAKES, connector));
        var seats = new Seats(settings.connections(), Integer.MAX_VALUE);
        var upgrade = new WebSocketUpgradeHandler();
        var paths = new Paths(doors);
        var proxies = new Proxies(settings.proxies());
        upgrade.addMapping(Paths.ROOT + "/*", new Gate(paths, proxies, seats));
        upgrade.setHandler(
                new Handler.Sequence(new StreamGate(paths, proxies, seats), new PageGate(pages), new Health()));
        server.setHandler(upgrade);
        start(server, settings);
        return new WebsocketServer(server, connector);
    }

    private static ServerConnector connector(Server server, WebsocketSettings settings) {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(8 * 1024);
        var connector = new ServerConnector(server, 1, -1, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setAcceptedSendBufferSize(KERNEL_BUFFER);
        connector.setAcceptedReceiveBufferSize(KERNEL_BUFFER);
        connector.setIdleTimeout(HANDSHAKE_TIMEOUT);
        return connector;
    }

    @SuppressWarnings("IllegalCatch")
    private static void start(Server server, WebsocketSettings settings) {
        try {
            server.start();
        } catch (Exception e) {
            throw new PortTakenException(settings.host(), settings.port(), e);
        }
    }

    /** The port in use. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Refuses new connections; those that are open stay. */
    public void shut() {
        connector.close();
    }

    @Override
    public void close() {
        try {
            server.setStopTimeout(TimeUnit.SECONDS.toMillis(2));
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the browsers' port did not close", e);
        }
    }

    /** Says that the process lives; why it might not is for its operators only. */
    private static final class Health extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            boolean found = Request.getPathInContext(request).equals("/healthz");
            response.setStatus(found ? HttpStatus.OK_200 : HttpStatus.NOT_FOUND_404);
            Content.Sink.write(response, true, found ? "ok" : "", callback);
            return true;
        }
    }
}
