package io.amanat.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoPageTest {

    private static final Path BUNDLE = Path.of("../19.0/amanat_realtime/static/lib/amanat/amanat_client.js");

    private final StandInOdoo odoo = StandInOdoo.start(StandInSettings.onPort(0));
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void knowTheBridge() {
        odoo.bridgeUrl("ws://127.0.0.1:4711/amanat.v1");
    }

    @AfterEach
    void stop() {
        http.close();
        odoo.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(odoo.url().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void itShowsTwoPanesAndLoadsNothingFromElsewhere() throws Exception {
        var page = get("/");

        assertThat(page.body()).contains("demo/aziz/", "demo/bobur/").doesNotContain("http://", "https://");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "connect-src 'self' ws://127.0.0.1:4711;")
                .doesNotContain("unsafe", "*");
    }

    @Test
    void aPaneLoadsTheVeryBundleThatOdooLoads() throws Exception {
        assertThat(get("/demo/aziz/lib/amanat/amanat_client.js").body()).isEqualTo(Files.readString(BUNDLE));
    }

    @Test
    void noPaneIsServedBeforeItCanBeToldWhereTheBridgeIs() throws Exception {
        try (var starting = StandInOdoo.start(StandInSettings.onPort(0))) {
            var pane = HttpRequest.newBuilder(starting.url().resolve("/demo/aziz/"))
                    .build();
            var token = HttpRequest.newBuilder(starting.url().resolve("/demo/aziz/amanat_realtime/token"))
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            assertThat(status(token)).isEqualTo(503);
            assertThat(status(pane)).isEqualTo(503);

            starting.bridgeUrl("ws://127.0.0.1:4711/amanat.v1");

            assertThat(status(token)).isEqualTo(200);
            assertThat(status(pane)).isEqualTo(200);
        }
    }

    private int status(HttpRequest request) throws Exception {
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void everyPaneHasACookieOfItsOwn() throws Exception {
        var request = HttpRequest.newBuilder(odoo.url().resolve("/demo/aziz/web/session/authenticate"))
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"id": 1, "params": {"db": "amanat", "login": "aziz", "password": "aziz"}}"""))
                .build();

        var response = http.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly")
                .endsWith("Path=/demo/aziz");
    }

    @Test
    void filesOutsideThePageAreNotThere() throws Exception {
        assertThat(get("/../package-info.class").statusCode()).isIn(400, 404);
        assertThat(get("/lib/amanat/no_such.js").statusCode()).isEqualTo(404);
    }

    @Test
    void anotherHostNameIsRefusedSoThatNoSiteReachesItByANameOfItsOwn() throws IOException {
        URI url = odoo.url();
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void aTakenPortIsNamed() {
        int port = odoo.url().getPort();

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> StandInOdoo.start(StandInSettings.onPort(port)))
                .withMessageContaining("port " + port);
    }
}
