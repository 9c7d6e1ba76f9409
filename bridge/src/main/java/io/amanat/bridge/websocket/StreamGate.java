package io.amanat.bridge.websocket;

import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The way in where a proxy lets no websocket through: one request whose answer stays open, and one for each thing that is said.
 * Decides who may, as {@link Gate} does before an upgrade; cookies are not looked at, so no foreign page can borrow them.
 */
final class StreamGate extends Handler.Abstract {

    private static final Pattern JSON =
            Pattern.compile("application/json(?:\\s*;\\s*charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);
    private static final String BEARER = "Bearer ";
    private static final String KEY = "Amanat-Stream";

    private final Paths paths;
    private final Proxies proxies;
    private final Seats port;
    private final Streams streams = new Streams();

    StreamGate(Paths paths, Proxies proxies, Seats port) {
        this.paths = paths;
        this.proxies = proxies;
        this.port = port;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var streamed = paths.streamed(Request.getPathInContext(request));
        streamed.ifPresent(it -> handle(it, new Exchange(request, response, callback)));
        return streamed.isPresent();
    }

    private void handle(Paths.Streamed streamed, Exchange exchange) {
        var origin = exchange.header(HttpHeader.ORIGIN.asString());
        if (streamed.door().isEmpty()) {
            exchange.answer(HttpStatus.NOT_FOUND_404);
        } else if (!streamed.door().get().admits(origin.orElse(null))) {
            exchange.answer(HttpStatus.FORBIDDEN_403);
        } else {
            origin.ifPresent(exchange::allow);
            admitted(streamed.door().get(), streamed.opens(), origin.isPresent(), exchange);
        }
    }

    private void admitted(Door door, boolean opens, boolean fromPage, Exchange exchange) {
        var token = exchange.header(HttpHeader.AUTHORIZATION.asString())
                .filter(it -> it.startsWith(BEARER))
                .map(it -> it.substring(BEARER.length()).strip());
        if (exchange.is(HttpMethod.OPTIONS)) {
            exchange.allowAll(HttpHeader.AUTHORIZATION + ", " + HttpHeader.CONTENT_TYPE + ", " + KEY);
        } else if (!exchange.is(HttpMethod.POST)) {
            exchange.answer(HttpStatus.METHOD_NOT_ALLOWED_405);
        } else if (!isJson(exchange)) {
            exchange.answer(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415);
        } else if (token.isEmpty()) {
            exchange.answer(HttpStatus.UNAUTHORIZED_401);
        } else if (opens) {
            open(new Ticket(port, door, proxies.client(exchange.request()), fromPage), token.get(), exchange);
        } else {
            send(door, token.get(), exchange);
        }
    }

    private static boolean isJson(Exchange exchange) {
        return exchange.header(HttpHeader.CONTENT_TYPE.asString())
                .filter(it -> JSON.matcher(it.strip()).matches())
                .isPresent();
    }

    /** The place is taken before anything is read: nobody keeps more here than its connections may. */
    private void open(Ticket ticket, String token, Exchange exchange) {
        if (!ticket.enter()) {
            exchange.answer(HttpStatus.TOO_MANY_REQUESTS_429);
            return;
        }
        var limits = ticket.door().limits();
        exchange.body(
                limits.frameBytes(),
                limits.helloTimeout(),
                hello -> new StreamConnection(ticket, exchange, streams, token).open(hello),
                status -> {
                    ticket.leave();
                    exchange.answer(status);
                });
    }

    /** Who does not know the key is told nothing, and nothing of the body is read. */
    private void send(Door door, String token, Exchange exchange) {
        Optional<StreamConnection> stream = exchange.header(KEY).flatMap(key -> streams.find(door, key));
        if (stream.isPresent()) {
            new StreamSend(stream.get(), token, exchange).begin(door.limits());
        } else {
            exchange.answer(HttpStatus.NOT_FOUND_404);
        }
    }
}
