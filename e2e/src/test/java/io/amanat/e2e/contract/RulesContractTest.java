package io.amanat.e2e.contract;

import static io.amanat.e2e.contract.Normal.expected;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What users, groups, access lists, record rules and companies make of the answers about rights. */
class RulesContractTest extends ContractTest {

    private Permissions permissions;
    private Client service;

    RulesContractTest(Side side) {
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

    private JsonNode ask(String model, List<Map<String, ?>> viewers) {
        return service.call("amanat.bridge", "rights", List.of(Map.of("model", model, "viewers", viewers)))
                .path(0);
    }

    private JsonNode rights(String model, Map<String, ?> viewer) {
        return answer(ask(model, List.of(viewer)), 0);
    }

    private static JsonNode answer(JsonNode asked, int viewer) {
        return asked.path("answers").path(asked.path("of").path(viewer).asInt());
    }

    private JsonNode readable(List<Integer> ids, List<Map<String, ?>> viewers) {
        return service.call(
                        "amanat.bridge", "readable", List.of(Map.of("model", TRANSFER, "ids", ids, "viewers", viewers)))
                .path(0);
    }

    private JsonNode domain(Permissions.Member member) {
        return rights(TRANSFER, member.asViewer(1)).path("domain");
    }

    @Test
    void theRulesOfAllGroupsAreAlternatives() {
        int mine = permissions.group("mine");
        int open = permissions.group("open");
        permissions.rule(TRANSFER, "[('manager_id', '=', user.id)]", mine);
        permissions.rule(TRANSFER, "[('state', '=', 'open')]", open);
        var one = permissions.member("one", mine);
        var both = permissions.member("both", mine, open);
        var none = permissions.member("none");

        assertThat(domain(one))
                .isEqualTo(expected(
                        "['&', ['company_id', 'in', [false, 1]], ['manager_id', 'in', [%d]]]".formatted(one.id())));
        assertThat(domain(both)).isEqualTo(expected("""
                ['&', '|', ['manager_id', 'in', [%d]], ['state', 'in', ['open']], ['company_id', 'in', [false, 1]]]""".formatted(both.id())));
        assertThat(domain(none)).isEqualTo(expected("[['company_id', 'in', [false, 1]]]"));
    }

    @Test
    void aRuleForEverybodyLimitsEverybody() {
        permissions.rule(TRANSFER, "[('name', '!=', '%s')]".formatted(name("hidden")));
        var member = permissions.member("one");

        assertThat(domain(member))
                .isEqualTo(expected("['&', ['company_id', 'in', [false, 1]], ['name', 'not in', ['%s']]]"
                        .formatted(name("hidden"))));
    }

    @Test
    void listsOfOneFieldAreOneList() {
        int group = permissions.group("lists");
        permissions.rule(TRANSFER, "[('state', 'in', ['open', 'draft']), ('state', '!=', 'draft')]", group);
        permissions.rule(TRANSFER, "['!', ('state', 'not in', ('done',))]", group);
        var member = permissions.member("one", group);

        assertThat(domain(member))
                .isEqualTo(expected("['&', ['company_id', 'in', [false, 1]], ['state', 'in', ['done', 'open']]]"));
    }

    @Test
    void aPathIsResolvedToIdsAndSaysWhatItDependsOn() {
        int group = permissions.group("path");
        var manager = permissions.member("manager");
        permissions.rule(TRANSFER, "[('manager_id.login', '=', '%s')]".formatted(manager.login()), group);
        var member = permissions.member("one", group);

        var asked = ask(TRANSFER, List.of(member.asViewer(1)));

        assertThat(answer(asked, 0).path("domain"))
                .isEqualTo(expected(
                        "['&', ['company_id', 'in', [false, 1]], ['manager_id', 'in', [%d]]]".formatted(manager.id())));
        assertThat(asked.path("depends").valueStream()).contains(expected("['res.users', 'login']"));
    }

    @Test
    void whatARuleAsksOfTheUserItDependsOn() {
        int group = permissions.group("partner");
        permissions.rule(TRANSFER, "[('sender_id', '=', user.partner_id.id)]", group);
        var member = permissions.member("one", group);

        var asked = ask(TRANSFER, List.of(member.asViewer(1)));

        assertThat(asked.path("depends").valueStream()).contains(expected("['res.users', 'partner_id']"));
        assertThat(answer(asked, 0).path("domain").path(2).path(0).asString()).isEqualTo("sender_id");
    }

    @Test
    void whatIsBelowACompanyIsResolved() {
        int group = permissions.group("below");
        permissions.rule(TRANSFER, "[('company_id', 'child_of', company_ids)]", group);
        var member = permissions.member("one", group);

        var asked = ask(TRANSFER, List.of(member.asViewer(1)));

        assertThat(answer(asked, 0).path("domain")).isEqualTo(expected("[['company_id', 'in', [1]]]"));
        assertThat(asked.path("depends").valueStream()).contains(expected("['res.company', 'parent_id']"));
    }

    @Test
    void whatTheValuesCannotTellIsNotDecidable() {
        int group = permissions.group("undecidable");
        permissions.rule(TRANSFER, "[('display_name', 'ilike', '%s')]".formatted(name("in sight")), group);
        var member = permissions.member("one", group);
        int seen = transfer("in sight");
        int hidden = transfer("hidden");

        var rights = rights(TRANSFER, member.asViewer(1));

        assertThat(rights.path("read").asBoolean()).isTrue();
        assertThat(rights.path("decidable").asBoolean()).isFalse();
        assertThat(rights.path("domain")).isEqualTo(expected("false"));
        assertThat(rights.path("same").asString("")).isNotEmpty();
        assertThat(rights.path("fields").valueStream()).contains(expected("'amount'"));
        var answer = readable(List.of(seen, hidden), List.of(member.asViewer(1)));
        assertThat(answer(answer, 0).path("ids")).isEqualTo(expected("[%d]".formatted(seen)));
    }

    @Test
    void whoMaySeeOtherRecordsIsNeverTheSame() {
        int group = permissions.group("undecidable");
        permissions.rule(TRANSFER, "[('display_name', 'ilike', user.login)]", group);
        var one = permissions.member("one", List.of(1, 2), group);
        var two = permissions.member("two", group);

        var asked = ask(TRANSFER, List.of(one.asViewer(1), one.asViewer(2), two.asViewer(1), one.asViewer(1)));

        var texts = List.of(0, 1, 2, 3).stream()
                .map(viewer -> answer(asked, viewer).path("same").asString(""))
                .toList();
        assertThat(texts.get(0))
                .isNotEmpty()
                .isNotEqualTo(texts.get(1))
                .isNotEqualTo(texts.get(2))
                .isEqualTo(texts.get(3));
    }

    @Test
    void aFieldThatNeverPassesDecidesNothing() {
        int group = permissions.group("secret");
        permissions.rule(TRANSFER, "[('secret_code', '=', 'sesame')]", group);
        var member = permissions.member("one", group);

        var asked = ask(TRANSFER, List.of(member.asViewer(1)));

        assertThat(answer(asked, 0).path("decidable").asBoolean()).isFalse();
        assertThat(asked.toString()).doesNotContain("secret_code", "sesame");
    }

    @Test
    void whoseRulesFailIsDeniedAndNobodyElse() {
        int group = permissions.group("broken");
        var broken = permissions.member("broken", group);
        var whole = permissions.member("whole", group);
        permissions.rule(TRANSFER, "[('id', '!=', 1 // (user.id - %d))]".formatted(broken.id()), group);
        int id = transfer("in sight");

        var asked = ask(TRANSFER, List.of(broken.asViewer(1), whole.asViewer(1)));
        var read = readable(List.of(id), List.of(broken.asViewer(1), whole.asViewer(1)));

        assertThat(answer(asked, 0)).isEqualTo(expected("""
                {'read': false, 'domain': false, 'fields': [], 'lang': false, 'decidable': true, 'same': false,
                 'broken': 'ZeroDivisionError'}"""));
        assertThat(answer(asked, 1).path("read").asBoolean()).isTrue();
        assertThat(answer(read, 0)).isEqualTo(expected("{'read': false, 'ids': [], 'fields': []}"));
        assertThat(answer(read, 1).path("ids")).isEqualTo(expected("[%d]".formatted(id)));
    }

    @Test
    void whoIsArchivedIsDeniedUntilThatIsTakenBack() {
        var member = permissions.member("one");
        int id = transfer("in sight");

        permissions.write("res.users", member.id(), Map.of("active", false));

        assertThat(rights(TRANSFER, member.asViewer(1)).path("read").asBoolean())
                .isFalse();
        assertThat(answer(readable(List.of(id), List.of(member.asViewer(1))), 0))
                .isEqualTo(expected("{'read': false, 'ids': [], 'fields': []}"));
        permissions.write("res.users", member.id(), Map.of("active", true));
        assertThat(rights(TRANSFER, member.asViewer(1)).path("read").asBoolean())
                .isTrue();
    }

    @Test
    void anAccessListLetsAGroupIn() {
        int group = permissions.group("readers");
        var member = permissions.member("one", group);
        permissions.write("res.users", member.id(), Map.of("group_ids", Permissions.replacing(List.of(group))));
        assertThat(rights(TRANSFER, member.asViewer(1)).path("read").asBoolean())
                .isFalse();

        permissions.access(TRANSFER, group);

        assertThat(rights(TRANSFER, member.asViewer(1)).path("read").asBoolean())
                .isTrue();
        assertThat(rights(MONEY, member.asViewer(1)).path("read").asBoolean()).isFalse();
    }

    @Test
    void whoBecomesAManagerReadsTheFieldKeptForThem() {
        var member = permissions.member("one");
        assertThat(rights(TRANSFER, member.asViewer(1)).path("fields").valueStream())
                .doesNotContain(expected("'internal_note'"));

        permissions.write(
                "res.users", member.id(), Map.of("group_ids", Permissions.replacing(permissions.groupsOf("gulnora"))));

        assertThat(rights(TRANSFER, member.asViewer(1)).path("fields").valueStream())
                .contains(expected("'internal_note'"));
    }

    @Test
    void whoLosesACompanyLosesItsRecords() {
        var member = permissions.member("one", List.of(1, 2));

        permissions.write("res.users", member.id(), Map.of("company_ids", Permissions.replacing(List.of(1))));

        assertThat(rights(TRANSFER, member.asViewer(1, 2)).path("domain"))
                .isEqualTo(expected("[['company_id', 'in', [false, 1]]]"));
        assertThat(rights(TRANSFER, member.asViewer(2)).path("read").asBoolean())
                .isFalse();
    }

    @Test
    void anotherLanguageIsAnotherRight() {
        var member = permissions.member("one");

        permissions.write("res.users", member.id(), Map.of("lang", "ru_RU"));

        assertThat(rights(TRANSFER, member.asViewer(1)).path("lang").asString()).isEqualTo("ru_RU");
    }

    @Test
    void theFieldsOfRulesAreDescribed() {
        int group = permissions.group("described");
        permissions.rule(ORDER, "[('transfer_ids', '!=', False), ('create_uid', '=', user.id)]", group);
        var member = permissions.member("one", group);

        var columns = ask(ORDER, List.of(member.asViewer(1))).path("columns");

        assertThat(columns.path("create_uid")).isEqualTo(expected("""
                {'type': 'many2one', 'relation': 'res.users', 'exact_names': false, 'hierarchy': true}"""));
        assertThat(columns.path("transfer_ids")).isEqualTo(expected("""
                {'type': 'many2many', 'relation': 'amanat.transfer', 'exact_names': true, 'hierarchy': false}"""));
    }

    private int transfer(String name) {
        return as("gulnora").create(TRANSFER, Map.of("name", name(name)));
    }
}
