package io.amanat.bridge.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The board's files as a browser gets them. */
class PagesTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final WebsocketServer server =
            serving(Pages.board(Map.of("config.json", () -> "{\"n\":" + asked.incrementAndGet() + "}")));
    private final HttpClient browser = HttpClient.newHttpClient();

    private static WebsocketServer serving(Pages pages) {
        return WebsocketServer.start(WebsocketSettings.of("127.0.0.1", 0), _ -> Optional.empty(), pages);
    }

    @AfterEach
    void close() {
        browser.close();
        server.close();
    }

    @Test
    void thePageAndWhatItNeedsCome() throws Exception {
        assertThat(get("/board/").headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(get("/board/board.css").headers().firstValue("Content-Type")).hasValue("text/css; charset=utf-8");
        assertThat(get("/board/board.js").headers().firstValue("Content-Type"))
                .hasValue("text/javascript; charset=utf-8");
        assertThat(get("/board").headers().firstValue("Location")).hasValue("/board/");
    }

    @Test
    void noScriptButItsOwnRuns() throws Exception {
        for (var path : new String[] {"/board/", "/board/board.js", "/board/sw.js", "/board/config.json"}) {
            var headers = get(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'", "worker-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "*");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
        assertThat(get("/board/").body()).doesNotContain("<script>", "style=", "onload=");
    }

    @Test
    void whatThePageNamesByItsHashIsKeptForeverAndNothingElse() throws Exception {
        var named = Pattern.compile("board\\.(js|css)\\?v=[0-9a-f]+")
                .matcher(get("/board/").body());
        assertThat(named.results().map(it -> it.group()).toList())
                .hasSize(2)
                .allSatisfy(it -> assertThat(keeping("/board/" + it)).contains("immutable"));
        assertThat(keeping("/board/")).isEqualTo("no-cache");
        assertThat(keeping("/board/board.js?v=0")).isEqualTo("no-cache");
        assertThat(keeping("/board/config.json")).isEqualTo("no-store");
    }

    @Test
    void theWorkerThatKeepsThePageIsOfThatVersionAndIsLookedForAnewEachTime() throws Exception {
        var worker = get("/board/sw.js");
        assertThat(worker.headers().firstValue("Content-Type")).hasValue("text/javascript; charset=utf-8");
        assertThat(keeping("/board/sw.js")).isEqualTo("no-cache");

        var files = new HashMap<String, String>();
        Pattern.compile("\\{\"address\":\"([^\"]*)\",\"hash\":\"([0-9a-f]+)\"}")
                .matcher(worker.body())
                .results()
                .forEach(it -> files.put(it.group(1), it.group(2)));
        assertThat(files).hasSize(3);
        for (var file : files.entrySet()) {
            assertThat(get("/board/" + file.getKey()).headers().firstValue("ETag"))
                    .as(file.getKey())
                    .hasValue("\"" + file.getValue() + "\"");
        }
    }

    @Test
    void aDocumentIsAskedForAnewEachTime() throws Exception {
        assertThat(get("/board/config.json").body()).isEqualTo("{\"n\":1}");
        assertThat(get("/board/config.json").body()).isEqualTo("{\"n\":2}");
    }

    @Test
    void whatTheBrowserHasIsNotSentAgain() throws Exception {
        var tag = get("/board/board.js").headers().firstValue("ETag").orElseThrow();
        var again = send(request("/board/board.js").header("If-None-Match", tag));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void whoCanUnpackGetsLess() throws Exception {
        var request =
                request("/board/board.js").header("Accept-Encoding", "gzip").build();
        var packed = browser.send(request, BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(get("/board/board.js").body());
        }
    }

    @Test
    void nothingElseIsThere() throws Exception {
        for (var path : new String[] {
            "/board/people.json", "/board/main.js", "/board/../PagesTest.class", "/board/%2e%2e/package-info.class", "/"
        }) {
            assertThat(get(path).statusCode()).as(path).isIn(400, 404);
        }
        assertThat(send(request("/board/").POST(BodyPublishers.noBody())).statusCode())
                .isEqualTo(405);
        try (var bare = serving(Pages.none())) {
            var address = URI.create("http://127.0.0.1:" + bare.port() + "/board/");
            assertThat(browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aNameThatWasMadeToLeadHereGetsNothingOfAMachinesOwnPages() throws Exception {
        try (var here = serving(Pages.board(Map.of("people.json", () -> "[]")).onThisMachine())) {
            for (var name : List.of("localhost", "LocalHost", "127.0.0.1", "[::1]", "localhost:" + here.port())) {
                assertThat(asked(here, "Host: " + name)).as(name).startsWith("HTTP/1.1 200");
            }
            for (var name :
                    List.of("evil.example", "evil.example:" + here.port(), "localhost.evil.example", "127.0.0.2")) {
                assertThat(asked(here, "Host: " + name)).as(name).startsWith("HTTP/1.1 404");
            }
            assertThat(asked(here, "Host:")).startsWith("HTTP/1.1 4");
            assertThat(asked(here, "Host: localhost\r\nHost: evil.example")).startsWith("HTTP/1.1 400");
            assertThat(asked(here, "Host: evil.example\r\nX-Forwarded-Host: localhost"))
                    .startsWith("HTTP/1.1 404");
        }
        assertThat(asked(server, "Host: board.example")).startsWith("HTTP/1.1 200");
    }

    /** What is said to a browser that asks by this name. */
    private static String asked(WebsocketServer server, String host) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var path = host.contains("board.example") ? "config.json" : "people.json";
            var request = "GET /board/%s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n".formatted(path, host);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String keeping(String path) throws IOException, InterruptedException {
        return get(path).headers().firstValue("Cache-Control").orElseThrow();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }
}
