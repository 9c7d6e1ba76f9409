package io.amanat.e2e.contract;

import static io.amanat.e2e.contract.Normal.expected;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may write a record, whom somebody may name, and who wants to be seen. */
class PresenceContractTest extends ContractTest {

    private Permissions permissions;
    private Client service;

    PresenceContractTest(Side side) {
        super(side);
        service = odoo.stranger();
        permissions = new Permissions(service, "");
    }

    @BeforeEach
    void signIn() {
        service = as(Target.SERVICE);
        permissions = new Permissions(as("admin"), name(""));
    }

    @AfterEach
    void takeBack() {
        permissions.undo();
    }

    private JsonNode writable(List<Integer> ids, List<Map<String, ?>> viewers) {
        var question = Map.of("model", TRANSFER, "ids", ids, "viewers", viewers, "operation", "write");
        return service.call("amanat.bridge", "readable", List.of(question)).path(0);
    }

    private JsonNode people(List<Integer> users, List<Map<String, ?>> viewers) {
        return service.call("amanat.bridge", "people", List.of(Map.of("users", users, "viewers", viewers)))
                .path(0);
    }

    private static JsonNode answer(JsonNode asked, int viewer) {
        return asked.path("answers").path(asked.path("of").path(viewer).asInt());
    }

    @Test
    void whatMayBeReadAndNotWrittenIsNoAnswerToWriting() {
        var member = permissions.member("one");
        int open = as("aziz").create(TRANSFER, Map.of("name", name("open")));
        int closed = as("aziz").create(TRANSFER, Map.of("name", name("closed")));
        permissions.writingRule(TRANSFER, "[('id', '!=', %d)]".formatted(closed));

        var asked = writable(List.of(open, closed), List.of(member.asViewer(1)));

        assertThat(asked.path("operation").asString()).isEqualTo("write");
        assertThat(answer(asked, 0).path("ids")).isEqualTo(expected("[%d]".formatted(open)));
    }

    @Test
    void fieldsThatMayBeWrittenAreThoseThatMayBeRead() {
        int id = as("aziz").create(TRANSFER, Map.of("name", name("one")));
        var member = permissions.member("one");

        var fields =
                answer(writable(List.of(id), List.of(member.asViewer(1))), 0).path("fields");

        assertThat(fields.valueStream().map(JsonNode::asString))
                .contains("name", "amount", "money_ids")
                .doesNotContain("internal_note", "id", "display_name");
    }

    @Test
    void whoMayNotReadMayNotWrite() {
        int id = as("aziz").create(TRANSFER, Map.of("name", name("one")));
        var elsewhere = permissions.member("elsewhere", List.of(2));

        var asked = writable(
                List.of(id), List.of(elsewhere.asViewer(2), Map.of("uid", 999_999_999, "companies", List.of(1))));

        assertThat(answer(asked, 0).path("ids")).isEmpty();
        assertThat(answer(asked, 1)).isEqualTo(expected("{'read': false, 'ids': [], 'fields': []}"));
    }

    @Test
    void aQuestionAboutReadingIsAnsweredAsSuch() {
        var asked = service.call(
                        "amanat.bridge",
                        "readable",
                        List.of(Map.of("model", TRANSFER, "ids", List.of(), "viewers", List.of())))
                .path(0);

        assertThat(asked.path("operation").asString()).isEqualTo("read");
    }

    @Test
    void colleaguesHaveNamesAndEqualAnswersAreSentOnce() {
        var one = permissions.member("one");
        var two = permissions.member("two");

        var asked = people(List.of(one.id(), two.id()), List.of(one.asViewer(1), two.asViewer(1)));

        assertThat(asked)
                .isEqualTo(expected("{'answers': [{'names': {'%d': '%s', '%d': '%s'}}], 'of': [0, 0]}"
                        .formatted(one.id(), one.login(), two.id(), two.login())));
    }

    @Test
    void whomSomebodyMayNotReadHasNoName() {
        permissions.rule("res.users", "[('company_ids', 'in', company_ids)]");
        var here = permissions.member("here");
        var there = permissions.member("there", List.of(2));
        var both = List.of(here.id(), there.id(), 999_999_999);

        var asked = people(both, List.of(here.asViewer(1), there.asViewer(2), here.asViewer(2)));

        assertThat(answer(asked, 0).path("names")).isEqualTo(names(here));
        assertThat(answer(asked, 1).path("names")).isEqualTo(names(there));
        assertThat(answer(asked, 2).path("names")).isEmpty();
    }

    private static JsonNode names(Permissions.Member member) {
        return expected("{'%d': '%s'}".formatted(member.id(), member.login()));
    }

    @Test
    void onlyTheServiceUserMayAskForPeopleAndNotForTooMany() {
        var refused = as("aziz").ask("amanat.bridge", "people", List.of(List.of()), Map.of());
        var tooMany = Map.of("users", Collections.nCopies(1_001, 1), "viewers", List.of());

        assertThat(Client.errorName(refused)).isEqualTo("odoo.exceptions.AccessError");
        assertThat(Client.errorName(service.ask("amanat.bridge", "people", List.of(List.of(tooMany)), Map.of())))
                .isEqualTo("odoo.exceptions.ValidationError");
    }

    @Test
    void whoDoesNotWantToBeSeenSaysSoInTheToken() throws Exception {
        var member = permissions.member("shy");
        assertThat(presence(member)).isEqualTo("shown");

        permissions.write("res.users", member.id(), Map.of("amanat_presence", false));

        assertThat(presence(member)).isEqualTo("hidden");
    }

    private String presence(Permissions.Member member) throws Exception {
        var browser = stranger();
        permissions.signIn(browser, odoo, member);
        var grant = browser.post("/amanat_realtime/token", Map.of()).path("result");
        return SignedJWT.parse(grant.path("token").asString()).getJWTClaimsSet().getStringClaim("presence");
    }
}
