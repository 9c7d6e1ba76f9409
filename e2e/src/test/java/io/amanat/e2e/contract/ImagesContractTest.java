package io.amanat.e2e.contract;

import static io.amanat.e2e.contract.Normal.expected;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What messages carry so that rules can be judged: values of fields that rules look at, and versions of rows. */
class ImagesContractTest extends ContractTest {

    private Permissions permissions;
    private Client service;
    private Client gulnora;
    private Frames bus;

    ImagesContractTest(Side side) {
        super(side);
        service = odoo.stranger();
        gulnora = odoo.stranger();
        permissions = new Permissions(service, "");
        bus = new Frames();
    }

    @BeforeEach
    void listen() {
        service = as(Target.SERVICE);
        gulnora = as("gulnora");
        permissions = new Permissions(as("admin"), name(""));
        bus = service.listen();
    }

    @AfterEach
    void takeBack() {
        permissions.undo();
    }

    private void ruleOver(String model, String domain) {
        permissions.rule(model, domain, permissions.group("ruled"));
    }

    private int uid(Client client) {
        return client.post("/web/session/get_session_info", Map.of())
                .path("result")
                .path("uid")
                .asInt();
    }

    private JsonNode readable(String model, int id) {
        var question = Map.of(
                "model",
                model,
                "ids",
                List.of(id),
                "viewers",
                List.of(Map.of("uid", uid(gulnora), "companies", List.of(1))));
        return service.call("amanat.bridge", "readable", List.of(question)).path(0);
    }

    private JsonNode images(String model, Integer... ids) {
        return service.call("amanat.bridge", "images", model, List.of(ids));
    }

    @Test
    void aMessageNamesTheVersionThatReadableNames() {
        int id = gulnora.create(TRANSFER, Map.of("name", name("T1")));
        var created = bus.await(about("create", TRANSFER, id)).path("versions").path(0);
        assertThat(readable(TRANSFER, id).path("versions").path(String.valueOf(id)))
                .isEqualTo(created);

        gulnora.write(TRANSFER, id, Map.of("amount", 5));

        var updated = bus.await(about("update", TRANSFER, id)).path("versions").path(0);
        assertThat(updated).isNotEqualTo(created);
        assertThat(readable(TRANSFER, id).path("versions").path(String.valueOf(id)))
                .isEqualTo(updated);
        assertThat(images(TRANSFER, id).path("versions").path(0)).isEqualTo(updated);
    }

    @Test
    void aDeletedRecordHasNoVersion() {
        int id = gulnora.create(TRANSFER, Map.of("name", name("T1")));

        gulnora.call(TRANSFER, "unlink", List.of(id));

        assertThat(readable(TRANSFER, id).path("versions")).isEmpty();
        assertThat(images(TRANSFER, id)).isEqualTo(expected("{'records': [], 'rules': [], 'versions': []}"));
    }

    @Test
    void whatRulesLookAtTravelsForTheBridgeAlone() {
        ruleOver(TRANSFER, "[('create_uid', '=', user.id)]");

        int id = gulnora.create(TRANSFER, Map.of("name", name("T1")));

        var message = bus.await(about("create", TRANSFER, id));
        assertThat(message.path("records").path(0).has("create_uid")).isFalse();
        assertThat(message.path("rules"))
                .isEqualTo(
                        expected("[{'id': %d, 'create_uid': [%d, 'Gulnora Aʼzamova']}]".formatted(id, uid(gulnora))));
    }

    @Test
    void aFieldThatIsNotLiveIsNamedWhenRulesLookAtIt() {
        ruleOver(TRANSFER, "[('write_uid', '=', user.id)]");
        int id = gulnora.create(TRANSFER, Map.of("name", name("T1")));
        var aziz = as("aziz");

        aziz.write(TRANSFER, id, Map.of("amount", 5));

        var message = bus.await(about("update", TRANSFER, id));
        assertThat(message.path("changed_fields")).isEqualTo(expected("['amount', 'write_uid']"));
        assertThat(message.path("old").path(0).path("write_uid").path(0).asInt())
                .isEqualTo(uid(gulnora));
        assertThat(message.path("rules").path(0).path("write_uid").path(0).asInt())
                .isEqualTo(uid(aziz));
    }

    @Test
    void theIdsOfAListTravelBeforeAndAfter() {
        ruleOver(TRANSFER, "[('money_ids', '!=', False)]");
        int id = gulnora.create(TRANSFER, Map.of("name", name("T1")));
        bus.await(about("create", TRANSFER, id));

        int money = gulnora.create(MONEY, Map.of("name", "M1", "amount", 5, "transfer_id", id));

        var message = bus.await(about("update", TRANSFER, id));
        assertThat(message.path("old").path(0).path("money_ids")).isEqualTo(expected("[]"));
        assertThat(message.path("rules")).isEqualTo(expected("[{'id': %d, 'money_ids': [%d]}]".formatted(id, money)));
        assertThat(message.path("records").path(0).has("money_ids")).isFalse();
    }

