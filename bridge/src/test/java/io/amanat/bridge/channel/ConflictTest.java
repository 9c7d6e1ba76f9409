package io.amanat.bridge.channel;

import static io.amanat.bridge.channel.Court.CLERK;
import static io.amanat.bridge.channel.Court.MANAGER;
import static io.amanat.bridge.channel.Court.SOMEBODY;
import static io.amanat.bridge.channel.Court.TRANSFER;
import static io.amanat.bridge.channel.Court.deleted;
import static io.amanat.bridge.channel.Court.form;
import static io.amanat.bridge.channel.Court.image;
import static io.amanat.bridge.channel.Court.records;
import static io.amanat.bridge.channel.Court.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who edits a record hears of it when somebody else changes it: judged by the same rights as the change. */
class ConflictTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;
    private static final Actor AZIZ_IN_A_TAB = new Actor(AZIZ, "Aziz", Optional.of("a".repeat(32)));

    private final Court court = new Court();

    @AfterEach
    void close() {
        court.close();
    }

    @Test
    void whoEditsIsToldWhatItWasAndWhatItIsBeforeTheValues() {
        court.grant("[]", CLERK, AZIZ);
        court.form(AZIZ, 1);
        court.touch(AZIZ, 1);

        assertThat(judged(updated(1, "{'amount':9.0}", "{'amount':12.0,'name':'a'}")))
                .containsExactly(
                        "conflict 1[amount: 9.0 -> 12.0] to [7]", "UPDATE [1:{amount=12.0, name=\"a\"}] to [7]");
    }

    @Test
    void thoseWithEqualRightsShareIt() {
        court.grant("[]", CLERK, AZIZ, BOBUR);
        court.touch(AZIZ, 1);
        court.touch(BOBUR, 1);

        assertThat(judged(updated(1, "{'amount':9.0}", "{'amount':12.0}")))
                .containsExactly("conflict 1[amount: 9.0 -> 12.0] to [7, 8]");
    }

    @Test
    void fieldsThatMayNotBeReadAreNotNamed() {
        court.grant("[]", CLERK, AZIZ).grant("[]", MANAGER, BOBUR);
        court.touch(AZIZ, 1);
        court.touch(BOBUR, 1);

        assertThat(judged(updated(1, "{'note':'old','amount':9.0}", "{'note':'new','amount':12.0}")))
                .containsExactlyInAnyOrder(
                        "conflict 1[amount: 9.0 -> 12.0] to [7]",
                        "conflict 1[amount: 9.0 -> 12.0, note: \"old\" -> \"new\"] to [8]");
        assertThat(judged(updated(1, "{'note':'new'}", "{'note':'newer'}")))
                .containsExactly("conflict 1[note: \"new\" -> \"newer\"] to [8]");
    }

    @Test
    void whatOnlyRulesLookAtIsNoConflict() {
        court.grant("[]", MANAGER, AZIZ);
        court.touch(AZIZ, 1);

        assertThat(judged(updated(1, "{'level':3}", "{}"))).isEmpty();
    }

    @Test
    void whoMayNotReadTheRecordAnyMoreHearsNothing() {
        court.grant("[['amount','<',10]]", CLERK, AZIZ);
        court.touch(AZIZ, 1);

        assertThat(judged(updated(1, "{'amount':9.0}", "{'amount':12.0}"))).isEmpty();
    }

    @Test
    void whoCouldNotReadItBeforeIsNotToldWhatItWas() {
        court.grant("[['amount','<',10]]", CLERK, AZIZ);
        court.touch(AZIZ, 1);

        assertThat(judged(updated(1, "{'amount':12.0}", "{'amount':9.0}")))
                .containsExactly("conflict 1[amount: ? -> 9.0] to [7]");
    }

    @Test
    void whatDependsOnTheReaderIsNamedAndToBeRead() {
        court.grant("[]", MANAGER, AZIZ);
        court.touch(AZIZ, 1);
        var change = new Change.Records(
                TRANSFER,
                Operation.UPDATE,
                SOMEBODY,
                Instant.EPOCH,
                List.of(image(1, "{'note':'mine','line_ids':[4,5]}")),
                List.of(),
                List.of(image(1, "{'note':'theirs','line_ids':[4]}")),
                Set.of("note", "line_ids"),
                Set.of("note"));

        assertThat(judged(change))
                .containsExactly("conflict 1[line_ids: ? -> ?, note: ? -> ?] reread [line_ids, note] to [7]");
    }

    @Test
    void anotherTabOfTheSameUserIsToldThatItWasThisUser() {
        court.grant("[]", CLERK, AZIZ, BOBUR);
        court.touch(AZIZ, 1);
        court.touch(BOBUR, 1);

        assertThat(judged(updated(AZIZ_IN_A_TAB, 1, "{'amount':9.0}", "{'amount':12.0}")))
                .containsExactlyInAnyOrder(
                        "conflict own 1[amount: 9.0 -> 12.0] to [7]", "conflict 1[amount: 9.0 -> 12.0] to [8]");
    }

    @Test
    void aUserWhoseOwnChangesAreSilentHearsOfOthersOnly() {
        try (var silent = new Court(OwnChanges.USER)) {
            silent.grant("[]", CLERK, AZIZ, BOBUR);
            silent.touch(AZIZ, 1);
            silent.touch(BOBUR, 1);

            assertThat(lines(silent.judge(updated(AZIZ_IN_A_TAB, 1, "{'amount':9.0}", "{'amount':12.0}"))))
                    .containsExactly("conflict 1[amount: 9.0 -> 12.0] to [8]");
        }
    }

    @Test
    void otherRecordsAndDeletionsAreNoConflict() {
        court.grant("[]", CLERK, AZIZ);
        court.touch(AZIZ, 1);

        assertThat(judged(updated(2, "{'amount':9.0}", "{'amount':12.0}"))).isEmpty();
        assertThat(judged(deleted(SOMEBODY, 1, "{'amount':9.0}"))).isEmpty();
    }

    @Test
    void ofSeveralRecordsOnlyTheOneThatIsEditedIsTold() {
        court.grant("[]", CLERK, AZIZ);
        court.touch(AZIZ, 2);
        var change = records(
                Operation.UPDATE,
                SOMEBODY,
                List.of(image(1, "{'amount':1.0}"), image(2, "{'amount':2.0}")),
                List.of(),
                List.of(image(1, "{'amount':7.0}"), image(2, "{'amount':8.0}")),
                Set.of("amount"));

        assertThat(judged(change)).containsExactly("conflict 2[amount: 8.0 -> 2.0] to [7]");
    }

    @Test
    void whereNobodyCanTellThereIsAReset() {
        court.undecidable("s", CLERK, AZIZ);
        court.touch(AZIZ, 1);

        assertThat(judged(updated(1, "{'amount':9.0}", "{'amount':12.0}"))).containsExactly("reset FAILED to [7]");
    }

    @Test
    void whoMayNotWriteOrReadMayNotEdit() {
        court.grant("[]", CLERK, AZIZ, BOBUR);
        court.readable.put(1L, Set.of(AZIZ, BOBUR));
        court.readOnly.put(1L, Set.of(AZIZ));

        assertThat(court.admission.touch(form(1), AZIZ)).isEqualTo(new Admission.Result.ReadOnly());
        assertThat(court.admission.touch(form(2), AZIZ)).isEqualTo(new Admission.Result.UnknownRecord());
        assertThat(court.admission.touch(form(1), 99)).isEqualTo(new Admission.Result.UnknownModel());
        assertThat(court.admission.touch(form(1), BOBUR))
                .isInstanceOfSatisfying(
                        Admission.Result.Touching.class,
                        it -> assertThat(it.fields()).contains("amount").doesNotContain("note"));
    }

    @Test
    void whoEditsNoMoreHearsNothing() {
        court.grant("[]", CLERK, AZIZ);
        court.channel.unregister(court.touch(AZIZ, 1));

        assertThat(judged(updated(1, "{'amount':9.0}", "{'amount':12.0}"))).isEmpty();
    }

    private List<String> judged(Change change) {
        return lines(court.judge(change));
    }

    private static List<String> lines(List<Delivery> deliveries) {
        return deliveries.stream().map(Court::line).toList();
    }
}
