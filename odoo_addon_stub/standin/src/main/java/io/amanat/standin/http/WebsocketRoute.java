package io.amanat.standin.http;

import io.amanat.standin.addon.Channels;
import io.amanat.standin.bus.BusSocket;
import io.amanat.standin.bus.Channel;
import io.amanat.standin.bus.SocketHub;
import io.amanat.standin.bus.Visitor;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** The upgrade at {@code /websocket}. */
final class WebsocketRoute {

    private static final Pattern BROWSER = Pattern.compile("(?i)mozilla|chrome|firefox|safari|opera|edge");

    private final ServerWebSocketContainer container;
    private final SocketHub hub;
    private final LoginSessions sessions;
    private final Parts parts;

    WebsocketRoute(ServerWebSocketContainer container, LoginSessions sessions, Parts parts) {
        this.container = container;
        this.hub = parts.hub();
        this.sessions = sessions;
        this.parts = parts;
    }

    boolean serves(String path) {
        return path.equals("/websocket") && !parts.polled();
    }

    void serve(Exchange exchange) {
        if (parts.withoutBus().getAsBoolean()) {
            exchange.answer(500, "text/html; charset=utf-8", "<h1>Internal Server Error</h1>");
            return;
        }
        for (var header : List.of(
                HttpHeader.UPGRADE,
                HttpHeader.SEC_WEBSOCKET_KEY,
                HttpHeader.SEC_WEBSOCKET_VERSION,
                HttpHeader.ORIGIN)) {
            if (exchange.header(header.asString()).isEmpty()) {
                badRequest(exchange, header.lowerCaseName());
                return;
            }
        }
        LoginSession session = session(exchange);
        boolean upgraded = container.upgrade(
                (_, _, _) -> hub.open(visitor(session), outdated(exchange)),
                exchange.request(),
                exchange.response(),
                exchange.callback());
        if (!upgraded) {
            exchange.answer(400, "text/html; charset=utf-8", "Invalid upgrade");
        }
    }

    private static void badRequest(Exchange exchange, String header) {
        exchange.answer(400, "text/html; charset=utf-8", "<p>Empty or missing header(s): %s</p>".formatted(header));
    }

    /** Only browsers, which name themselves, are asked for their version. */
    private static boolean outdated(Exchange exchange) {
        String version = Request.extractQueryParameters(exchange.request()).getValue("version");
        boolean browser = exchange.header("User-Agent")
                .filter(name -> BROWSER.matcher(name).find())
                .isPresent();
        return browser && !BusSocket.VERSION.equals(version);
    }

    private LoginSession session(Exchange exchange) {
        return sessions.find(exchange.cookie("session_id")).orElseGet(() -> {
            var opened = sessions.open(null);
            exchange.setSessionCookie(opened);
            return opened;
        });
    }

    private Visitor visitor(LoginSession session) {
        return new Visitor() {
            @Override
            public boolean signedIn() {
                return sessions.find(session.id()).isPresent();
            }

            @Override
            public Collection<Channel> channels(List<String> names) {
                return Channels.of(sessions.user(session), names);
            }
        };
    }
}
