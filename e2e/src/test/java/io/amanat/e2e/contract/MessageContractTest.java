package io.amanat.e2e.contract;

import static io.amanat.e2e.contract.Normal.expected;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the add-on announces, to the letter. */
class MessageContractTest extends ContractTest {

    private static final String TAB = "9f1c4e0a8b7d4c21a0f3f3b2c1d0e9f8";
    private static final String HEAD = """
            'v': 1, 'user_id': 'gulnora', 'user_name': 'Gulnora Aʼzamova', 'timestamp': '<timestamp>', 'txid': '<txid>',
            'origin': false, 'lang': 'en_US'""";

    private final Normal normal = new Normal(name(""));
    private Client gulnora;
    private Frames bus;

    MessageContractTest(Side side) {
        super(side);
        gulnora = odoo.stranger();
        bus = new Frames();
    }

    @BeforeEach
    void listen() {
        gulnora = as("gulnora");
        bus = as(Target.SERVICE).listen();
        int uid = gulnora.post("/web/session/get_session_info", Map.of())
                .path("result")
                .path("uid")
                .asInt();
        normal.user(uid, "gulnora");
    }

    private int transfer(String name, Map<String, ?> values) {
        var all = new HashMap<String, Object>(values);
        all.put("name", name(name));
        int id = gulnora.callIn(Map.of("allowed_company_ids", List.of(1, 2)), TRANSFER, "create", List.of(all))
                .path(0)
                .asInt();
        normal.record(id, name);
        return id;
    }

    private int test(String name) {
        int id = gulnora.create(TEST, Map.of("name", name(name), "value", 1));
        normal.record(id, name);
        return id;
    }

    private JsonNode announced(String type, String model, int id) {
        return normal.of(bus.await(about(type, model, id)));
    }

    /** Everything before this was delivered when this returns. */
    private void awaitAnother() {
        int id = gulnora.create(TEST, Map.of("name", name("later")));
        bus.await(about("create", TEST, id));
    }

    @Test
    void aCreationCarriesEveryLiveField() {
        int id = transfer("T1", Map.of("amount", 10.5, "internal_note", "for managers", "secret_code", "hidden"));

        assertThat(announced("create", TRANSFER, id)).isEqualTo(expected("""
                        {%s, 'type': 'create', 'model': 'amanat.transfer', 'reread': ['money_ids'], 'rules': [],
                         'versions': ['<version>'], 'records': [{
                          'id': 'T1', 'display_name': 'T1', 'name': 'T1', 'state': 'draft', 'amount': 10.5, 'date': '<date>',
                          'sender_id': false, 'receiver_id': false, 'manager_id': false,
                          'company_id': [1, 'Amanat Tashkent'], 'note': false, 'internal_note': 'for managers',
                          'money_total': 0.0, 'active': true, 'write_date': '<write_date>'}]}""".formatted(HEAD)));
    }

    @Test
    void anUpdateCarriesTheRecordAndWhatItWasBefore() {
        int id = transfer("T1", Map.of("amount", 9.0));

        gulnora.write(TRANSFER, id, Map.of("amount", 10.5, "state", "done"));

        assertThat(announced("update", TRANSFER, id)).isEqualTo(expected("""
                        {%s, 'type': 'update', 'model': 'amanat.transfer', 'changed_fields': ['amount', 'state'], 'reread': [],
                         'rules': [], 'versions': ['<version>'],
                         'records': [{
                          'id': 'T1', 'display_name': 'T1', 'name': 'T1', 'state': 'done', 'amount': 10.5, 'date': '<date>',
                          'sender_id': false, 'receiver_id': false, 'manager_id': false,
                          'company_id': [1, 'Amanat Tashkent'], 'note': false, 'internal_note': false,
                          'money_total': 0.0, 'active': true, 'write_date': '<write_date>'}],
                         'old': [{'id': 'T1', 'active': true, 'amount': 9.0, 'company_id': [1, 'Amanat Tashkent'],
                          'state': 'draft'}]}""".formatted(HEAD)));
    }

