package io.amanat.connector.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An Odoo 14 reduced to its login and its long polling, that a test can make misbehave. */
final class FakeLongPolling implements AutoCloseable {

    private static final String PRIVATE = "['amanat', 'res.groups', 14, 'realtime_updates']";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final List<ObjectNode> rows = new ArrayList<>();
    private final Set<String> sessions = new HashSet<>();
    private Optional<Misbehaviour> misbehaviour = Optional.empty();
    private boolean isServiceUser = true;
    private int logins;
    private int wakeUps;
    private int waiting;

    record Misbehaviour(int status, String type, String body) {}

    FakeLongPolling() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    OdooSettings odoo() {
        return OdooSettings.of(url(), "amanat", "bridge", new Secret("swordfish"));
    }

    /** Commits a message, on the private channel, and wakes whoever waits. */
    synchronized void send(String message) {
        add(message, PRIVATE);
    }

    synchronized void sendPlain(long id, String payload) {
        add("{'id': %d, 'message': %s}".formatted(id, payload), "'realtime_updates'");
    }

    private void add(String message, String channel) {
        var row = (ObjectNode) Samples.json(message);
        row.set("channel", Samples.json(channel));
        rows.add(row);
        wake();
    }

    synchronized void wake() {
        wakeUps++;
        notifyAll();
    }

    /** Ends all login sessions, as Odoo does when the password changes or their files are deleted. */
    synchronized void forgetSessions() {
        sessions.clear();
        wake();
    }

    synchronized void serve(boolean theServiceUser) {
        isServiceUser = theServiceUser;
    }

    synchronized void misbehave(int status, String type, String body) {
        misbehaviour = Optional.of(new Misbehaviour(status, type, body));
        wake();
    }

    synchronized void behave() {
        misbehaviour = Optional.empty();
    }

    synchronized int logins() {
        return logins;
    }

    /** How many questions wait for a message now. */
    synchronized int waiting() {
        return waiting;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
            var cookie = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Cookie"))
                    .orElse("");
            switch (exchange.getRequestURI().getPath()) {
                case "/web/session/authenticate" -> respond(exchange, signIn(exchange));
                case "/web/session/get_session_info" -> respond(exchange, info(cookie));
                case "/longpolling/poll" -> respond(exchange, poll(cookie, body.path("params")));
                default -> throw new AssertionError(exchange.getRequestURI());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void respond(HttpExchange exchange, Misbehaviour answer) throws IOException {
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Misbehaviour ok(String body) {
        return new Misbehaviour(200, "application/json", body);
    }

    private synchronized Misbehaviour signIn(HttpExchange exchange) {
        var session = "session_id=login" + ++logins;
        sessions.add(session);
        exchange.getResponseHeaders().add("Set-Cookie", session + "; Path=/");
        return info(session);
    }

    private synchronized Misbehaviour info(String cookie) {
        return ok(
                sessions.contains(cookie)
                        ? "{\"result\": {\"uid\": 9, \"server_version\": \"14.0\"}}"
                        : "{\"error\": {\"code\": 100, \"message\": \"Odoo Session Expired\"}}");
    }

    /** Whoever has no login session is the public, and is answered all the same. */
    private synchronized Misbehaviour poll(String cookie, JsonNode params) throws InterruptedException {
        if (misbehaviour.isPresent()) {
            return misbehaviour.get();
        }
        ArrayNode channels = params.path("channels").deepCopy().asArray();
        if (sessions.contains(cookie) && isServiceUser) {
            channels.add(Samples.json(PRIVATE));
        }
        long last = params.path("last").asLong();
        if (params.path("options").path("peek").asBoolean(false)) {
            return ok("{\"result\": {\"channels\": %s, \"notifications\": %s}}"
                    .formatted(channels, after(last, channels)));
        }
        int woken = wakeUps;
        waiting++;
        while (after(last, channels).isEmpty() && woken == wakeUps) {
            wait();
        }
        waiting--;
        return misbehaviour.orElseGet(() -> ok("{\"result\": %s}".formatted(after(last, channels))));
    }

    private ArrayNode after(long id, JsonNode channels) {
        var found = JsonMapper.shared().createArrayNode();
        rows.stream()
                .filter(row -> row.path("id").asLong() > id)
                .filter(row -> channels.valueStream().anyMatch(row.path("channel")::equals))
                .forEach(found::add);
        return found;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
