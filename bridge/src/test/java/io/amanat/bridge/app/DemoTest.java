package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void thePageIsServedAndToldWhereTheBridgeIs() throws IOException, InterruptedException {
        try (var demo = Demo.start(0, 0, folder.resolve("admin.sock"))) {
            var page = get(demo.page().replace("localhost", "127.0.0.1"));

            assertThat(page).contains("Amanat Realtime");
        }
    }

    @Test
    void aTakenPortOfTheBridgeIsReplacedByAFreeOne() throws IOException, InterruptedException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var demo = Demo.start(0, other.getLocalPort(), folder.resolve("admin.sock"))) {
            assertThat(get(demo.page().replace("localhost", "127.0.0.1"))).contains("Amanat Realtime");
        }
    }

    @Test
    void aTakenPortOfThePageIsSaidWithTheOptionToChangeIt() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var err = new java.io.StringWriter();

            int code = Main.commandLine()
                    .setErr(new java.io.PrintWriter(err, true))
                    .execute("demo", "--port", String.valueOf(other.getLocalPort()));

            assertThat(code).isEqualTo(1);
            assertThat(err)
                    .hasToString("amanat: port %d is taken; end what uses it, or choose another one with --port%n"
                            .formatted(other.getLocalPort()));
        }
    }

    @Test
    void thePlanBoardIsServedAndItsPeopleComeInWithTheirTokens() throws Exception {
        try (var demo = Demo.start(0, 0, folder.resolve("admin.sock"))) {
            assertThat(demo.hasBoard()).as(demo.board()).isTrue();
            var board = demo.board().replace("localhost", "127.0.0.1");
            assertThat(get(board)).contains("board.js");
            var config = JsonMapper.shared().readTree(get(board + "config.json"));
            var people = JsonMapper.shared().readTree(get(board + "people.json"));
            var dilnoza = people.get(0);
            assertThat(dilnoza.path("name").stringValue()).isEqualTo("Dilnoza Karimova");

            var hello = "{\"type\":\"hello\",\"token\":\"%s\",\"origin\":\"%s\"}"
                    .formatted(dilnoza.path("token").stringValue(), "0".repeat(32));
            var welcome = answer(URI.create(board).resolve(config.path("bridge").stringValue()), hello);

            assertThat(welcome.path("type").stringValue()).isEqualTo("welcome");
            assertThat(welcome.path("user").path("id")).isEqualTo(dilnoza.path("id"));
        }
    }

    private static JsonNode answer(URI page, String frame) throws Exception {
        var answer = new CompletableFuture<String>();
        var listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                answer.complete(text.toString());
                return WebSocket.Listener.super.onText(socket, text, last);
            }
        };
        try (var http = HttpClient.newHttpClient()) {
            var socket = http.newWebSocketBuilder()
                    .header("Origin", "http://127.0.0.1:" + page.getPort())
                    .subprotocols("amanat.v1")
                    .buildAsync(URI.create(page.toString().replace("http:", "ws:")), listener)
                    .get();
            socket.sendText(frame, true).get();
            var first = JsonMapper.shared().readTree(answer.get(30, TimeUnit.SECONDS));
            socket.abort();
            return first;
        }
    }

    private static String get(String url) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
