package io.amanat.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The access question: which of these records and fields may each of these viewers read now. */
class AccessContractTest extends ContractTest {

    private static final JsonNode NOTHING = Normal.expected("{'read': false, 'ids': [], 'fields': []}");

    private record Viewer(int uid, List<Integer> companies) {
        Map<String, ?> asked() {
            return Map.of("uid", uid, "companies", companies);
        }
    }

    private Client service;
    private int inTashkent;
    private int inSamarkand;
    private int inNone;
    private int archived;

    AccessContractTest(Side side) {
        super(side);
        service = odoo.stranger();
    }

    @BeforeEach
    void createTransfers() {
        service = as(Target.SERVICE);
        var gulnora = as("gulnora");
        inTashkent = create(gulnora, Map.of("name", name("Tashkent"), "company_id", 1));
        inSamarkand = create(gulnora, Map.of("name", name("Samarkand"), "company_id", 2));
        inNone = create(gulnora, Map.of("name", name("no company"), "company_id", false));
        archived = create(gulnora, Map.of("name", name("archived"), "company_id", 1, "active", false));
    }

    private static int create(Client client, Map<String, ?> values) {
        return client.callIn(BOTH_COMPANIES, TRANSFER, "create", List.of(values))
                .path(0)
                .asInt();
    }

    private int uid(String login) {
        return as(login)
                .post("/web/session/get_session_info", Map.of())
                .path("result")
                .path("uid")
                .asInt();
    }

    /** One list of answers per question, with one per viewer. */
    private JsonNode readable(Object... questions) {
        var lists = JsonMapper.shared().createArrayNode();
        for (var one : service.call("amanat.bridge", "readable", List.of(questions))) {
            var list = lists.addArray();
            one.path("of").forEach(number -> list.add(one.path("answers").path(number.asInt())));
        }
        return lists;
    }

    private Map<String, ?> question(Viewer... viewers) {
        return Map.of(
                "model",
                TRANSFER,
                "ids",
                List.of(inTashkent, inSamarkand, inNone, archived),
                "viewers",
                Arrays.stream(viewers).map(Viewer::asked).toList());
    }

    private Viewer viewer(String login, Integer... companies) {
        return new Viewer(uid(login), List.of(companies));
    }

    private static List<Integer> ids(JsonNode answer) {
        return answer.path("ids").valueStream().map(JsonNode::asInt).sorted().toList();
    }

    private static List<String> fields(JsonNode answer) {
        return answer.path("fields").valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void everyViewerGetsTheRecordsOfTheCompaniesSwitchedOn() {
        var answers = readable(question(
                        viewer("aziz", 1),
                        viewer("dilnoza", 2),
                        viewer("malika", 1, 2),
                        viewer("malika", 1),
                        viewer("malika", 2)))
                .path(0);

        assertThat(ids(answers.path(0))).containsExactly(inTashkent, inNone, archived);
        assertThat(ids(answers.path(1))).containsExactly(inSamarkand, inNone);
        assertThat(ids(answers.path(2))).containsExactly(inTashkent, inSamarkand, inNone, archived);
        assertThat(ids(answers.path(3))).containsExactly(inTashkent, inNone, archived);
        assertThat(ids(answers.path(4))).containsExactly(inSamarkand, inNone);
    }

    @Test
    void aCompanyThatIsNotTheUsersIsDropped() {
        var answers = readable(question(viewer("aziz", 1, 2), viewer("aziz", 2), viewer("aziz")))
                .path(0);

        assertThat(ids(answers.path(0))).containsExactly(inTashkent, inNone, archived);
        assertThat(answers.path(1)).isEqualTo(NOTHING);
        assertThat(answers.path(2)).isEqualTo(NOTHING);
    }

    @Test
    void onlyManagersMayReadTheFieldKeptForThem() {
        var answers =
                readable(question(viewer("aziz", 1), viewer("gulnora", 1))).path(0);

        assertThat(fields(answers.path(1)))
                .containsExactlyInAnyOrder(
                        "id",
                        "display_name",
                        "name",
                        "state",
                        "amount",
                        "date",
                        "sender_id",
                        "receiver_id",
                        "manager_id",
                        "company_id",
                        "note",
                        "internal_note",
                        "money_ids",
                        "money_total",
                        "active");
        var withoutNote = new ArrayList<>(fields(answers.path(1)));
        withoutNote.remove("internal_note");
        assertThat(fields(answers.path(0))).isEqualTo(withoutNote);
    }

    @Test
    void whoMayNotReadTheModelGetsNothing() {
        var answers = readable(question(viewer("sardor", 1), viewer("portal1", 1), viewer(Target.SERVICE, 1)))
                .path(0);

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isEqualTo(NOTHING));
    }

    @Test
    void anUnknownUserOrModelGetsNothing() {
        int aziz = uid("aziz");
        var answers = readable(
                Map.of(
                        "model",
                        TRANSFER,
                        "ids",
                        List.of(inTashkent),
                        "viewers",
                        List.of(Map.of("uid", 999_999_999, "companies", List.of(1)))),
                Map.of(
                        "model",
                        "no.such.model",
                        "ids",
                        List.of(1),
                        "viewers",
                        List.of(Map.of("uid", aziz, "companies", List.of(1)))),
                Map.of(
                        "model",
                        "res.partner",
                        "ids",
                        List.of(1),
                        "viewers",
                        List.of(Map.of("uid", aziz, "companies", List.of(1)))));

        assertThat(answers.valueStream().map(one -> one.path(0))).containsExactly(NOTHING, NOTHING, NOTHING);
    }

    @Test
    void aDeletedRecordIsNotReadable() {
        var gulnora = as("gulnora");
        gulnora.callIn(BOTH_COMPANIES, TRANSFER, "unlink", List.of(inTashkent));

        assertThat(ids(readable(question(viewer("aziz", 1))).path(0).path(0))).containsExactly(inNone, archived);
    }

    @Test
    void tooManyQuestionsAreRefused() {
        var question = Map.of("model", TRANSFER, "ids", List.of(), "viewers", List.of());

        var answer = service.ask("amanat.bridge", "readable", List.of(Collections.nCopies(201, question)), Map.of());

        assertThat(Client.errorName(answer)).isEqualTo("odoo.exceptions.ValidationError");
    }

    @Test
    void tooManyIdsAreRefused() {
        var question = Map.of("model", TRANSFER, "ids", Collections.nCopies(1_001, 1), "viewers", List.of());

        var answer = service.ask("amanat.bridge", "readable", List.of(List.of(question)), Map.of());

        assertThat(Client.errorName(answer)).isEqualTo("odoo.exceptions.ValidationError");
    }
}
