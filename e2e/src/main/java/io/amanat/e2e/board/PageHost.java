package io.amanat.e2e.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.websocket.Pages;
import io.amanat.e2e.rls.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** Serves the files of the plan board as the bridge has them, and says who looks at it: an office's own web server. */
public final class PageHost implements AutoCloseable {

    private static final int MISSING = 404;
    private static final int FOUND = 200;

    private final HttpServer server;
    private final Claims viewer;
    private volatile URI bridge = URI.create("ws://127.0.0.1");

    private PageHost(HttpServer server, Claims viewer) {
        this.server = server;
        this.viewer = viewer;
    }

    /** Starts it for one who looks at the board. */
    public static PageHost start(Claims viewer) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var host = new PageHost(server, viewer);
        server.createContext(Pages.BOARD, host::answer);
        server.start();
        return host;
    }

    /** As browsers name it. */
    public String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Where the page is, for its viewer. */
    public String page() {
        return origin() + Pages.BOARD + "?as=" + viewer.subject();
    }

    /** Where the page's WebSocket leads to. */
    public void bridge(URI url) {
        bridge = url;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var name = exchange.getRequestURI().getPath().substring(Pages.BOARD.length());
            switch (name) {
                case "config.json" ->
                    send(
                            exchange,
                            "application/json",
                            "{\"bridge\":\"%s\",\"people\":\"/board/people.json\"}"
                                    .formatted(bridge.toString().replaceFirst("^ws", "http"))
                                    .getBytes(UTF_8));
                case "people.json" -> send(exchange, "application/json", people().getBytes(UTF_8));
                case "" -> file(exchange, "index.html");
                default -> file(exchange, name);
            }
        }
    }

    private String people() {
        return """
                [{"id":"%s","name":"Somebody","branch":"Branch 0","token":"%s","expires_in":%d}]""".formatted(viewer.subject(), new Tokens().of(viewer), Tokens.LIFE_SECONDS);
    }

    private static void file(HttpExchange exchange, String name) throws IOException {
        try (InputStream file = Pages.class.getResourceAsStream("board/" + name)) {
            if (file == null) {
                exchange.sendResponseHeaders(MISSING, -1);
            } else {
                send(exchange, type(name), file.readAllBytes());
            }
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            default -> "application/json";
        };
    }

    private static void send(HttpExchange exchange, String type, byte[] content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(FOUND, content.length);
        exchange.getResponseBody().write(content);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
