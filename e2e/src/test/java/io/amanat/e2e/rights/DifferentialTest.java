package io.amanat.e2e.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.bridge.access.domain.ModelFields.Field;
import io.amanat.bridge.access.domain.ModelFields.Kind;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import io.amanat.e2e.rights.OdooVerdicts.Asked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class DifferentialTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAMED_A = "[['name', '=', 'a']]";
    private static final String NOT_CARRIED = "[['ref', '=', 'a']]";
    private static final String REFUSED_OR_YES = "['|', ['name', '=', 'a'], ['unknown', '=', 1]]";
    private static final ModelFields MODEL = new ModelFields(
            "test.model",
            Map.of("name", Field.of(Kind.CHAR), "ref", Field.of(Kind.CHAR)),
            Optional.empty(),
            ModelFields.Texts.USUAL);
    private static final List<Image> IMAGES = List.of(record(1, "a"), record(2, "b"));

    @Test
    void agreesWithOdoo() {
        var differential = compared(NAMED_A, "[1]", Optional.empty());

        assertThat(differential.wrong()).isEmpty();
        assertThat(differential.verdicts()).isEqualTo(2);
        assertThat(differential.yes()).isEqualTo(1);
    }

    @Test
    void aWrongVerdictIsWrong() {
        var differential = compared(NAMED_A, "[1,2]", Optional.of("something"));

        assertThat(differential.wrong()).singleElement().asString().contains("on id 2", "NO, Odoo says YES");
        assertThat(differential.wrongVerdicts()).isEqualTo(1);
    }

    @Test
    void anUndecidedVerdictIsWrong() {
        assertThat(compared(NOT_CARRIED, "[1]", Optional.empty()).wrongVerdicts())
                .isEqualTo(2);
    }

    @Test
    void anUndecidedVerdictIsRightWhereItIsLeftToOdoo() {
        var differential = compared(NOT_CARRIED, "[1]", Optional.of("something"));

        assertThat(differential.wrong()).isEmpty();
        assertThat(differential.left()).isEqualTo(Map.of("something", 2L));
    }

    @Test
    void aYesForADomainThatOdooRefusesIsWrong() {
        assertThat(compared(REFUSED_OR_YES, "null", Optional.of("refused")).wrongVerdicts())
                .isEqualTo(1);
        assertThat(compared(NOT_CARRIED, "null", Optional.empty()).wrong()).isEmpty();
    }

    @Test
    void refusingWhatOdooAnswersIsWrong() {
        assertThat(compared("[['name', '=']]", "[1]", Optional.empty()).wrongVerdicts())
                .isEqualTo(1);
        assertThat(compared("[['name', '=']]", "null", Optional.empty()).wrong())
                .isEmpty();
    }

    @Test
    void anOperatorReadAsAnotherIsSeen() {
        var differential = new Differential(new Misreading("=", "!="));
        differential.compare(asked(NAMED_A, "[1]", Optional.empty()), MODEL, IMAGES);

        assertThat(differential.wrongVerdicts()).isEqualTo(2);
    }

    private static Differential compared(String domain, String search, Optional<String> open) {
        var differential = new Differential();
        differential.compare(asked(domain, search, open), MODEL, IMAGES);
        return differential;
    }

    private static Asked asked(String domain, String search, Optional<String> open) {
        return new Asked("test.model", json(domain), open, json(search), json(search));
    }

    private static Image record(long id, String name) {
        return new Image(new RecordRef.Serial(id), Map.of("name", json("'%s'".formatted(name))));
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
