package io.amanat.connector.odoo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Json2OdooTest {

    private final FakeOdoo fake = new FakeOdoo();
    private final Json2Odoo odoo = new Json2Odoo(fake.settings());

    @AfterEach
    void stop() {
        odoo.close();
        fake.close();
    }

    @Test
    void aCallIsOneRequestWithNamedArgumentsAndAKey() {
        fake.answering(json(200, "{\"highest\": 7}"));

        assertThat(odoo.call("amanat.bridge", "poll", List.of(), Map.of("after", 5L, "limit", 10))
                        .path("highest")
                        .asInt())
                .isEqualTo(7);

        fake.server()
                .verify(postRequestedFor(urlPathEqualTo("/json/2/amanat.bridge/poll"))
                        .withHeader("Authorization", equalTo("bearer swordfish"))
                        .withHeader("X-Odoo-Database", equalTo("amanat"))
                        .withRequestBody(equalToJson("{\"after\": 5, \"limit\": 10}")));
    }

    @Test
    void nothingIsFalse() {
        fake.answering(json(200, "null"));

        assertThat(odoo.call("m", "f", List.of(), Map.of()).isBoolean()).isTrue();
    }

    @Test
    void positionalArgumentsAreAMistake() {
        assertThatThrownBy(() -> odoo.call("m", "f", List.of(1), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("named arguments only");
    }

    @ParameterizedTest
    @CsvSource({
        "401, werkzeug.exceptions.Unauthorized, WrongPassword, API key",
        "403, odoo.exceptions.AccessDenied, WrongPassword, API key",
        "403, odoo.exceptions.AccessError, AccessDenied, refuses this to 'bridge'",
        "403, werkzeug.exceptions.Forbidden, AccessDenied, refuses this",
        "404, werkzeug.exceptions.NotFound, ModuleMissing, install or update the module amanat_realtime",
        "422, odoo.exceptions.ValidationError, Failed, what it says",
        "500, builtins.TypeError, Failed, what it says"
    })
    void aRefusalSaysWhatToDo(int status, String name, String kind, String advice) {
        fake.answering(json(
                status,
                "{\"name\": \"%s\", \"message\": \"what it says\", \"debug\": \"Traceback: swordfish\"}"
                        .formatted(name)));

        assertThatThrownBy(() -> odoo.call("amanat.bridge", "poll", List.of(), Map.of()))
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(kind))
                .hasMessageContaining(advice)
                .message()
                .doesNotContain("Traceback", "swordfish");
    }

    @ParameterizedTest
    @CsvSource({
        "302, redirects to",
        "404, does not exist (404)",
        "403, does a proxy ask for credentials",
        "500, see Odoo's log",
        "502, the proxy cannot reach Odoo",
        "503, overloaded"
    })
    void whatAProxyAnswersIsToldApart(int status, String advice) {
        fake.answering(aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/html")
                .withHeader("Location", "https://elsewhere.example/json/2?key=1")
                .withBody("<html>"));

        assertThatThrownBy(() -> odoo.call("m", "f", List.of(), Map.of())).hasMessageContaining(advice);
    }

    @Test
    void aPageInsteadOfAnAnswerIsTold() {
        fake.answering(aResponse().withHeader("Content-Type", "text/html").withBody("<html>Welcome</html>"));

        assertThatThrownBy(() -> odoo.call("m", "f", List.of(), Map.of()))
                .isInstanceOf(OdooException.Unreachable.class)
                .hasMessageContaining("text/html instead of application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,", "not json", "{\"a\": 1} {"})
    void aTornAnswerIsNoAnswer(String body) {
        fake.answering(json(200, body));

        assertThatThrownBy(() -> odoo.call("m", "f", List.of(), Map.of()))
                .isInstanceOf(OdooException.Failed.class)
                .hasMessageContaining("not readable JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"message\": \"no name\"}"})
    void aRefusalThatIsNotOdoosIsJudgedByItsStatus(String body) {
        fake.answering(json(502, body));

        assertThatThrownBy(() -> odoo.call("m", "f", List.of(), Map.of()))
                .hasMessageContaining("the proxy cannot reach");
    }

    @Test
    void aConnectionThatIsCutIsToldAsUnreachable() {
        fake.answering(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));

        assertThatThrownBy(() -> odoo.call("m", "f", List.of(), Map.of()))
                .isInstanceOf(OdooException.Unreachable.class);
    }

    @Test
    void anAnswerThatDripsIsGivenUp() {
        fake.answering(json(200, "{\"a\": \"" + "x".repeat(2_000) + "\"}").withChunkedDribbleDelay(200, 60_000));
        var impatient = fake.settings().withLimits(Duration.ofSeconds(5), Duration.ofMillis(500), 64 * 1024);
        try (var hasty = new Json2Odoo(impatient)) {
            assertThatThrownBy(() -> hasty.call("m", "f", List.of(), Map.of()))
                    .isInstanceOf(OdooException.Unreachable.class)
                    .hasMessageContaining("did not answer within 500 ms");
        }
    }

    @Test
    void anAnswerBeyondTheLimitIsRefused() {
        fake.answering(json(200, "\"" + "x".repeat(70_000) + "\""));

        assertThatThrownBy(() -> odoo.call("m", "f", List.of(), Map.of())).hasMessageContaining("over 65536 bytes");
    }

    @Test
    void theVersionNeedsNoKey() {
        fake.answering(json(200, "{\"result\": {\"server_version\": \"19.0\"}}"));

        assertThat(odoo.version()).isEqualTo("19.0");
        fake.server()
                .verify(postRequestedFor(urlPathEqualTo("/web/webclient/version_info"))
                        .withoutHeader("Authorization"));
    }

    @Test
    void itsTextHoldsNoKey() {
        assertThat(odoo.toString()).doesNotContain("swordfish");
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json; charset=utf-8")
                .withBody(body);
    }
}
