package io.amanat.connector.source;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may answer a websocket's handshake in place of Odoo's evented port. */
@Timeout(60)
class HandshakeTest {

    private final WireMockServer server =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    private final HttpClient client = HttpClient.newHttpClient();

    HandshakeTest() {
        server.start();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "200, answers with a page instead of upgrading",
        "302, set the websocket url to the final address",
        "400, does a proxy remove the headers",
        "404, Odoo 16 or later",
        "500, use the evented port",
        "502, does not reach Odoo's evented port",
        "503, does not reach Odoo's evented port"
    })
    void aPageInsteadOfAnUpgradeSaysWhatToDo(int status, String advice) {
        answering(aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/html")
                .withHeader("Location", "https://elsewhere.example/web/login")
                .withBody("<html>Welcome</html>"));

        assertRefused(Duration.ofSeconds(30), advice);
    }

    @Test
    void aConnectionThatIsCutSaysWhatToDo() {
        answering(aResponse().withFault(Fault.EMPTY_RESPONSE));

        assertRefused(Duration.ofSeconds(30), "does Odoo's evented port run");
    }

    @Test
    void whoDoesNotAnswerIsGivenUp() {
        answering(aResponse().withStatus(400).withFixedDelay(60_000));

        assertRefused(Duration.ofMillis(500), "did not answer the upgrade within 500 ms");
    }

    private void answering(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).willReturn(answer));
    }

    private void assertRefused(Duration patience, String advice) {
        var at = WebSocketSettings.at(URI.create("ws://127.0.0.1:%d/websocket".formatted(server.port())));
        var settings = new WebSocketSettings(
                at.url(),
                patience,
                at.pingInterval(),
                at.firstDelay(),
                at.maxDelay(),
                at.maxBatchBytes(),
                at.plainChannel());
        assertThatThrownBy(() -> OdooSocket.open(client, settings, Pace.SYSTEM, "19.0-2", "session_id=abcdef"))
                .isInstanceOf(SocketRefused.class)
                .hasMessageContaining(advice)
                .hasMessageNotContaining("abcdef");
    }
}
