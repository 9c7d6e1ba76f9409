package io.amanat.bridge.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.channel.Numbered;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Operation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableJudgeTest {

    private static final String ONE = "{'id':1,'branch':1,'plan':7,'title':'a','secret':'x'}";
    private static final String MOVED = "{'id':1,'branch':2,'plan':7,'title':'a','secret':'x'}";
    private static final String RENAMED = "{'id':1,'branch':1,'plan':7,'title':'b','secret':'y'}";
    private static final String REPLANNED = "{'id':1,'branch':1,'plan':8,'title':'a','secret':'x'}";

    private final Board board = new Board().with(Set.of(1), Set.of(2), Set.of(1, 2), Set.of());
    private final TableJudge judge = board.judge(200);

    @Test
    void everybodyIsToldWhatTheChangeMeansForThem() {
        for (int viewer = 1; viewer <= 4; viewer++) {
            board.joined("", viewer);
        }

        assertThat(decided(board.change("", ONE)))
                .containsExactly("1 CREATE 1 {id=1, branch=1, plan=7, title=\"a\"}{} to {1, 3}");
        assertThat(decided(board.change(ONE, RENAMED)))
                .containsExactly("2 UPDATE 1 {id=1, branch=1, plan=7, title=\"b\"}{title=\"a\"} to {1, 3}");
        assertThat(decided(board.change(ONE, MOVED)))
                .containsExactly(
                        "3 CREATE 1 {id=1, branch=2, plan=7, title=\"a\"}{} to {2}",
                        "3 DELETE 1 {}{id=1} to {1}",
                        "3 UPDATE 1 {id=1, branch=2, plan=7, title=\"a\"}{branch=1} to {3}");
        assertThat(decided(board.change(MOVED, ""))).containsExactly("4 DELETE 1 {}{id=1} to {2, 3}");
        assertThat(board.reached).isEqualTo(4);
    }

    @Test
    void whatMatchesAFilterNoMoreLeaves() {
        board.joined("plan=eq.7", 1);
        board.joined("plan=gt.7", 1);

        assertThat(decided(board.change(ONE, REPLANNED)))
                .containsExactlyInAnyOrder(
                        "1 DELETE 1 {}{id=1} to {1}", "1 CREATE 2 {id=1, branch=1, plan=8, title=\"a\"}{} to {1}");
    }

    @Test
    void nobodyIsAskedAboutWhatNoFilterMeans() {
        board.joined("plan=eq.9", 1);
        board.joined("title=like.z%", 1);

        assertThat(decided(board.change(ONE, RENAMED))).isEmpty();
        assertThat(board.asked).isZero();
    }

    @Test
    void onlyWatchedColumnsAndEventsAreTold() {
        board.joined("", 1, "plan");
        var spec = new TableSpec("task", Set.of(Operation.DELETE), "", Optional.of(List.of("id")), "authenticated");
        assertThat(board.tables.join(spec, 1)).isInstanceOf(Joining.Joined.class);

        assertThat(decided(board.change(ONE, RENAMED))).isEmpty();
        assertThat(decided(board.change(ONE, REPLANNED))).containsExactly("2 UPDATE 1 {id=1, plan=8}{plan=7} to {1}");
        assertThat(decided(board.change(ONE, "")))
                .containsExactlyInAnyOrder("3 DELETE 1 {}{id=1} to {1}", "3 DELETE 2 {}{id=1} to {1}");
    }

    @Test
    void aBurstIsAskedAboutOnce() {
        board.joined("", 1);

        assertThat(decided(board.change("", ONE), board.change(ONE, RENAMED), board.change(RENAMED, MOVED)))
                .hasSize(3);
        assertThat(board.asked).isEqualTo(1);
    }

    @Test
    void rightsChangeAtTheirPlaceInTheOrder() {
        board.joined("", 1);
        board.joined("", 2);

        assertThat(decided(
                        board.change("", ONE),
                        board.change("", ONE.replace("'id':1", "'id':2")),
                        board.change("member", "", "{'id':1,'branch':2}"),
                        board.change("", MOVED)))
                .containsExactly(
                        "1 CREATE 1 {id=1, branch=1, plan=7, title=\"a\"}{} to {1}",
                        "2 CREATE 1 {id=2, branch=1, plan=7, title=\"a\"}{} to {1}",
                        "3 reset 1 rights to {1}",
                        "4 CREATE 1 {id=1, branch=2, plan=7, title=\"a\"}{} to {1, 2}");
    }

    /** What was seen before is not known: an update would tell old values that were never to be seen. */
    @Test
    void whoseRightsATransactionChangesIsToldNoRowOfIt() {
        board.joined("", 1);
        board.joined("", 3);

        assertThat(decided(
                        board.change(ONE, RENAMED),
                        board.also("member", "", "{'id':1,'branch':1}"),
                        board.also(RENAMED, ONE)))
                .containsExactly(
                        "1 UPDATE 1 {id=1, branch=1, plan=7, title=\"b\"}{title=\"a\"} to {3}",
                        "3 UPDATE 1 {id=1, branch=1, plan=7, title=\"a\"}{title=\"b\"} to {3}",
                        "3 reset 1 rights to {1}");
    }

    @Test
    void whatCannotBeFoundOutIsToldToNobodyAndEverybodyConcernedReadsAgain() {
        board.joined("", 1);
        board.joined("", 4);
        board.joined("plan=eq.9", 2);
        board.fails = true;

        assertThat(decided(board.change(ONE, RENAMED), board.change(RENAMED, ONE)))
                .containsExactly("2 reset 1 failed to {1, 4}");
        assertThat(board.reached).isEqualTo(2);
    }

    @Test
    void aWriteIsReceiptedAfterWhatItDidAndIsNobodysRow() {
        board.joined("", 1);

        assertThat(decided(
                        board.change("", ONE),
                        board.also(
                                "amanat.operation",
                                "",
                                "{'subject':'aziz','op_id':'c2a9f6f0-6d3b-4f5e-8a7d-1b2c3d4e5f60','keys':[]}")))
                .containsExactly("1 CREATE 1 {id=1, branch=1, plan=7, title=\"a\"}{} to {1}", "2 receipt aziz");
        var spec = new TableSpec("amanat.operation", Set.of(Operation.CREATE), "", Optional.empty(), "authenticated");
        assertThat(board.tables.join(spec, 1)).isInstanceOf(Joining.UnknownTable.class);
    }

    @Test
    void aGapLetsEverybodyOfTheTableReadAgain() {
        board.joined("", 1);

        assertThat(decided(board.other(new Change.Gap(Optional.of("task"), "truncated"))))
                .containsExactly("1 reset 1 truncated to {1}");
        assertThat(decided(board.other(new Change.Gap(Optional.of("plan"), "truncated"))))
                .isEmpty();
        assertThat(decided(board.other(new Change.Gap(Optional.empty(), "slot lost"))))
                .containsExactly("3 reset 1 gap to {1}");
    }

    /** A full burst may end within a transaction. */
    @Test
    void aTransactionIsJudgedWhole() {
        var judge2 = board.judge(2);
        board.joined("", 1);
        board.joined("", 3);

        var first = board.change(ONE, RENAMED);
        var second = board.change(RENAMED, ONE);
        var third = board.also("member", "", "{'id':1,'branch':1}");
        judge2.decide(List.of(first, second));
        assertThat(board.told())
                .containsExactly("1 UPDATE 1 {id=1, branch=1, plan=7, title=\"b\"}{title=\"a\"} to {1, 3}");
        assertThat(board.reached).isEqualTo(1);

        judge2.decide(List.of(third));
        assertThat(board.told())
                .containsExactly(
                        "2 UPDATE 1 {id=1, branch=1, plan=7, title=\"a\"}{title=\"b\"} to {3}",
                        "3 reset 1 rights to {1}");
        assertThat(board.reached).isEqualTo(3);
    }

    @Test
    void aColumnThatMayNotBeReadAnyMoreIsNotTold() {
        board.joined("", 1);
        board.joined("", 1, "id", "plan");
        board.readable.remove("title");

        assertThat(decided(
                        board.other(new Change.Rights("policy", Optional.empty(), Optional.empty(), Optional.empty()))))
                .contains("1 reset 1 rights to {1}");
        assertThat(decided(board.change(ONE, REPLANNED))).containsExactly("2 UPDATE 2 {id=1, plan=8}{plan=7} to {1}");

        board.readable.add("title");
        board.nanos.addAndGet(31_000_000_000L);
        assertThat(decided(board.change(ONE, REPLANNED)))
                .contains("3 reset 1 rights to {1}", "3 UPDATE 2 {id=1, plan=8}{plan=7} to {1}");
    }

    @Test
    void whoLeftIsToldNothing() {
        var feed = board.joined("", 1);
        board.joined("", 3);
        board.tables.enter(feed, 1);
        board.tables.leave(feed, 1);
        assertThat(decided(board.change("", ONE))).hasSize(1).allMatch(it -> it.endsWith("to {1, 3}"));

        board.tables.leave(feed, 1);
        assertThat(decided(board.change("", ONE))).hasSize(1).allMatch(it -> it.endsWith("to {3}"));

        board.tables.leave(feed, 3);
        assertThat(decided(board.change("", ONE))).isEmpty();
        assertThat(board.tables.all()).isEmpty();
    }

    @Test
    void whatMayNotBeReadCannotBeWatched() {
        assertThat(join("task", "", "secret")).isEqualTo(new Joining.UnknownColumn("secret"));
        assertThat(join("task", "", "nothing")).isEqualTo(new Joining.UnknownColumn("nothing"));
        assertThat(join("task", "secret=eq.x", "id")).isEqualTo(new Joining.UnknownColumn("secret"));
        assertThat(join("plan", "", "id")).isEqualTo(new Joining.UnknownTable());
        assertThat(join("task", "plan=eq.x", "id")).isInstanceOf(Joining.BadFilter.class);
        assertThat(join("task", "plan", "id")).isInstanceOf(Joining.BadFilter.class);
        var anon = new TableSpec("task", Set.of(Operation.CREATE), "", Optional.empty(), "anon");
        assertThat(board.tables.join(anon, 1)).isEqualTo(new Joining.UnknownTable());
    }

    private Joining join(String table, String filter, String column) {
        var spec =
                new TableSpec(table, Set.of(Operation.CREATE), filter, Optional.of(List.of(column)), "authenticated");
        return board.tables.join(spec, 1);
    }

    private List<String> decided(Numbered... changes) {
        judge.decide(List.of(changes));
        return board.told();
    }
}
