package io.amanat.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The question about rights: what may each of these viewers read of a model, as a domain. */
class RightsContractTest extends ContractTest {

    private static final JsonNode DENIED = Normal.expected("""
            {'read': false, 'domain': false, 'fields': [], 'lang': false, 'decidable': true, 'same': false, 'broken': false}""");

    private Client service;

    RightsContractTest(Side side) {
        super(side);
        service = odoo.stranger();
    }

    @BeforeEach
    void signIn() {
        service = as(Target.SERVICE);
    }

    private Map<String, ?> viewer(String login, Integer... companies) {
        var info = as(login).post("/web/session/get_session_info", Map.of());
        return Map.of("uid", info.path("result").path("uid").asInt(), "companies", List.of(companies));
    }

    private JsonNode ask(String model, List<Map<String, ?>> viewers) {
        return service.call("amanat.bridge", "rights", List.of(Map.of("model", model, "viewers", viewers)))
                .path(0);
    }

    private static JsonNode answer(JsonNode asked, int viewer) {
        return asked.path("answers").path(asked.path("of").path(viewer).asInt());
    }

    @Test
    void theDomainNamesTheCompaniesSwitchedOn() {
        var asked = ask(TRANSFER, List.of(viewer("aziz", 1), viewer("malika", 2, 1), viewer("malika", 2)));

        assertThat(answer(asked, 0).path("domain")).isEqualTo(Normal.expected("[['company_id', 'in', [false, 1]]]"));
        assertThat(answer(asked, 1).path("domain")).isEqualTo(Normal.expected("[['company_id', 'in', [false, 1, 2]]]"));
        assertThat(answer(asked, 2).path("domain")).isEqualTo(Normal.expected("[['company_id', 'in', [false, 2]]]"));
        assertThat(asked.path("depends")).isEmpty();
    }

    @Test
    void everyAnswerIsWholeAndDecidable() {
        for (var model : List.of(TRANSFER, MONEY, ORDER, TEST)) {
            var aziz = answer(ask(model, List.of(viewer("aziz", 1))), 0);

            assertThat(aziz.propertyNames())
                    .containsExactlyInAnyOrder("read", "domain", "fields", "lang", "decidable", "same", "broken");
            assertThat(aziz.path("read").asBoolean()).isTrue();
            assertThat(aziz.path("decidable").asBoolean()).isTrue();
            assertThat(aziz.path("lang").asString()).isEqualTo("en_US");
        }
    }

    @Test
    void equalRightsAreSentOnce() {
        var asked = ask(TRANSFER, List.of(viewer("aziz", 1), viewer("gulnora", 1), viewer("aziz", 1, 2)));

        assertThat(asked.path("of")).isEqualTo(Normal.expected("[0, 1, 0]"));
        assertThat(asked.path("answers")).hasSize(2);
    }

    @Test
    void onlyManagersMayReadTheFieldKeptForThem() {
        var asked = ask(TRANSFER, List.of(viewer("aziz", 1), viewer("gulnora", 1)));
        var managers = names(answer(asked, 1));

        assertThat(managers).contains("id", "display_name", "internal_note");
        managers.remove("internal_note");
        assertThat(names(answer(asked, 0))).isEqualTo(managers);
    }

    private static List<String> names(JsonNode answer) {
        return new ArrayList<>(
                answer.path("fields").valueStream().map(JsonNode::asString).toList());
    }

    @Test
    void whoMayNotReadTheModelIsDenied() {
        var viewers = List.of(
                viewer("sardor", 1),
                viewer("portal1", 1),
                viewer(Target.SERVICE, 1),
                viewer("aziz", 2),
                viewer("aziz"),
                Map.of("uid", 999_999_999, "companies", List.of(1)));
        var asked = ask(TRANSFER, viewers);

        assertThat(asked.path("answers")).containsExactly(DENIED);
        assertThat(asked.path("of")).hasSize(viewers.size());
    }

    @Test
    void anUnknownModelIsDenied() {
        assertThat(answer(ask("no.such.model", List.of(viewer("aziz", 1))), 0)).isEqualTo(DENIED);
        assertThat(answer(ask("res.partner", List.of(viewer("aziz", 1))), 0)).isEqualTo(DENIED);
    }

    @Test
    void whatMustBeKnownToCompareValuesComesAlong() {
        var asked = ask(TRANSFER, List.of(viewer("aziz", 1)));

        assertThat(asked.path("columns")).isEqualTo(Normal.expected("""
                {'name': {'type': 'char'}, 'state': {'type': 'selection'}, 'amount': {'type': 'float', 'digits': 2},
                 'date': {'type': 'date'}, 'note': {'type': 'text'}, 'internal_note': {'type': 'text'},
                 'money_total': {'type': 'float', 'digits': 2}, 'active': {'type': 'boolean'},
                 'sender_id': {'type': 'many2one', 'relation': 'res.partner', 'exact_names': false, 'hierarchy': true},
                 'receiver_id': {'type': 'many2one', 'relation': 'res.partner', 'exact_names': false, 'hierarchy': true},
                 'manager_id': {'type': 'many2one', 'relation': 'res.users', 'exact_names': false, 'hierarchy': true},
                 'company_id': {'type': 'many2one', 'relation': 'res.company', 'exact_names': false, 'hierarchy': true}}"""));
        assertThat(asked.path("parent")).isEqualTo(Normal.expected("false"));
        assertThat(asked.path("texts")).isEqualTo(Normal.expected("{'by_code_point': true, 'unaccent': false}"));
    }

    @Test
    void aPointerToALiveRecordHasOneName() {
        var asked = ask(MONEY, List.of(viewer("aziz", 1)));

        assertThat(asked.path("columns").path("transfer_id")).isEqualTo(Normal.expected("""
                {'type': 'many2one', 'relation': 'amanat.transfer', 'exact_names': true, 'hierarchy': false}"""));
    }

    @Test
    void askedAfreshTheAnswerIsTheSame() {
        var question = Map.of("model", TRANSFER, "ids", List.of(), "viewers", List.of(viewer("aziz", 1)));

        for (String method : List.of("rights", "readable")) {
            assertThat(service.call("amanat.bridge", method, List.of(question), true))
                    .isEqualTo(service.call("amanat.bridge", method, List.of(question)));
        }
    }

    @Test
    void nobodyElseMayAsk() {
        var answer = as("gulnora").ask("amanat.bridge", "rights", List.of(List.of()), Map.of());

        assertThat(Client.errorName(answer)).isEqualTo("odoo.exceptions.AccessError");
    }

    @Test
    void tooManyQuestionsAreRefused() {
        var question = Map.of("model", TRANSFER, "viewers", List.of());

        var answer = service.ask("amanat.bridge", "rights", List.of(Collections.nCopies(201, question)), Map.of());

        assertThat(Client.errorName(answer)).isEqualTo("odoo.exceptions.ValidationError");
    }
}
