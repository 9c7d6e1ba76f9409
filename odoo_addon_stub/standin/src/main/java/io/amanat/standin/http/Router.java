package io.amanat.standin.http;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who answers a request. Requests that name another host are refused, so no web site reaches it by a name of its own. */
final class Router extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final Pattern PANE = Pattern.compile("(/demo/[a-z0-9_]+)(/.*)");
    private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost");

    private final JsonRoutes json;
    private final Optional<Json2Routes> json2;
    private final XmlRoutes xml;
    private final WebsocketRoute websocket;
    private final Page page;
    private final Supplier<Optional<String>> bridgeUrl;
    private final Executor executor;

    Router(
            JsonRoutes json,
            Optional<Json2Routes> json2,
            XmlRoutes xml,
            WebsocketRoute websocket,
            Page page,
            Supplier<Optional<String>> bridgeUrl,
            Executor executor) {
        this.json = json;
        this.json2 = json2;
        this.xml = xml;
        this.websocket = websocket;
        this.page = page;
        this.bridgeUrl = bridgeUrl;
        this.executor = executor;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var exchange = exchange(request, response, callback);
        if (websocket.serves(exchange.path()) && local(request)) {
            websocket.serve(exchange);
        } else {
            executor.execute(() -> answer(exchange));
        }
        return true;
    }

    private void answer(Exchange exchange) {
        try {
            if (!local(exchange.request())) {
                exchange.answer(403, "text/plain; charset=utf-8", "open this page at localhost or 127.0.0.1\n");
            } else {
                route(exchange);
            }
        } catch (RuntimeException e) {
            LOG.warn("could not answer {}: {}", exchange.path(), e.toString());
            Response.writeError(exchange.request(), exchange.response(), exchange.callback(), e);
        }
    }

    private void route(Exchange exchange) {
        boolean post = exchange.request().getMethod().equals("POST");
        String path = exchange.path();
        if (!exchange.prefix().isEmpty() && bridgeUrl.get().isEmpty()) {
            exchange.later("the demonstration is starting\n");
        } else if (json.logsOut(path)) {
            json.logOut(exchange);
        } else if (json.serves(path) && post) {
            json.serve(exchange);
        } else if (json2.filter(routes -> routes.serves(path)).isPresent()) {
            json2.get().serve(exchange);
        } else if (xml.serves(path) && post) {
            xml.serve(exchange);
        } else if (path.equals("/websocket/health")) {
            exchange.answer(200, "application/json", "{\"status\": \"pass\"}");
        } else if (!post && page.serve(exchange)) {
            LOG.trace("served {}", path);
        } else {
            exchange.answer(404, "text/html; charset=utf-8", "<h1>Not Found</h1>");
        }
    }

    private static boolean local(Request request) {
        return HOSTS.contains(Request.getServerName(request));
    }

    private static Exchange exchange(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        var pane = PANE.matcher(path);
        return pane.matches()
                ? new Exchange(request, response, callback, pane.group(2), pane.group(1))
                : new Exchange(request, response, callback, path, "");
    }
}