    @Test
    void theIdsOfAListTravelWhenItGetsShorter() {
        ruleOver(TRANSFER, "[('money_ids', '!=', False)]");
        int id = gulnora.create(TRANSFER, Map.of("name", name("T1")));
        int money = gulnora.create(MONEY, Map.of("name", "M1", "amount", 5, "transfer_id", id));
        bus.await(about("update", TRANSFER, id));

        gulnora.call(MONEY, "unlink", List.of(money));

        bus.await(_ -> bus.messages(about("update", TRANSFER, id)).size() == 2);
        var message = bus.messages(about("update", TRANSFER, id)).getLast();
        assertThat(message.path("old").path(0).path("money_ids")).isEqualTo(expected("[%d]".formatted(money)));
        assertThat(message.path("rules").path(0).path("money_ids")).isEqualTo(expected("[]"));
    }

    @Test
    void theIdsOfLinksTravelBeforeAndAfter() {
        ruleOver(ORDER, "[('transfer_ids', '!=', False)]");
        int transfer = gulnora.create(TRANSFER, Map.of("name", name("T1")));
        int id = gulnora.create(ORDER, Map.of("name", name("O1")));

        gulnora.write(ORDER, id, Map.of("transfer_ids", List.of(List.of(4, transfer))));

        var message = bus.await(about("update", ORDER, id));
        assertThat(message.path("changed_fields")).isEqualTo(expected("['transfer_ids']"));
        assertThat(message.path("old").path(0).path("transfer_ids")).isEqualTo(expected("[]"));
        assertThat(message.path("rules").path(0).path("transfer_ids")).isEqualTo(expected("[%d]".formatted(transfer)));
    }

    @Test
    void whatRulesLookAtIsKnownOfADeletedRecord() {
        ruleOver(TRANSFER, "[('create_uid', '=', user.id), ('money_ids', '!=', False)]");
        int id = gulnora.create(TRANSFER, Map.of("name", name("T1")));
        int money = gulnora.create(MONEY, Map.of("name", "M1", "amount", 5, "transfer_id", id));

        gulnora.call(TRANSFER, "unlink", List.of(id));

        var old = bus.await(about("delete", TRANSFER, id)).path("old").path(0);
        assertThat(old.path("create_uid").path(0).asInt()).isEqualTo(uid(gulnora));
        assertThat(old.path("money_ids")).isEqualTo(expected("[%d]".formatted(money)));
    }

    @Test
    void imagesAreWhatAMessageHolds() {
        ruleOver(TRANSFER, "[('create_uid', '=', user.id)]");
        int id = gulnora.create(TRANSFER, Map.of("name", name("T1"), "amount", 7));
        var message = bus.await(about("create", TRANSFER, id));

        var images = images(TRANSFER, id, 999_999_999);

        assertThat(images.propertyNames()).containsExactlyInAnyOrder("records", "rules", "versions");
        assertThat(images.path("records")).isEqualTo(message.path("records"));
        assertThat(images.path("rules")).isEqualTo(message.path("rules"));
        assertThat(images.path("versions")).isEqualTo(message.path("versions"));
    }

    @Test
    void aModelThatIsNotLiveHasNoImages() {
        assertThat(images("res.partner", 1)).isEqualTo(expected("{'records': [], 'rules': [], 'versions': []}"));
    }

    @Test
    void tooManyImagesAreRefused() {
        var answer = service.ask("amanat.bridge", "images", List.of(TRANSFER, Collections.nCopies(1_001, 1)), Map.of());

        assertThat(Client.errorName(answer)).isEqualTo("odoo.exceptions.ValidationError");
    }

    @Test
    void aViewerIsWhoIsInAToken() {
        var member = permissions.member("viewer", List.of(2, 1));

        assertThat(service.call("amanat.bridge", "viewer", member.login()))
                .isEqualTo(expected("{'uid': %d, 'name': '%s', 'companies': [2, 1], 'lang': 'en_US'}"
                        .formatted(member.id(), member.login())));
    }

    @Test
    void nobodyElseIsAViewer() {
        var member = permissions.member("viewer");
        permissions.write("res.users", member.id(), Map.of("active", false));

        assertThat(service.call("amanat.bridge", "viewer", member.login())).isEqualTo(expected("false"));
        assertThat(service.call("amanat.bridge", "viewer", "nobody")).isEqualTo(expected("false"));
    }

    @Test
    void nobodyElseMayAsk() {
        for (var call : Map.of("viewer", List.of("aziz"), "images", List.of(TRANSFER, List.of()))
                .entrySet()) {
            var answer = gulnora.ask("amanat.bridge", call.getKey(), call.getValue(), Map.of());

            assertThat(Client.errorName(answer)).isEqualTo("odoo.exceptions.AccessError");
        }
    }
}