    @Test
    void aDeletionCarriesTheIdAndEverythingThatWas() {
        int id = transfer("T1", Map.of("amount", 9.0));

        gulnora.call(TRANSFER, "unlink", List.of(id));

        assertThat(announced("delete", TRANSFER, id)).isEqualTo(expected("""
                        {%s, 'type': 'delete', 'model': 'amanat.transfer', 'records': [{'id': 'T1'}], 'old': [{
                          'id': 'T1', 'name': 'T1', 'state': 'draft', 'amount': 9.0, 'date': '<date>', 'sender_id': false,
                          'receiver_id': false, 'manager_id': false, 'company_id': [1, 'Amanat Tashkent'],
                          'note': false, 'internal_note': false, 'money_total': 0.0, 'active': true}]}""".formatted(HEAD)));
    }

    @Test
    void aMoveToAnotherCompanyNamesTheOldOne() {
        int id = transfer("T1", Map.of());

        gulnora.callIn(
                Map.of("allowed_company_ids", List.of(1, 2)), TRANSFER, "write", List.of(id), Map.of("company_id", 2));

        var message = announced("update", TRANSFER, id);
        assertThat(message.path("old").path(0).path("company_id")).isEqualTo(expected("[1, 'Amanat Tashkent']"));
        assertThat(message.path("records").path(0).path("company_id")).isEqualTo(expected("[2, 'Amanat Samarkand']"));
    }

    @Test
    void aSilentWriteCarriesNothingButIdsAndWhatRulesLookAt() {
        int id = transfer("T1", Map.of());

        gulnora.callIn(Map.of("realtime_silent", true), TRANSFER, "write", List.of(id), Map.of("amount", 3));

        assertThat(announced("bulk", TRANSFER, id)).isEqualTo(expected("""
                        {%s, 'type': 'bulk', 'model': 'amanat.transfer', 'operation': 'update', 'changed_fields': ['amount'],
                         'records': [{'id': 'T1', 'active': true, 'company_id': [1, 'Amanat Tashkent']}]}""".formatted(HEAD)));
    }

    @Test
    void moreThanFiftyRecordsTravelAsOneBulk() {
        var values = IntStream.range(0, 51)
                .mapToObj(n -> Map.of("name", name("many"), "value", n))
                .toList();

        var ids = gulnora.call(TEST, "create", values);

        var message = bus.await(about("bulk", TEST, ids.path(0).asInt()));
        assertThat(message.path("operation").asString()).isEqualTo("create");
        assertThat(message.path("records")).hasSize(51);
        assertThat(message.path("records").path(50).propertyNames()).containsExactlyInAnyOrder("id", "company_id");
        assertThat(message.path("changed_fields")).isEmpty();
    }

    @Test
    void aCustomEventNamesItsUsers() {
        int id = test("E1");

        gulnora.call(TEST, "action_notify", List.of(id));

        assertThat(announced("event", TEST, id)).isEqualTo(expected("""
                        {%s, 'type': 'event', 'model': 'amanat.test.realtime', 'action': 'amanat_test', 'user_ids': ['gulnora'],
                         'changed_fields': ['value'], 'versions': ['<version>'], 'records': [{
                          'id': 'E1', 'display_name': 'E1', 'name': 'E1', 'value': 1, 'note': false,
                          'user_id': ['gulnora', 'Gulnora Aʼzamova'], 'company_id': [1, 'Amanat Tashkent'],
                          'write_date': '<write_date>'}]}""".formatted(HEAD)));
    }

    @Test
    void aPaymentChangesItsTransfersTotalWithoutAWriteToIt() {
        int id = transfer("T1", Map.of("money_ids", List.of(List.of(0, 0, Map.of("name", "M1", "amount", 5)))));
        int money = gulnora.call(MONEY, "search", List.of(List.of("transfer_id", "=", id)))
                .path(0)
                .asInt();

        gulnora.write(MONEY, money, Map.of("amount", 6));

        var message = announced("update", TRANSFER, id);
        assertThat(message.path("changed_fields")).isEqualTo(expected("['money_total']"));
        assertThat(message.path("reread")).isEmpty();
        assertThat(message.path("records").path(0).path("money_total").asDouble())
                .isEqualTo(6.0);
        assertThat(message.path("old").path(0).path("money_total").asDouble()).isEqualTo(5.0);
    }

