package io.amanat.bridge.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.amanat.bridge.channel.Decided;
import io.amanat.bridge.channel.Numbered;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableSummaryTest {

    private static final String ONE = "{'id':1,'branch':1,'plan':7,'title':'a'}";
    private static final String MOVED = "{'id':1,'branch':2,'plan':7,'title':'a'}";
    private static final String RENAMED = "{'id':1,'branch':1,'plan':7,'title':'b'}";

    private final Board board = new Board().with(Set.of(1), Set.of(2), Set.of(1, 2), Set.of());
    private final List<Decided> said = new ArrayList<>();
    private boolean wanted = true;
    private final TableSummary summary = new TableSummary(board, () -> wanted, said::add);
    private final TableJudge judge = new TableJudge(board.tables, board, summary, 3, board.nanos::get);

    @Test
    void ofEachChangeItIsSaidWhatItBecameForHowMany() {
        for (int viewer = 1; viewer <= 4; viewer++) {
            board.joined("", viewer);
        }
        board.joined("plan=eq.7", 3);

        decide(board.change("", ONE));
        decide(board.change(ONE, MOVED), board.change(MOVED, ""));

        assertThat(said)
                .containsExactly(
                        new Decided(1, "task", "create", 1, 0, 2, 2, 0),
                        new Decided(2, "task", "update", 1, 0, 4, 3, 0),
                        new Decided(3, "task", "delete", 1, 0, 2, 2, 0));
        assertThat(board.told).hasSize(8);
        assertThat(board.reached).isEqualTo(3);
    }

    @Test
    void whatNobodyWatchesPassesAsWell() {
        decide(board.change("", ONE));

        assertThat(said).containsExactly(new Decided(1, "task", "create", 1, 0, 0, 0, 0));
    }

    @Test
    void whoReadsAgainIsCounted() {
        board.joined("", 1);
        board.joined("", 3);
        board.fails = true;

        decide(board.change("", ONE));
        decide(board.other(new Change.Gap(Optional.empty(), "reading begins here")));

        assertThat(said)
                .containsExactly(
                        new Decided(1, "task", "create", 1, 0, 0, 0, 2), new Decided(2, "", "gap", 0, 0, 0, 0, 2));
    }

    @Test
    void whatTheBridgeNotesForItselfIsNotSaid() {
        decide(board.change("amanat.operation", "{'id':1,'subject':'s'}", ""));
        decide(board.other(new Change.Event(
                "amanat.mark", "", new Actor(0, "", Optional.empty()), Board.AT, Set.of(), List.of(), Set.of())));

        assertThat(said).isEmpty();
    }

    @Test
    void aTransactionThatIsNotDecidedYetIsSaidWhenItIs() {
        board.joined("", 1);

        decide(board.change("", ONE), board.change(ONE, RENAMED), board.also(RENAMED, ONE));
        assertThat(said).extracting(Decided::offset).containsExactly(1L);
        wanted = false;
        decide();

        assertThat(said)
                .extracting(Decided::offset, Decided::classes)
                .containsExactly(tuple(1L, 1), tuple(2L, 1), tuple(3L, 1));
    }

    @Test
    void whileNobodyListensNothingIsKept() {
        board.joined("", 1);
        wanted = false;
        decide(board.change("", ONE), board.change(ONE, RENAMED), board.also(RENAMED, ONE));
        wanted = true;
        decide(board.change(ONE, ""));

        assertThat(said).containsExactly(new Decided(4, "task", "delete", 1, 0, 1, 1, 0));
    }

    private void decide(Numbered... changes) {
        summary.expect(List.of(changes));
        judge.decide(List.of(changes));
    }
}
