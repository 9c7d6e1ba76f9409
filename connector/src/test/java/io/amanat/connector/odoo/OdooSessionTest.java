package io.amanat.connector.odoo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OdooSessionTest {

    private static final String SIGN_IN = "/web/session/authenticate";
    private static final String INFO = "/web/session/get_session_info";
    private static final String SOMEBODY =
            "{\"result\": {\"uid\": 9, \"server_version\": \"19.0\", \"websocket_worker_version\": \"19.0-2\"}}";
    private static final String EXPIRED =
            "{\"error\": {\"code\": 100, \"message\": \"Odoo Session Expired\", \"data\": {\"name\": \"odoo.http.SessionExpiredException\"}}}";

    private final FakeOdoo fake = new FakeOdoo();
    private final OdooSession session = new OdooSession(fake.settings());

    @AfterEach
    void stop() {
        session.close();
        fake.close();
    }

    @Test
    void signingInKeepsTheCookieAndTellsTheWebsocketVersion() {
        answering(
                SIGN_IN,
                json(SOMEBODY)
                        .withHeader("Set-Cookie", "session_id=abc; Expires=Sun, 21 Nov 2027 21:01:17 GMT; HttpOnly"));

        assertThat(session.info()).isEqualTo(new SessionInfo(9, "19.0", "19.0-2"));
        assertThat(session.cookie()).isEqualTo("session_id=abc");
    }

    @Test
    void aRotatedSessionIdReplacesTheOldOne() {
        answering(SIGN_IN, json(SOMEBODY).withHeader("Set-Cookie", "session_id=abc; Path=/"));
        answering(INFO, json(SOMEBODY).withHeader("Set-Cookie", "session_id=def; Path=/"));

        session.info();
        session.info();

        assertThat(session.cookie()).isEqualTo("session_id=def");
        fake.server().verify(postRequestedFor(urlPathEqualTo(INFO)).withHeader("Cookie", equalTo("session_id=abc")));
    }

    @Test
    void anExpiredSessionIsRenewedThoughOdooSaysSoWithStatus200() {
        fake.server()
                .stubFor(post(SIGN_IN)
                        .inScenario("login")
                        .willSetStateTo("again")
                        .willReturn(json(SOMEBODY).withHeader("Set-Cookie", "session_id=abc")));
        fake.server()
                .stubFor(post(SIGN_IN)
                        .inScenario("login")
                        .whenScenarioStateIs("again")
                        .willReturn(json(SOMEBODY).withHeader("Set-Cookie", "session_id=new")));
        answering(INFO, json(EXPIRED));

        session.info();
        session.info();

        assertThat(session.cookie()).isEqualTo("session_id=new");
    }

    @Test
    void ofManyThatFindTheSessionGoneOneSignsIn() throws Exception {
        answering(SIGN_IN, json(SOMEBODY).withHeader("Set-Cookie", "session_id=old"));
        session.info();
        answering(
                SIGN_IN,
                json(SOMEBODY).withHeader("Set-Cookie", "session_id=new").withFixedDelay(200));
        answering(INFO, json(EXPIRED).withFixedDelay(200));
        fake.server()
                .stubFor(post(INFO)
                        .withHeader("Cookie", equalTo("session_id=new"))
                        .willReturn(json(SOMEBODY)));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<SessionInfo> question = session::info;
            var asked = threads.invokeAll(Collections.nCopies(8, question));
            for (var answer : asked) {
                assertThat(answer.get().userId()).isEqualTo(9);
            }
        }

        fake.server().verify(2, postRequestedFor(urlPathEqualTo(SIGN_IN)));
    }

    @Test
    void ofSeveralCookiesTheLastOneCounts() {
        answering(
                SIGN_IN,
                json(SOMEBODY).withHeader("Set-Cookie", "session_id=abc; Path=/", "tz=UTC", "session_id=def; Path=/"));

        session.info();

        assertThat(session.cookie()).isEqualTo("session_id=def");
    }

    @Test
    void anExpiredSessionIsSaidWhereNobodyRenewsIt() {
        answering("/websocket/peek_notifications", json(EXPIRED));

        assertThatThrownBy(() -> session.call("/websocket/peek_notifications", Map.of()))
                .isInstanceOf(OdooException.SessionExpired.class)
                .hasMessageContaining("sign in again");
    }

    @Test
    void aWrongPasswordIsSaid() {
        answering(SIGN_IN, json(error("odoo.exceptions.AccessDenied", "Access Denied")));

        assertThatThrownBy(session::info).isInstanceOf(OdooException.WrongPassword.class);
    }

    @Test
    void aMissingDatabaseIsSaid() {
        answering(SIGN_IN, json(error("odoo.exceptions.AccessError", "Database not found.")));

        assertThatThrownBy(session::info).isInstanceOf(OdooException.NoDatabase.class);
    }

    @Test
    void aSecondFactorIsNoLogin() {
        answering(SIGN_IN, json("{\"result\": {\"uid\": null}}"));

        assertThatThrownBy(session::info).isInstanceOf(OdooException.WrongPassword.class);
    }

    @Test
    void aProxyThatEatsCookiesIsSaid() {
        answering(SIGN_IN, json(SOMEBODY));

        assertThatThrownBy(session::info)
                .isInstanceOf(OdooException.Failed.class)
                .hasMessageContaining("no session cookie");
    }

    @Test
    void whatIsNotJsonIsRefused() {
        answering(SIGN_IN, json("{\"result\": {"));

        assertThatThrownBy(session::info)
                .isInstanceOf(OdooException.Failed.class)
                .hasMessageContaining("not readable JSON");
    }

    @ParameterizedTest
    @CsvSource({
        "500, Failed, see Odoo's log",
        "502, Unreachable, the proxy cannot reach Odoo",
        "404, Unreachable, does not exist (404)",
        "302, Unreachable, redirects to https://elsewhere.example/web/login",
        "200, Unreachable, text/html instead of application/json"
    })
    void aPageInsteadOfAnAnswerIsToldByItsStatus(int status, String kind, String advice) {
        answering(
                SIGN_IN,
                aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "text/html")
                        .withHeader("Location", "https://elsewhere.example/web/login?token=1")
                        .withBody("<html>Welcome</html>"));

        assertThatThrownBy(session::info)
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(kind))
                .hasMessageContaining(advice)
                .hasMessageNotContaining("token");
    }

    @Test
    void anAnswerThatDripsIsGivenUp() {
        answering(SIGN_IN, json(SOMEBODY).withChunkedDribbleDelay(50, 60_000));
        var impatient = fake.settings().withLimits(Duration.ofSeconds(5), Duration.ofMillis(500), 64 * 1024);

        try (var hasty = new OdooSession(impatient)) {
            assertThatThrownBy(hasty::info)
                    .isInstanceOf(OdooException.Unreachable.class)
                    .hasMessageContaining("did not answer within 500 ms");
        }
    }

    @Test
    void aConnectionThatIsCutIsUnreachable() {
        answering(SIGN_IN, aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));

        assertThatThrownBy(session::info).isInstanceOf(OdooException.Unreachable.class);
    }

    @Test
    void theCookieIsInNoTextThatCouldBeLogged() {
        answering(SIGN_IN, json(SOMEBODY).withHeader("Set-Cookie", "session_id=abcdef; Path=/"));
        session.info();

        assertThat(session.toString()).doesNotContain("abcdef").doesNotContain("swordfish");
    }

    private void answering(String path, ResponseDefinitionBuilder answer) {
        fake.server().stubFor(post(path).willReturn(answer));
    }

    private static ResponseDefinitionBuilder json(String body) {
        return aResponse()
                .withHeader("Content-Type", "application/json; charset=utf-8")
                .withBody(body);
    }

    private static String error(String name, String message) {
        return "{\"error\": {\"code\": 0, \"message\": \"Odoo Server Error\", \"data\": {\"name\": \"%s\", \"message\": \"%s\"}}}"
                .formatted(name, message);
    }
}