    @Test
    void aNewPaymentChangesTheTransfersListOfPayments() {
        int id = transfer("T1", Map.of());

        gulnora.create(MONEY, Map.of("name", "M1", "amount", 5, "transfer_id", id));

        var message = announced("update", TRANSFER, id);
        assertThat(message.path("changed_fields")).isEqualTo(expected("['money_ids', 'money_total']"));
        assertThat(message.path("reread")).isEqualTo(expected("['money_ids']"));
    }

    @Test
    void whatCascadesIsAnnouncedInTheSameTransaction() {
        int id = transfer("T1", Map.of("money_ids", List.of(List.of(0, 0, Map.of("name", "M1", "amount", 5)))));
        int money = gulnora.call(MONEY, "search", List.of(List.of("transfer_id", "=", id)))
                .path(0)
                .asInt();
        int order =
                gulnora.create(ORDER, Map.of("name", name("O1"), "transfer_ids", List.of(List.of(6, 0, List.of(id)))));

        gulnora.call(TRANSFER, "unlink", List.of(id));

        var deleted = bus.await(about("delete", TRANSFER, id));
        var along = bus.await(about("delete", MONEY, money));
        var emptied = bus.await(about("update", ORDER, order));
        assertThat(along.path("txid")).isEqualTo(deleted.path("txid"));
        assertThat(along.path("old").path(0).path("company_id").path(1).asString())
                .isEqualTo("Amanat Tashkent");
        assertThat(emptied.path("txid")).isEqualTo(deleted.path("txid"));
        assertThat(emptied.path("changed_fields")).isEqualTo(expected("['transfer_ids']"));
        assertThat(emptied.path("reread")).isEqualTo(expected("['transfer_ids']"));
    }

    @Test
    void whatIsRolledBackIsNotAnnounced() {
        int id = transfer("T1", Map.of());

        var answer = gulnora.ask(TRANSFER, "write", List.of(List.of(id, 999_999_999), Map.of("amount", 5)), Map.of());
        awaitAnother();

        assertThat(Client.errorName(answer)).isEqualTo("odoo.exceptions.MissingError");
        assertThat(bus.messages(about("update", TRANSFER, id))).isEmpty();
    }

    @Test
    void whatDidNotChangeIsNotAnnounced() {
        int id = transfer("T1", Map.of("amount", 5));

        gulnora.write(TRANSFER, id, Map.of("amount", 5.0, "state", "draft"));
        awaitAnother();

        assertThat(bus.messages(about("update", TRANSFER, id))).isEmpty();
    }

    @Test
    void aFieldThatDoesNotTravelIsNotAnnounced() {
        int id = transfer("T1", Map.of());

        gulnora.write(TRANSFER, id, Map.of("secret_code", "open-sesame"));
        awaitAnother();

        assertThat(bus.messages(about("update", TRANSFER, id))).isEmpty();
        assertThat(bus.all().toString()).doesNotContain("open-sesame", "secret_code");
    }

    @Test
    void theTransactionsNumberGrows() {
        int id = transfer("T1", Map.of());
        long first = bus.await(about("create", TRANSFER, id)).path("txid").asLong();

        gulnora.write(TRANSFER, id, Map.of("amount", 5));

        assertThat(bus.await(about("update", TRANSFER, id)).path("txid").asLong())
                .isGreaterThan(first);
    }

    @Test
    void theTabThatSavedIsNamedAsItNamedItself() {
        int id = gulnora.from(TAB).create(TRANSFER, Map.of("name", name("from a tab")));

        assertThat(bus.await(about("create", TRANSFER, id)).path("origin").asString())
                .isEqualTo(TAB);
    }

    @Test
    void aTabWithAnImpossibleNameIsNoTab() {
        int id = gulnora.from("<script>").create(TRANSFER, Map.of("name", name("from nowhere")));

        assertThat(bus.await(about("create", TRANSFER, id)).path("origin"))
                .isEqualTo(Client.JSON.getNodeFactory().booleanNode(false));
    }
}
