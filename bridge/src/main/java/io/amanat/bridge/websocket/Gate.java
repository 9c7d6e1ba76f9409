package io.amanat.bridge.websocket;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.ExtensionConfig;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;

/** Decides, before a connection becomes a websocket, whether it may: database, origin, subprotocol, number of connections. */
final class Gate extends Configuration.ConfigurationCustomizer implements WebSocketNegotiator {

    /**
     * What Jetty sends in one piece. It would also bound what it accepts, but then data frames could be no larger than what a
     * browser may say; {@link JettyConnection} bounds messages instead, in however many pieces they come.
     */
    private static final long LARGEST_FRAME = 1024 * 1024;

    private static final String FAMILY = "amanat.v";
    private static final String SUBPROTOCOL = FAMILY + "1";

    /** The same for several tabs of one browser. */
    private static final String SHARED = SUBPROTOCOL + ".shared";

    private final Paths paths;
    private final Proxies proxies;
    private final Seats port;

    Gate(Paths paths, Proxies proxies, Seats port) {
        this.paths = paths;
        this.proxies = proxies;
        this.port = port;
        setAutoFragment(true);
        setMaxFrameSize(LARGEST_FRAME);
    }

    @Override
    public @Nullable FrameHandler negotiate(
            ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        var door = paths.door(Request.getPathInContext(request));
        if (door.isEmpty()) {
            return refuse(request, response, callback, HttpStatus.NOT_FOUND_404, "no such database is served here");
        }
        var origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (!door.get().admits(origin)) {
            return refuse(request, response, callback, HttpStatus.FORBIDDEN_403, "this origin may not connect");
        }
        if (offered(request).isEmpty()) {
            return refuse(
                    request, response, callback, HttpStatus.BAD_REQUEST_400, "ask for the subprotocol " + SUBPROTOCOL);
        }
        boolean shared = request.hasSubProtocol(SHARED);
        if (!shared && !request.hasSubProtocol(SUBPROTOCOL)) {
            response.setAcceptedSubProtocol(offered(request).get());
            return new OtherVersion();
        }
        var ticket = new Ticket(port, door.get(), proxies.client(request), origin != null);
        if (!ticket.hasRoom()) {
            return refuse(request, response, callback, HttpStatus.TOO_MANY_REQUESTS_429, "too many connections");
        }
        response.setAcceptedSubProtocol(shared ? SHARED : SUBPROTOCOL);
        response.setExtensions(List.<ExtensionConfig>of());
        return shared ? new SharedSocket(ticket) : new JettyConnection(ticket);
    }

    private static @Nullable FrameHandler refuse(
            ServerUpgradeRequest request,
            ServerUpgradeResponse response,
            Callback callback,
            int status,
            String reason) {
        Response.writeError(request, response, callback, status, reason);
        return null;
    }

    private static Optional<String> offered(ServerUpgradeRequest request) {
        return request.getSubProtocols().stream()
                .filter(name -> name.startsWith(FAMILY))
                .findFirst();
    }
}
