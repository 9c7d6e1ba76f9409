package io.amanat.e2e.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One browser without a screen: a cookie, JSON-RPC and the bus. Answers come as they are, errors included. */
final class Client implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.shared();

    private static final String COOKIE = "session_id=";

    private final Target target;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<WebSocket> sockets = new ArrayList<>();
    private String session = "";
    private String origin = "";

    Client(Target target) {
        this.target = target;
    }

    Client signIn(String login) {
        var answer = authenticate(target.database(), login, target.password(login));
        if (answer.has("error")) {
            throw new AssertionError(login + " cannot sign in: " + errorName(answer));
        }
        return this;
    }

    JsonNode authenticate(String database, String login, String password) {
        return post("/web/session/authenticate", Map.of("db", database, "login", login, "password", password));
    }

    /** Names the tab that this client's calls come from. */
    Client from(String tab) {
        origin = tab;
        return this;
    }

    Client withSession(String id) {
        session = id;
        return this;
    }

    String session() {
        return session;
    }

    /** The whole answer to a JSON-RPC request. */
    JsonNode post(String path, Map<String, ?> params) {
        return JSON.readTree(send(path, params).body());
    }

    HttpResponse<String> send(String path, Map<String, ?> params) {
        var body = JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "id", 1, "method", "call", "params", params));
        var request = HttpRequest.newBuilder(target.url().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!session.isEmpty()) {
            request.header("Cookie", COOKIE + session);
        }
        if (!origin.isEmpty()) {
            request.header("X-Amanat-Origin", origin);
        }
        var response = exchange(request.build());
        response.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(COOKIE))
                .forEach(cookie -> session = cookie.substring(COOKIE.length(), cookie.indexOf(';')));
        return response;
    }

    /** Opens an address, without following where it leads. */
    HttpResponse<String> get(String path) {
        var request = HttpRequest.newBuilder(target.url().resolve(path));
        if (!session.isEmpty()) {
            request.header("Cookie", COOKIE + session);
        }
        return exchange(request.build());
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot reach " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling " + request.uri(), e);
        }
    }

    /** The whole answer to a call of a model's method. */
    JsonNode ask(String model, String method, List<?> args, Map<String, ?> context) {
        var params = new HashMap<String, Object>();
        params.put("model", model);
        params.put("method", method);
        params.put("args", args);
        params.put("kwargs", context.isEmpty() ? Map.of() : Map.of("context", context));
        return post("/web/dataset/call_kw/%s/%s".formatted(model, method), params);
    }

    /** The result of a call that must succeed. */
    JsonNode call(String model, String method, Object... args) {
        return callIn(Map.of(), model, method, args);
    }

    JsonNode callIn(Map<String, ?> context, String model, String method, Object... args) {
        var answer = ask(model, method, List.of(args), context);
        if (answer.has("error")) {
            throw new AssertionError("%s.%s: %s"
                    .formatted(model, method, answer.path("error").path("data").path("message")));
        }
        return answer.path("result");
    }

    int create(String model, Map<String, ?> values) {
        return call(model, "create", List.of(values)).path(0).asInt();
    }

    void write(String model, int id, Map<String, ?> values) {
        call(model, "write", List.of(id), values);
    }

    JsonNode peek(List<String> channels) {
        return post("/websocket/peek_notifications", Map.of("channels", channels, "last", 0, "is_first_poll", true));
    }

    /** A websocket that has subscribed to these channels. */
    Frames listen(String... channels) {
        var frames = open(Map.of());
        frames.subscribe(List.of(channels), 0);
        return frames;
    }

    /** A websocket as a browser of this Odoo opens it, with these headers besides. */
    Frames open(Map<String, String> headers) {
        return open("19.0-2", headers);
    }

    Frames open(String version, Map<String, String> headers) {
        var builder = http.newWebSocketBuilder();
        headers.forEach(builder::header);
        if (!headers.containsKey("No-Origin")) {
            builder.header("Origin", target.url().toString());
        }
        if (!session.isEmpty()) {
            builder.header("Cookie", COOKIE + session);
        }
        var frames = new Frames();
        var socket = await(builder.buildAsync(URI.create(target.websocket() + "?version=" + version), frames));
        sockets.add(socket);
        return frames.on(socket);
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no websocket within 10 s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static String errorName(JsonNode answer) {
        return answer.path("error").path("data").path("name").asString("");
    }

    @Override
    public void close() {
        sockets.forEach(WebSocket::abort);
        http.shutdownNow();
    }
}
