package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amanat.bridge.access.Answer;
import io.amanat.bridge.access.NamesQuestion;
import io.amanat.bridge.access.OracleException;
import io.amanat.bridge.access.Question;
import io.amanat.bridge.access.Viewer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OdooRightsTest {

    private final CannedOdoo odoo = new CannedOdoo();
    private final OdooRights rights = new OdooRights(odoo);

    private final Question question = new Question(
            "amanat.transfer", List.of(41L, 42L), List.of(new Viewer(7, List.of(1L)), new Viewer(8, List.of(1L, 2L))));

    @Test
    void aBurstIsOneCallInTheWordsOfTheContract() {
        odoo.answering("""
                [{"answers": [{"read": false, "ids": [], "fields": []}, {"read": true, "ids": [42], "fields": ["id", "name"]}],
                  "of": [1, 0], "versions": {"42": "771"}}]""");

        assertThat(rights.readable(List.of(question), false))
                .containsExactly(List.of(
                        new Answer(true, Set.of(42L), Set.of("id", "name"), Map.of(42L, "771")),
                        new Answer(false, Set.of(), Set.of(), Map.of(42L, "771"))));
        assertThat(odoo.calls)
                .containsExactly(new CannedOdoo.Call(
                        "amanat.bridge",
                        "readable",
                        Map.of(
                                "questions",
                                List.of(Map.of(
                                        "model",
                                        "amanat.transfer",
                                        "ids",
                                        List.of(41L, 42L),
                                        "viewers",
                                        List.of(
                                                Map.of("uid", 7L, "companies", List.of(1L)),
                                                Map.of("uid", 8L, "companies", List.of(1L, 2L))))),
                                "fresh",
                                false)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "[]",
                "[[]]",
                "[{}]",
                "[{\"answers\": [], \"of\": [], \"versions\": {}}]",
                "[{\"answers\": [{\"read\": false, \"ids\": [], \"fields\": []}], \"of\": [0], \"versions\": {}}]",
                "[{\"answers\": [{\"read\": false, \"ids\": [], \"fields\": []}], \"of\": [0, 1], \"versions\": {}}]",
                "[{\"answers\": [{\"read\": false, \"ids\": [], \"fields\": []}], \"of\": [0, -1], \"versions\": {}}]",
                "[{\"answers\": [{\"read\": false, \"ids\": [], \"fields\": []}], \"of\": [0, false], \"versions\": {}}]",
                "[{\"answers\": [{}], \"of\": [0, 0], \"versions\": {}}]",
                "[{\"answers\": [{\"read\": 1, \"ids\": [], \"fields\": []}], \"of\": [0, 0], \"versions\": {}}]",
                "[{\"answers\": [{\"read\": true, \"ids\": [\"42\"], \"fields\": []}], \"of\": [0, 0], \"versions\": {}}]",
                "[{\"answers\": [{\"read\": true, \"ids\": [99], \"fields\": []}], \"of\": [0, 0], \"versions\": {}}]",
                "[{\"answers\": [{\"read\": true, \"ids\": [], \"fields\": [1]}], \"of\": [0, 0], \"versions\": {}}]",
                "[{\"answers\": [{\"read\": true, \"ids\": [], \"fields\": []}], \"of\": [0, 0]}]",
                "[{\"answers\": [{\"read\": true, \"ids\": [], \"fields\": []}], \"of\": [0, 0], \"versions\": {\"99\": \"7\"}}]",
                "[{\"answers\": [{\"read\": true, \"ids\": [], \"fields\": []}], \"of\": [0, 0], \"versions\": {\"x\": \"7\"}}]",
                "[{\"answers\": [{\"read\": true, \"ids\": [], \"fields\": []}], \"of\": [0, 0], \"versions\": {\"42\": 7}}]"
            })
    void anAnswerThatIsNotExactlyAsAgreedIsNone(String answer) {
        odoo.answering(answer);

        assertThatExceptionOfType(OracleException.class).isThrownBy(() -> rights.readable(List.of(question), false));
    }

    @Test
    void aQuestionAboutWritingIsAskedAndAnsweredAsSuch() {
        odoo.answering("""
                [{"answers": [{"read": true, "ids": [42], "fields": ["name"]}], "of": [0, 0], "versions": {}, "operation": "write"}]""");

        assertThat(rights.readable(List.of(question.forWriting()), false).getFirst())
                .containsOnly(new Answer(true, Set.of(42L), Set.of("name")));
        assertThat(odoo.calls.getFirst().named().get("questions")).asString().contains("operation=write");
    }

    /** An older add-on would say who may read. */
    @Test
    void anAnswerThatDoesNotSayThatItIsAboutWritingIsNone() {
        odoo.answering("""
                [{"answers": [{"read": true, "ids": [42], "fields": ["name"]}], "of": [0, 0], "versions": {}}]""");

        assertThatExceptionOfType(OracleException.class)
                .isThrownBy(() -> rights.readable(List.of(question.forWriting()), false));
    }

    @Test
    void namesComeOnceForThoseWhoMaySeeTheSame() {
        odoo.answering("""
                [{"answers": [{"names": {"8": "Bobur"}}, {"names": {}}], "of": [0, 1]}]""");
        var people = new NamesQuestion(List.of(8L), question.viewers());

        assertThat(rights.names(List.of(people), true)).containsExactly(List.of(Map.of(8L, "Bobur"), Map.of()));
        assertThat(odoo.calls.getFirst().method()).isEqualTo("people");
        assertThat(odoo.calls.getFirst().named().get("fresh")).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "[]",
                "[{\"answers\": [], \"of\": [0, 0]}]",
                "[{\"answers\": [{\"names\": {\"8\": 8}}], \"of\": [0, 0]}]",
                "[{\"answers\": [{\"names\": {\"x\": \"Bobur\"}}], \"of\": [0, 0]}]",
            })
    void namesThatAreNotExactlyAsAgreedAreNone(String answer) {
        odoo.answering(answer);

        assertThatExceptionOfType(OracleException.class)
                .isThrownBy(() -> rights.names(List.of(new NamesQuestion(List.of(8L), question.viewers())), false));
    }

    @Test
    void anOdooThatIsAwayIsNoAnswer() {
        assertThatExceptionOfType(OracleException.class)
                .isThrownBy(() -> rights.readable(List.of(question), false))
                .withMessageContaining("Odoo does not answer");
    }
}
