package io.amanat.bridge.channel;

import static io.amanat.bridge.channel.Court.CLERK;
import static io.amanat.bridge.channel.Court.created;
import static io.amanat.bridge.channel.Court.deleted;
import static io.amanat.bridge.channel.Court.image;
import static io.amanat.bridge.channel.Court.records;
import static io.amanat.bridge.channel.Court.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Operation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the user who did it gets, in the tab that did it and in others; "own" spares the tab that did. */
class OwnChangesTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;
    private static final Actor AZIZ_HERE = new Actor(AZIZ, "Aziz", Optional.of("a".repeat(32)));

    @Test
    void theTabThatDidItGetsAReceiptAndTheOthersTheData() {
        try (var court = watched(OwnChanges.TAB)) {
            assertThat(lines(court, updated(AZIZ_HERE, 1, "{'amount': 1}", "{'amount': 2}")))
                    .containsExactlyInAnyOrder(
                            "UPDATE [1:{amount=2}] to [8]", "UPDATE own [1:{amount=2}] to [7]", "receipt [1] to [7]");
            assertThat(lines(court, deleted(AZIZ_HERE, 1, "{'amount': 2}")))
                    .containsExactlyInAnyOrder("DELETE [1] to [8]", "DELETE own [1] to [7]", "receipt [1] to [7]");
        }
    }

    @Test
    void aChangeThroughTheApiHasNoReceipt() {
        try (var court = watched(OwnChanges.TAB)) {
            var actor = new Actor(AZIZ, "Aziz", Optional.empty());

            assertThat(lines(court, created(actor, 1, "{'amount': 2}")))
                    .containsExactlyInAnyOrder("CREATE [1:{amount=2}] to [8]", "CREATE own [1:{amount=2}] to [7]");
        }
    }

    @Test
    void aReceiptNamesOnlyWhatItsUserCouldSeeBeforeOrCanAfter() {
        try (var court = watched(OwnChanges.TAB)) {
            var change = records(
                    Operation.UPDATE,
                    AZIZ_HERE,
                    List.of(
                            image(1, "{'amount': 200}"),
                            image(2, "{'amount': 3}"),
                            image(3, "{'amount': 300}"),
                            image(4, "{'amount': 4}")),
                    List.of(),
                    List.of(
                            image(1, "{'amount': 1}"),
                            image(2, "{'amount': 200}"),
                            image(3, "{'amount': 200}"),
                            image(4, "{'amount': 1}")),
                    Set.of("amount"));

            assertThat(lines(court, change)).contains("receipt [1, 2, 4] to [7]");
        }
    }

    @Test
    void whatTheUserMayNotReadAnyMoreIsWithdrawnFromTheTabThatDidItToo() {
        try (var court = watched(OwnChanges.TAB)) {
            assertThat(lines(court, updated(AZIZ_HERE, 1, "{'amount': 1}", "{'amount': 200}")))
                    .containsExactlyInAnyOrder(
                            "UPDATE [1:{amount=200}] to [8]", "LEAVE [1] to [7]", "receipt [1] to [7]");
        }
    }

    @Test
    void whatOnlyLeavesTheViewIsNotTakenFromTheTabThatDidIt() {
        try (var court = new Court().grant("[]", CLERK, AZIZ)) {
            court.list(AZIZ, "[['amount', '<', 100]]");

            assertThat(lines(court, updated(AZIZ_HERE, 1, "{'amount': 1}", "{'amount': 200, 'active': true}")))
                    .containsExactlyInAnyOrder("LEAVE own [1] to [7]", "receipt [1] to [7]");
        }
    }

    @Test
    void aDeletionThatCannotBeJudgedSparesTheTabThatDidIt() {
        try (var court = new Court().undecidable("same", CLERK, AZIZ)) {
            court.list(AZIZ);

            assertThat(lines(court, deleted(AZIZ_HERE, 1, "{}"))).containsExactlyInAnyOrder("reset DELETED own to [7]");
        }
    }

    @Test
    void withOwnChangesUserNoTabOfThatUserHearsOfItButOfWhatMayNotBeReadAnyMore() {
        try (var court = watched(OwnChanges.USER)) {
            assertThat(lines(court, updated(AZIZ_HERE, 1, "{'amount': 1}", "{'amount': 2}")))
                    .containsExactlyInAnyOrder("UPDATE [1:{amount=2}] to [8]");
            assertThat(lines(court, deleted(AZIZ_HERE, 1, "{'amount': 2}")))
                    .containsExactlyInAnyOrder("DELETE [1] to [8]");
            assertThat(lines(court, updated(AZIZ_HERE, 1, "{'amount': 1}", "{'amount': 200}")))
                    .containsExactlyInAnyOrder("UPDATE [1:{amount=200}] to [8]", "LEAVE [1] to [7]");
        }
    }

    /** Aziz may read what is below 100, Bobur everything. */
    private static Court watched(OwnChanges own) {
        var court = new Court(own).grant("[['amount', '<', 100]]", CLERK, AZIZ).grant("[]", CLERK, BOBUR);
        court.list(BOBUR);
        court.list(AZIZ);
        return court;
    }

    private static List<String> lines(Court court, Change... changes) {
        return court.judge(changes).stream().map(Court::line).toList();
    }
}
