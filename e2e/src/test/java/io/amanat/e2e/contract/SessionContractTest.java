package io.amanat.e2e.contract;

import static io.amanat.e2e.contract.Client.errorName;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionContractTest extends ContractTest {

    SessionContractTest(Side side) {
        super(side);
    }

    @Test
    void aWrongPasswordIsAnErrorInsideAnAnswerOfStatus200() {
        var response = stranger()
                .send("/web/session/authenticate", Map.of("db", odoo.database(), "login", "aziz", "password", "wrong"));

        var answer = Client.JSON.readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(answer.has("result")).isFalse();
        assertThat(answer.path("error").path("message").asString()).isEqualTo("Odoo Server Error");
        assertThat(errorName(answer)).isEqualTo("odoo.exceptions.AccessDenied");
    }

    @Test
    void anUnknownDatabaseIsRefused() {
        var answer = stranger().authenticate("no_such_database", "aziz", "wrong");

        assertThat(errorName(answer)).isEqualTo("odoo.exceptions.AccessError");
        assertThat(answer.path("error").path("data").path("message").asString()).isEqualTo("Database not found.");
    }

    @Test
    void whoSignsInGetsAnHttpOnlyCookieAndTheSessionInfo() {
        var response = stranger()
                .send(
                        "/web/session/authenticate",
                        Map.of("db", odoo.database(), "login", "malika", "password", odoo.password("malika")));

        assertThat(response.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("session_id=")
                .contains("HttpOnly", "Path=/");
        var info = Client.JSON.readTree(response.body()).path("result");
        assertThat(info.path("username").asString()).isEqualTo("malika");
        assertThat(info.path("is_internal_user").asBoolean()).isTrue();
        assertThat(info.path("is_admin").asBoolean()).isFalse();
        assertThat(info.path("server_version").asString()).isEqualTo("19.0");
        assertThat(info.path("websocket_worker_version").asString()).isEqualTo("19.0-2");
        assertThat(info.path("user_context").path("lang").asString()).isEqualTo("ru_RU");
        assertThat(info.path("user_companies").path("allowed_companies").propertyNames())
                .containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void theServiceUserIsNoEmployee() {
        var info = as(Target.SERVICE)
                .post("/web/session/get_session_info", Map.of())
                .path("result");

        assertThat(info.path("is_internal_user").asBoolean()).isFalse();
        assertThat(info.path("is_system").asBoolean()).isFalse();
        assertThat(info.path("username").asString()).isEqualTo(Target.SERVICE);
    }

    @Test
    void withoutALoginTheSessionCountsAsExpired() {
        var answer = stranger().post("/web/session/get_session_info", Map.of());

        assertThat(answer.path("error").path("code").asInt()).isEqualTo(100);
        assertThat(errorName(answer)).isEqualTo("odoo.http.SessionExpiredException");
    }

    @Test
    void anInventedSessionCountsAsExpired() {
        var answer = stranger().withSession("x".repeat(84)).post("/web/session/get_session_info", Map.of());

        assertThat(answer.path("error").path("code").asInt()).isEqualTo(100);
    }

    @Test
    void whoSignsOutIsSignedOut() {
        var aziz = stranger().signIn("aziz");
        String session = aziz.session();

        aziz.post("/web/session/destroy", Map.of());

        var answer = aziz.withSession(session).post("/web/session/get_session_info", Map.of());
        assertThat(answer.path("error").path("code").asInt()).isEqualTo(100);
    }

    @Test
    void recordsAreForWhoMayReadThem() {
        var answer = as("sardor").ask(TRANSFER, "search_read", List.of(), Map.of());

        assertThat(errorName(answer)).isEqualTo("odoo.exceptions.AccessError");
    }

    @Test
    void privateMethodsCannotBeCalled() {
        var answer = as("admin").ask(TRANSFER, "_get_realtime_fields", List.of(), Map.of());

        assertThat(errorName(answer)).isEqualTo("odoo.exceptions.AccessError");
    }
}
