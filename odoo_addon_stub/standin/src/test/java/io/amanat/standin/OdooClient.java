package io.amanat.standin;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser without a screen: cookies, JSON-RPC and the websocket. */
final class OdooClient implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI url;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    OdooClient(URI url) {
        this.url = url;
    }

    JsonNode post(String path, Map<String, ?> params) throws Exception {
        var body = JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "id", 1, "params", params));
        var request = HttpRequest.newBuilder(url.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    JsonNode signIn(String login) throws Exception {
        return post("/web/session/authenticate", Map.of("db", "amanat", "login", login, "password", login));
    }

    JsonNode call(String model, String method, List<?> args) throws Exception {
        return post(
                "/web/dataset/call_kw/%s/%s".formatted(model, method),
                Map.of("model", model, "method", method, "args", args, "kwargs", Map.of()));
    }

    /** Every frame of a websocket that subscribed to these channels. */
    Frames subscribe(List<String> channels) throws Exception {
        var frames = new Frames(new LinkedBlockingQueue<>());
        var session = cookies.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .findFirst()
                .orElse("none=0");
        var socket = http.newWebSocketBuilder()
                .header("Origin", url.toString())
                .header("Cookie", session)
                .buildAsync(URI.create(url.toString().replace("http", "ws") + "/websocket?version=19.0-2"), frames)
                .get(30, TimeUnit.SECONDS);
        var subscribe = Map.of("event_name", "subscribe", "data", Map.of("channels", channels, "last", 0));
        var _ = socket.sendText(JSON.writeValueAsString(subscribe), true).get(30, TimeUnit.SECONDS);
        return frames;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** What arrived, the closing included as {@code {"close": code}}. */
    record Frames(BlockingQueue<JsonNode> queue) implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            JSON.readTree(text.toString()).forEach(queue::add);
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            queue.add(JSON.createObjectNode().put("close", code));
            return CompletableFuture.completedStage(null);
        }

        /** The reasons of so many announcements that rights changed, other messages left out. */
        List<String> reasons(int wanted) throws InterruptedException {
            var reasons = new ArrayList<String>();
            while (reasons.size() < wanted) {
                var message = next();
                if (message.isNull()) {
                    return reasons;
                }
                if (message.path("type").asString().equals("rights")) {
                    reasons.add(message.path("reason").asString());
                }
            }
            return reasons;
        }

        /** The payload of the next message. */
        JsonNode next() throws InterruptedException {
            var frame = queue.poll(30, TimeUnit.SECONDS);
            return frame == null ? JSON.nullNode() : frame.path("message").path("payload");
        }
    }
}
