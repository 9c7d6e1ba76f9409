package io.amanat.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Json2ContractTest extends ContractTest {

    private static final String BRIDGE = "amanat.bridge";
    private static final String SERVER = "werkzeug.exceptions.";

    Json2ContractTest(Side side) {
        super(side);
    }

    private Json2 by(String login) {
        return Json2.withKey(odoo.url(), side.apiKey(login));
    }

    private Json2 service() {
        return by(Target.SERVICE);
    }

    @Test
    void theServiceUsersKeyAsksWhatItsPasswordAsks() {
        var answer = service().call(BRIDGE, "bridge_info", Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(as(Target.SERVICE).call(BRIDGE, "bridge_info"));
    }

    @Test
    void argumentsAreNamed() {
        var polled = service().call(BRIDGE, "poll", Map.of("after", 0, "limit", 1, "context", Map.of("lang", "en_US")));
        var question = Map.of("model", TRANSFER, "ids", List.of(), "viewers", List.of());
        var readable = service().call(BRIDGE, "readable", Map.of("questions", List.of(question), "fresh", true));
        var viewer = service().call(BRIDGE, "viewer", Map.of("login", "no such user"));

        assertThat(polled.status()).isEqualTo(200);
        assertThat(polled.body().path("notifications").size()).isLessThanOrEqualTo(1);
        assertThat(readable.body().path(0).path("of")).isEmpty();
        assertThat(viewer.body().isBoolean()).isTrue();
    }

    @Test
    void anIdAboveAllIsNoMistake() {
        var answer = service().call(BRIDGE, "poll", Map.of("after", 99_999_999_999L));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("notifications")).isEmpty();
    }

    @Test
    void anErrorHasAStatusAndSaysWhatItIs() {
        var answer = service().call(BRIDGE, "poll", Map.of("after", -1));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().propertyNames())
                .containsExactlyInAnyOrder("name", "message", "arguments", "context", "debug");
        assertThat(answer.error())
                .isEqualTo(
                        "odoo.exceptions.ValidationError: After which id, from 0 on, and at most how many, 1 to 1000?");
    }

    @Test
    void whoHasNoKeyIsNobody() {
        var without = new Json2(odoo.url(), "").call(BRIDGE, "bridge_info", Map.of());
        var wrong = Json2.withKey(odoo.url(), "0".repeat(40)).call(BRIDGE, "bridge_info", Map.of());

        assertThat(List.of(without, wrong)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.authenticate().strip()).isEqualTo("Bearer");
        });
        assertThat(without.error())
                .isEqualTo(SERVER
                        + "Unauthorized: User not authenticated, use an API Key with a Bearer Authorization header.");
        assertThat(wrong.error()).isEqualTo(SERVER + "Unauthorized: Invalid apikey");
    }

    @Test
    void nobodyElsesKeyMayAsk() {
        var answer = by("aziz").call(BRIDGE, "bridge_info", Map.of());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.error()).startsWith("odoo.exceptions.AccessError: ");
    }

    @Test
    void theServiceUsersKeyReadsNoRecord() {
        var answer = service().call(TRANSFER, "search_read", Map.of("domain", List.of()));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.error()).startsWith("odoo.exceptions.AccessError: ");
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        assertThat(service().call(BRIDGE, "nothing", Map.of()))
                .returns(404, Json2.Answer::status)
                .returns(SERVER + "NotFound: The method 'amanat.bridge.nothing' does not exist", Json2.Answer::error);
        assertThat(service().call("no.model", "poll", Map.of()))
                .returns(404, Json2.Answer::status)
                .returns(SERVER + "NotFound: the model 'no.model' does not exist", Json2.Answer::error);
        assertThat(List.of(
                        service().get("/json/2/amanat.bridge/poll"), service().post("/json/2/amanat.bridge", "{}")))
                .allSatisfy(answer -> assertThat(answer)
                        .returns(404, Json2.Answer::status)
                        .returns(
                                SERVER + "NotFound: Did you mean POST /json/2/<model>/<method>?", Json2.Answer::error));
    }

    @Test
    void privateMethodsAreForbidden() {
        assertThat(service().call(BRIDGE, "_poll", Map.of()))
                .returns(403, Json2.Answer::status)
                .returns(
                        "odoo.exceptions.AccessError: Private methods (such as 'amanat.bridge._poll') cannot be called"
                                + " remotely.",
                        Json2.Answer::error);
    }

    @Test
    void argumentsThatDoNotFitAreSaid() {
        assertThat(service().call(BRIDGE, "poll", Map.of()))
                .returns(422, Json2.Answer::status)
                .returns(SERVER + "UnprocessableEntity: missing a required argument: 'after'", Json2.Answer::error);
        assertThat(service().call(BRIDGE, "poll", Map.of("after", 0, "what", 1)))
                .returns(422, Json2.Answer::status)
                .returns(
                        SERVER + "UnprocessableEntity: got an unexpected keyword argument 'what'", Json2.Answer::error);
        assertThat(service().call(BRIDGE, "poll", Map.of("after", 0, "ids", List.of(1))))
                .returns(422, Json2.Answer::status)
                .returns(SERVER + "UnprocessableEntity: cannot call amanat.bridge.poll with ids", Json2.Answer::error);
    }

    @Test
    void whatIsNoJsonIsABadRequest() {
        var answer = service().post("/json/2/amanat.bridge/poll", "{\"after\":0");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).startsWith(SERVER + "BadRequest: could not parse the body as json: ");
    }
}
