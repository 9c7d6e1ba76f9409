package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private static String get(String url) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
