package io.amanat.bridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReadabilityTest {

    private static final Viewer AZIZ = new Viewer(7, List.of(1L));
    private static final Viewer BOBUR = new Viewer(8, List.of(1L));

    private final List<List<Question>> calls = new ArrayList<>();

    @Test
    void aBurstIsOneCall() {
        var rights = Readability.ask(this::everything, List.of(need("a", 2, AZIZ, BOBUR), need("b", 1, AZIZ)));

        assertThat(calls).hasSize(1);
        assertThat(rights.of("a", BOBUR))
                .contains(new Answer(true, Set.of(1L, 2L), Set.of("id"), versions(List.of(1L, 2L))));
        assertThat(rights.of("b", AZIZ)).contains(new Answer(true, Set.of(1L), Set.of("id"), versions(List.of(1L))));
    }

    @Test
    void equalAnswersAreOneObject() {
        var rights = Readability.ask(this::everything, List.of(need("a", 2, AZIZ, BOBUR)));

        assertThat(rights.of("a", AZIZ).orElseThrow())
                .isSameAs(rights.of("a", BOBUR).orElseThrow());
    }

    @Test
    void whoWasNotAskedAboutHasNoAnswer() {
        var rights = Readability.ask(this::everything, List.of(need("a", 1, AZIZ)));

        assertThat(rights.of("a", BOBUR)).isEmpty();
        assertThat(rights.of("b", AZIZ)).isEmpty();
    }

    @Test
    void moreThanAQuestionHoldsIsAskedInSeveralAndPutTogether() {
        var rights = Readability.ask(this::everything, List.of(need("a", 2_500, AZIZ)));

        assertThat(calls)
                .singleElement()
                .satisfies(questions -> assertThat(questions).hasSize(3));
        assertThat(rights.of("a", AZIZ).orElseThrow().ids()).hasSize(2_500);
        assertThat(rights.of("a", AZIZ).orElseThrow().versions()).hasSize(2_500);
    }

    @Test
    void whereTwoPartsOfAnAnswerDifferTheNarrowerHolds() {
        var rights = Readability.ask(
                questions -> questions.stream()
                        .map(it -> List.of(new Answer(
                                it.ids().contains(1L),
                                Set.copyOf(it.ids()),
                                Set.of("id", "f" + it.ids().size()))))
                        .toList(),
                List.of(need("a", 1_500, AZIZ)));

        assertThat(rights.of("a", AZIZ)).contains(Answer.NOTHING);
    }

    @Test
    void aCallThatFailsLeavesItsModelsUnanswered() {
        RecordOracle oracle = questions -> {
            throw new OracleException("away", null);
        };

        assertThat(Readability.ask(oracle, List.of(need("a", 1, AZIZ))).of("a", AZIZ))
                .isEmpty();
    }

    private List<List<Answer>> everything(List<Question> questions) {
        calls.add(questions);
        return questions.stream()
                .map(question -> question.viewers().stream()
                        .map(viewer ->
                                new Answer(true, Set.copyOf(question.ids()), Set.of("id"), versions(question.ids())))
                        .toList())
                .toList();
    }

    private static Map<Long, String> versions(List<Long> ids) {
        return ids.stream().collect(Collectors.toMap(id -> id, id -> "v" + id));
    }

    private static Readability.Need need(String model, int ids, Viewer... viewers) {
        return new Readability.Need(
                model, LongStream.rangeClosed(1, ids).boxed().toList(), List.of(viewers));
    }
}
