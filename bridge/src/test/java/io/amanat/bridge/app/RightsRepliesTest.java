package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amanat.bridge.access.OracleException;
import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.RightsQuestion;
import io.amanat.bridge.access.RightsReply;
import io.amanat.bridge.access.RightsReply.Trouble;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.bridge.access.domain.ModelFields.Field;
import io.amanat.bridge.access.domain.ModelFields.Kind;
import io.amanat.bridge.access.domain.ModelFields.Relation;
import io.amanat.bridge.access.domain.ModelFields.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class RightsRepliesTest {

    private static final String TRANSFER = "amanat.transfer";
    private static final Viewer AZIZ = new Viewer(7, List.of(2L, 1L));
    private static final Viewer BOBUR = new Viewer(8, List.of(1L));
    private static final RightsQuestion QUESTION = new RightsQuestion(TRANSFER, List.of(AZIZ, BOBUR));
    private static final String GOOD = """
            {"read": true, "domain": [["state", "in", ["open"]]], "fields": ["id", "state"], "lang": "en_US",
             "decidable": true, "same": false, "broken": false}""";
    private static final String COLUMNS = """
            "columns": {"state": {"type": "selection"}, "amount": {"type": "float", "digits": 2},
                        "company_id": {"type": "many2one", "relation": "res.company", "exact_names": false, "hierarchy": true},
                        "thing": {"type": "a type of next year"}},
            "parent": false, "texts": {"by_code_point": true, "unaccent": false}""";

    private final CannedOdoo odoo = new CannedOdoo();
    private final OdooRights oracle = new OdooRights(odoo);

    @Test
    void aCallIsMadeInTheWordsOfTheContract() {
        answering("[0, 0]", GOOD);

        oracle.rights(List.of(QUESTION), true);

        var viewers =
                List.of(Map.of("uid", 7L, "companies", List.of(2L, 1L)), Map.of("uid", 8L, "companies", List.of(1L)));
        assertThat(odoo.calls)
                .containsExactly(new CannedOdoo.Call(
                        "amanat.bridge",
                        "rights",
                        Map.of("questions", List.of(Map.of("model", TRANSFER, "viewers", viewers)), "fresh", true)));
    }

    @Test
    void eachViewerGetsItsOwnRights() throws Exception {
        answering("[1, 0]", GOOD, """
                {"read": false, "domain": false, "fields": [], "lang": false, "decidable": true, "same": false, "broken": false}""");
        var domain = Domain.parse(JsonMapper.shared().readTree("[[\"state\", \"in\", [\"open\"]]]"));

        assertThat(asked())
                .isEqualTo(new RightsReply(
                        List.of(Rights.none(TRANSFER), Rights.of(domain, Set.of("id", "state"), "en_US", columns()))));
    }

    @Test
    void whatOnlyOdooCanTellNamesItsClass() {
        answering("[0, 0]", """
                {"read": true, "domain": false, "fields": ["id"], "lang": "en_US", "decidable": false, "same": "x1", "broken": false}""");

        assertThat(asked().rights()).containsOnly(Rights.undecidable("x1", Set.of("id"), "en_US", columns()));
    }

    @Test
    void rulesThatRaiseDenyAndAreNamed() {
        answering("[0, 1]", """
                {"read": false, "domain": false, "fields": [], "lang": false, "decidable": true, "same": false, "broken": "ValueError"}""", GOOD);

        var reply = asked();

        assertThat(reply.rights().getFirst()).isEqualTo(Rights.none(TRANSFER));
        assertThat(reply.rights().getLast().read()).isTrue();
        assertThat(reply.troubles())
                .containsExactly(new Trouble(AZIZ, "the record rules of this model raise ValueError"));
    }

    @Test
    void whatAnErrorCallsItselfIsNotRepeatedUnlessItIsAName() {
        answering("[0, 0]", """
                {"read": false, "domain": false, "fields": [], "lang": false, "decidable": true, "same": false,
                 "broken": "ValueError: 12.5 is not\\nthe salary"}""");

        assertThat(asked().troubles())
                .extracting(Trouble::what)
                .containsOnly("the record rules of this model raise an error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "{}",
                "{\"read\": true}",
                "{\"read\": 1, \"domain\": [], \"fields\": [], \"lang\": \"a\", \"decidable\": true, \"same\": false, \"broken\": false}",
                "{\"read\": true, \"fields\": [], \"lang\": \"a\", \"decidable\": true, \"same\": false, \"broken\": false}",
                "{\"read\": true, \"domain\": false, \"fields\": [], \"lang\": \"a\", \"decidable\": true, \"same\": false, \"broken\": false}",
                "{\"read\": true, \"domain\": true, \"fields\": [], \"lang\": \"a\", \"decidable\": true, \"same\": false, \"broken\": false}",
                "{\"read\": true, \"domain\": [\"|\"], \"fields\": [], \"lang\": \"a\", \"decidable\": true, \"same\": false, \"broken\": false}",
                "{\"read\": true, \"domain\": [[\"state\", \"resembles\", 1]], \"fields\": [], \"lang\": \"a\", \"decidable\": true, \"same\": false, \"broken\": false}",
                "{\"read\": true, \"domain\": [[\"salary\", \"=\", 12.5]], \"fields\": [], \"lang\": \"a\", \"decidable\": true, \"same\": false, \"broken\": false}",
                "{\"read\": true, \"domain\": [], \"fields\": [1], \"lang\": \"a\", \"decidable\": true, \"same\": false, \"broken\": false}",
                "{\"read\": true, \"domain\": [], \"fields\": \"id\", \"lang\": \"a\", \"decidable\": true, \"same\": false, \"broken\": false}",
                "{\"read\": true, \"domain\": [], \"fields\": [], \"lang\": false, \"decidable\": true, \"same\": false, \"broken\": false}",
                "{\"read\": true, \"domain\": [], \"fields\": [], \"lang\": \"a\", \"decidable\": 1, \"same\": false, \"broken\": false}",
                "{\"read\": true, \"domain\": [], \"fields\": [], \"lang\": \"a\", \"decidable\": true, \"same\": \"x\", \"broken\": false}",
                "{\"read\": true, \"domain\": false, \"fields\": [], \"lang\": \"a\", \"decidable\": false, \"same\": false, \"broken\": false}",
                "{\"read\": true, \"domain\": [], \"fields\": [], \"lang\": \"a\", \"decidable\": true, \"same\": false}",
                "{\"read\": true, \"domain\": [], \"fields\": [], \"lang\": \"a\", \"decidable\": true, \"same\": false, \"broken\": 1}",
                "{\"read\": true, \"domain\": [], \"fields\": [], \"lang\": \"a\", \"decidable\": true, \"same\": false, \"broken\": \"ValueError\"}"
            })
    void anAnswerThatCannotBeUsedDeniesItsViewerAndNobodyElse(String broken) {
        answering("[0, 1]", broken, GOOD);

        var reply = asked();

        assertThat(reply.rights().getFirst()).isEqualTo(Rights.none(TRANSFER));
        assertThat(reply.rights().getLast().read()).isTrue();
        assertThat(reply.troubles()).extracting(Trouble::viewer).containsExactly(AZIZ);
        assertThat(reply.troubles().toString()).doesNotContain("12.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "2", "false", "\"0\"", "0.5", "4294967296"})
    void aNumberThatLeadsNowhereDeniesItsViewerAndNobodyElse(String number) {
        answering("[%s, 0]".formatted(number), GOOD);

        var reply = asked();

        assertThat(reply.rights().getFirst()).isEqualTo(Rights.none(TRANSFER));
        assertThat(reply.rights().getLast().read()).isTrue();
        assertThat(reply.troubles()).extracting(Trouble::viewer).containsExactly(AZIZ);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "false",
                "{\"answers\": [], \"of\": [0]}",
                "{\"answers\": [], \"of\": [0, 0]}",
                "{\"answers\": [], \"of\": [0, 0], \"columns\": [], \"parent\": false, \"texts\": {\"by_code_point\": true, \"unaccent\": false}}",
                "{\"answers\": [], \"of\": [0, 0], \"columns\": {}, \"texts\": {\"by_code_point\": true, \"unaccent\": false}}",
                "{\"answers\": [], \"of\": [0, 0], \"columns\": {}, \"parent\": false, \"texts\": {\"by_code_point\": true}}",
                "{\"of\": [0, 0], \"columns\": {}, \"parent\": false, \"texts\": {\"by_code_point\": true, \"unaccent\": false}}"
            })
    void aReplyThatCannotBeUsedDeniesThoseItIsAboutAndNoOtherModel(String broken) {
        var money = new RightsQuestion("amanat.money", List.of(AZIZ));
        odoo.answering("[%s, {\"answers\": [%s], \"of\": [0], %s}]".formatted(broken, GOOD, COLUMNS));

        var replies = oracle.rights(List.of(QUESTION, money), false);

        assertThat(replies.getFirst().rights()).containsOnly(Rights.none(TRANSFER));
        assertThat(replies.getFirst().troubles()).extracting(Trouble::viewer).containsExactly(AZIZ, BOBUR);
        assertThat(replies.getLast().rights().getFirst().read()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\": 1}",
                "{\"type\": \"float\", \"digits\": -1}",
                "{\"type\": \"float\", \"digits\": \"2\"}",
                "{\"type\": \"many2one\"}",
                "{\"type\": \"many2one\", \"relation\": \"res.company\", \"exact_names\": 1, \"hierarchy\": true}"
            })
    void aColumnThatIsNotAsAgreedDeniesWhoseDomainNamesIt(String column) {
        var other = GOOD.replace("[[\"state\", \"in\", [\"open\"]]]", "[]");
        odoo.answering("[{\"answers\": [%s, %s], \"of\": [0, 1], %s}]"
                .formatted(GOOD, other, COLUMNS.replace("{\"type\": \"selection\"}", column)));

        var reply = asked();

        assertThat(reply.rights().getFirst()).isEqualTo(Rights.none(TRANSFER));
        assertThat(reply.rights().getLast().read()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "[]", "{}", "[{}, {}]"})
    void aListThatDoesNotFitTheQuestionsIsNoAnswer(String answer) {
        odoo.answering(answer);

        assertThatExceptionOfType(OracleException.class).isThrownBy(this::asked);
    }

    @Test
    void anOdooThatIsAwayIsNoAnswer() {
        assertThatExceptionOfType(OracleException.class)
                .isThrownBy(this::asked)
                .withMessageContaining("Odoo does not answer");
    }

    @Test
    void columnsAreKeptOnce() {
        answering("[0, 0]", GOOD);

        assertThat(asked().rights().getFirst().columns())
                .isSameAs(asked().rights().getFirst().columns());
    }

    private RightsReply asked() {
        return oracle.rights(List.of(QUESTION), false).getFirst();
    }

    private void answering(String of, String... answers) {
        odoo.answering("[{\"answers\": [%s], \"of\": %s, \"depends\": [], %s}]"
                .formatted(String.join(", ", answers), of, COLUMNS));
    }

    private static ModelFields columns() {
        return new ModelFields(
                TRANSFER,
                Map.of(
                        "state", Field.of(Kind.SELECTION),
                        "amount", Field.number(2),
                        "company_id", Field.to(Kind.MANY2ONE, new Relation("res.company", false, true)),
                        "thing", Field.of(Kind.OTHER)),
                Optional.empty(),
                Texts.USUAL);
    }
}
