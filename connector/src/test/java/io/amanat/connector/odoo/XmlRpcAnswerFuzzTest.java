package io.amanat.connector.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whatever stands in Odoo's place answers, a call returns a value or fails as {@link OdooException}. */
class XmlRpcAnswerFuzzTest {

    private static final byte[] SIGNED_IN =
            FakeOdoo.value("<int>9</int>").getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private static HttpServer server;
    private static XmlRpcOdoo odoo;
    private static volatile byte[] answer = SIGNED_IN;

    @BeforeAll
    static void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "text/xml");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        odoo = new XmlRpcOdoo(OdooSettings.of(url, "amanat", "bridge", FakeOdoo.PASSWORD)
                .withLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), 64 * 1024));
        odoo.signIn();
    }

    @AfterAll
    static void stop() {
        odoo.close();
        server.stop(0);
    }

    @FuzzTest(maxDuration = "10m")
    void anAnswerIsAValueOrAFailure(byte[] hostile) {
        answer = hostile;
        try {
            assertThat(odoo.call("amanat.bridge", "bridge_info", List.of(), Map.of()))
                    .isNotNull();
        } catch (OdooException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
