package io.amanat.bridge.websocket;

import io.amanat.bridge.session.SessionSettings;
import io.amanat.bridge.session.Sessions;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.ExtensionConfig;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;

/** Decides, before a connection becomes a websocket, whether it may: origin, subprotocol, number of connections. */
final class Gate extends Configuration.ConfigurationCustomizer implements WebSocketNegotiator {

    /**
     * What Jetty sends in one piece. It would also bound what it accepts, but then data frames could be no larger than what a
     * browser may say; {@link JettyConnection} bounds messages instead, in however many pieces they come.
     */
    private static final long LARGEST_FRAME = 1024 * 1024;

    private static final String FAMILY = "amanat.v";
    private static final String SUBPROTOCOL = FAMILY + "1";

    private final WebsocketSettings settings;
    private final SessionSettings limits;
    private final Sessions sessions;
    private final Addresses addresses;

    Gate(WebsocketSettings settings, SessionSettings limits, Sessions sessions, Addresses addresses) {
        this.settings = settings;
        this.limits = limits;
        this.sessions = sessions;
        this.addresses = addresses;
        setAutoFragment(true);
        setMaxFrameSize(LARGEST_FRAME);
        setIdleTimeout(limits.heartbeat().multipliedBy(4));
    }

    @Override
    public @Nullable FrameHandler negotiate(
            ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        var refusal = refusal(request);
        if (refusal.isPresent()) {
            Response.writeError(
                    request,
                    response,
                    callback,
                    refusal.get().status(),
                    refusal.get().reason());
            return null;
        }
        if (!request.hasSubProtocol(SUBPROTOCOL)) {
            response.setAcceptedSubProtocol(offered(request));
            return new OtherVersion();
        }
        var address = addresses.of(request);
        if (!addresses.hasRoom(address)) {
            Response.writeError(request, response, callback, HttpStatus.TOO_MANY_REQUESTS_429, "too many connections");
            return null;
        }
        response.setAcceptedSubProtocol(SUBPROTOCOL);
        response.setExtensions(List.<ExtensionConfig>of());
        return new JettyConnection(sessions, addresses, address, limits.frameBytes());
    }

    private static String offered(ServerUpgradeRequest request) {
        return request.getSubProtocols().stream()
                .filter(name -> name.startsWith(FAMILY))
                .findFirst()
                .orElse(SUBPROTOCOL);
    }

    private record Refusal(int status, String reason) {}

    private Optional<Refusal> refusal(ServerUpgradeRequest request) {
        if (!knownOrigin(request.getHeaders().get(HttpHeader.ORIGIN))) {
            return Optional.of(new Refusal(HttpStatus.FORBIDDEN_403, "this origin may not connect"));
        }
        return request.getSubProtocols().stream().anyMatch(name -> name.startsWith(FAMILY))
                ? Optional.empty()
                : Optional.of(new Refusal(HttpStatus.BAD_REQUEST_400, "ask for the subprotocol " + SUBPROTOCOL));
    }

    private boolean knownOrigin(@Nullable String origin) {
        return origin == null ? settings.withoutOrigin() : settings.origins().contains(origin);
    }
}
