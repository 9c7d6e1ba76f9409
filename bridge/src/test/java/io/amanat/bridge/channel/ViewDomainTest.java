package io.amanat.bridge.channel;

import static io.amanat.bridge.channel.Court.CLERK;
import static io.amanat.bridge.channel.Court.MANAGER;
import static io.amanat.bridge.channel.Court.SOMEBODY;
import static io.amanat.bridge.channel.Court.created;
import static io.amanat.bridge.channel.Court.deleted;
import static io.amanat.bridge.channel.Court.records;
import static io.amanat.bridge.channel.Court.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Operation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a list with a domain of its own gets. */
class ViewDomainTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;

    private final Court court = new Court();

    @AfterEach
    void close() {
        court.close();
    }

    @Test
    void enterUpdateAndLeaveAreRelativeToTheDomain() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ, "[['amount', '>=', 100], '|', ['id', '>', 0], ['active', '=', false]]");

        assertThat(lines(
                        updated(1, "{'amount': 1}", "{'amount': 2}"),
                        updated(1, "{'amount': 2}", "{'amount': 200}"),
                        updated(1, "{'amount': 200}", "{'amount': 300}"),
                        updated(1, "{'amount': 300}", "{'amount': 3}"),
                        created(SOMEBODY, 2, "{'amount': 1}"),
                        created(SOMEBODY, 3, "{'amount': 100}"),
                        deleted(SOMEBODY, 2, "{'amount': 1}"),
                        deleted(SOMEBODY, 3, "{'amount': 100}")))
                .containsExactly(
                        "ENTER [1:{amount=200}] to [7]",
                        "UPDATE [1:{amount=300}] to [7]",
                        "LEAVE [1] to [7]",
                        "CREATE [3:{amount=100}] to [7]",
                        "DELETE [3] to [7]");
    }

    @Test
    void whereItSaysNothingAboutArchivedRecordsTheyAreNotShown() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ, "[['amount', '<', 100]]");

        assertThat(lines(
                        updated(1, "{'active': true}", "{'amount': 1, 'active': false}"),
                        updated(1, "{'active': false}", "{'amount': 1, 'active': true}")))
                .containsExactly("LEAVE [1] to [7]", "ENTER [1:{active=true, amount=1}] to [7]");
    }

    @Test
    void aDomainIsHeldAgainstWhatMayBeReadOnly() {
        court.grant("[['company_id', '=', 1]]", CLERK, AZIZ);
        court.list(AZIZ, "[['amount', '<', 100]]");

        assertThat(lines(
                        updated(1, "{'company_id': [1, 'A']}", "{'amount': 1, 'active': true, 'company_id': [2, 'B']}"),
                        updated(1, "{'amount': 1}", "{'amount': 2, 'active': true, 'company_id': [2, 'B']}"),
                        updated(
                                1,
                                "{'company_id': [2, 'B']}",
                                "{'amount': 200, 'active': true, 'company_id': [1, 'A']}")))
                .containsExactly("LEAVE [1] to [7]");
    }

    @Test
    void aDomainThatCannotBeJudgedIsNotPromisedAndLeavesEverything() {
        court.grant("[]", CLERK, AZIZ);
        var watcher = court.list(AZIZ, "[['company_id', 'ilike', 'tash']]");

        assertThat(watcher.feed().filtered()).isFalse();
        assertThat(lines(updated(1, "{'amount': 1}", "{'amount': 2}"))).containsExactly("UPDATE [1:{amount=2}] to [7]");
    }

    @Test
    void aRecordThatLacksWhatTheDomainNeedsIsAResetOfThatViewAlone() {
        court.grant("[]", CLERK, AZIZ, BOBUR);
        assertThat(court.list(AZIZ, "[['name', '=', 'TR']]").feed().filtered()).isTrue();
        court.list(BOBUR);
        var change = records(
                Operation.UPDATE,
                SOMEBODY,
                List.of(Court.image(1, "{'amount': 2, 'active': true}")),
                List.of(),
                List.of(Court.image(1, "{'amount': 1}")),
                Set.of("amount"));

        assertThat(lines(change))
                .containsExactlyInAnyOrder("reset FILTER to [7]", "UPDATE [1:{active=true, amount=2}] to [8]");
    }

    /** So it is after plain SQL: the values of now decide, and who may read the record may hear that it goes. */
    @Test
    void whereNobodyKnowsWhatItWasTheViewIsToldWhatItIs() {
        court.grant("[]", CLERK, AZIZ).grant("[['amount', '<', 1000]]", MANAGER, BOBUR);
        court.list(AZIZ, "[['amount', '>=', 100]]");
        court.list(BOBUR, "[['amount', '>=', 100]]");

        assertThat(lines(bySql("{'amount': 200, 'active': true}")))
                .containsExactlyInAnyOrder(
                        "ENTER [1:{active=true, amount=200}] to [7]", "ENTER [1:{active=true, amount=200}] to [8]");
        assertThat(lines(bySql("{'amount': 2, 'active': true}"))).contains("LEAVE [1] to [7]");
        assertThat(lines(bySql("{'amount': 2000, 'active': true}"))).contains("reset NOT_READABLE to [8]");
    }

    private static Change.Records bySql(String now) {
        return records(
                Operation.UPDATE, SOMEBODY, List.of(Court.image(1, now)), List.of(), List.of(), Set.of("amount"));
    }

    /** Each of its characters may be compared with each of the patterns', for every list, at every change. */
    @Test
    void inAVeryLongTextNothingIsLookedFor() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ, "[['name', 'ilike', 'needle'], ['active', 'in', [true, false]]]");

        assertThat(lines(
                        updated(1, "{'name': 'hay'}", "{'active': true, 'name': '%s'}".formatted("a".repeat(4_001))),
                        updated(1, "{'name': 'hay'}", "{'active': true, 'name': '%s'}".formatted("a".repeat(4_000)))))
                .containsExactly("reset FILTER to [7]");
    }

    @Test
    void viewersOfOneFeedAreSortedByRightsAsEverywhere() {
        court.grant("[]", CLERK, AZIZ).grant("[]", MANAGER, BOBUR);
        var domain = "[['amount', '<', 100]]";
        assertThat(court.list(AZIZ, domain).feed())
                .isSameAs(court.list(BOBUR, domain).feed());

        assertThat(lines(updated(1, "{'amount': 1}", "{'amount': 2, 'note': 'hush', 'active': true}")))
                .containsExactlyInAnyOrder(
                        "UPDATE [1:{active=true, amount=2}] to [7]",
                        "UPDATE [1:{active=true, amount=2, note=\"hush\"}] to [8]");
    }

    private List<String> lines(Change... changes) {
        return court.judge(changes).stream().map(Court::line).toList();
    }
}
