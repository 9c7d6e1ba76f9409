package io.amanat.bridge.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.protocol.TableRequest;
import io.amanat.connector.change.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReadsTest {

    private static final Board BOARD = Board.create();

    private final Reads reads = new Reads(BOARD.viewers(), BOARD);

    private ReadAnswer read(Claims claims, String table, String filter, String... columns) {
        var asked = columns.length == 0 ? Optional.<List<String>>empty() : Optional.of(List.of(columns));
        return reads.read(claims, new TableRequest.Read("1", table, filter, asked, Optional.empty(), 1000));
    }

    private List<JsonNode> rows(Claims claims, String table, String filter, String... columns) {
        return ((ReadAnswer.Page) read(claims, table, filter, columns)).rows();
    }

    private static ErrorCode code(ReadAnswer answer) {
        return ((ReadAnswer.Refused) answer).code();
    }

    private static List<String> keys(List<JsonNode> rows) {
        return rows.stream().map(row -> row.path("id").stringValue()).toList();
    }

    @Test
    void everybodyReadsWhatIsTheirs() {
        var all =
                BOARD.ask("SELECT id FROM client_card WHERE branch_id = '%s' ORDER BY id".formatted(Board.id('b', 2)));
        assertThat(keys(rows(Board.MALIKA, "client_card", ""))).isEqualTo(all);
        assertThat(rows(Board.DILNOZA, "client_card", "")).hasSize(20);
        assertThat(rows(new Claims("authenticated", "", "{}"), "client_card", ""))
                .isEmpty();
    }

    @Test
    void onlyTheAskedColumnsComeAndTheKey() {
        var row = rows(Board.MALIKA, "client_card", "", "name", "phone").getFirst();
        assertThat(row.propertyNames()).containsExactly("id", "name", "phone");
    }

    @Test
    void aColumnThatMayNotBeReadIsNotToldApartFromNone() {
        var board = Board.create();
        board.run(
                "ALTER TABLE client_card ADD secret int; GRANT SELECT (id, branch_id, name) ON client_card TO authenticated;"
                        + "REVOKE SELECT ON client_card FROM authenticated;"
                        + "GRANT SELECT (id, branch_id, name) ON client_card TO authenticated");
        board.served();
        for (var filter : List.of("secret=eq.1", "secret=eq.no number", "nothing=eq.no number")) {
            assertThat(new Reads(board.viewers(), board)
                            .read(
                                    Board.MALIKA,
                                    new TableRequest.Read(
                                            "1", "client_card", filter, Optional.empty(), Optional.empty(), 10)))
                    .isEqualTo(new ReadAnswer.Refused(
                            ErrorCode.UNKNOWN_COLUMN, "a column does not exist, or you may not read it; leave it out"));
        }
    }

    @Test
    void aFilterChoosesAsPostgresWould() {
        var filters = List.of(
                "status=eq.taken",
                "status=neq.taken",
                "status=in.(done,\"posted\")",
                "status=not.in.(done,posted)",
                "client_card_id=is.null",
                "client_card_id=not.is.null",
                "title=like.K%",
                "title=not.ilike.%KO\u2018RIK%",
                "starts=gte.13:30",
                "starts=lt.13:30,status=not.eq.done");
        var conditions = List.of(
                "status = 'taken'",
                "status <> 'taken'",
                "status IN ('done', 'posted')",
                "status NOT IN ('done', 'posted')",
                "client_card_id IS NULL",
                "client_card_id IS NOT NULL",
                "title LIKE 'K%'",
                "title NOT ILIKE '%KO\u2018RIK%'",
                "starts >= '13:30'",
                "starts < '13:30' AND status <> 'done'");
        for (int i = 0; i < filters.size(); i++) {
            var expected = BOARD.ask("SELECT id FROM task WHERE branch_id = '%s' AND %s ORDER BY id"
                    .formatted(Board.id('b', 2), conditions.get(i)));
            assertThat(keys(rows(Board.MALIKA, "task", filters.get(i), "title")))
                    .as(filters.get(i))
                    .isEqualTo(expected);
        }
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() {
        var all = BOARD.ask("SELECT id FROM task WHERE branch_id = '%s' ORDER BY id".formatted(Board.id('b', 2)));
        var read = new ArrayList<String>();
        Optional<RecordRef.Key> after = Optional.empty();
        boolean more = true;
        while (more) {
            var page = (ReadAnswer.Page)
                    reads.read(Board.MALIKA, new TableRequest.Read("1", "task", "", Optional.empty(), after, 7));
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(7);
            read.addAll(keys(page.rows()));
            after = Optional.of(new RecordRef.Uuid(UUID.fromString(read.getLast())));
            more = page.more();
        }
        assertThat(read).isEqualTo(all);
    }

    @Test
    void aPageOfLargeRowsEndsEarly() {
        var board = Board.create();
        board.run(
                "UPDATE client_card SET note = repeat('x', 4000); ALTER TABLE client_card DROP CONSTRAINT client_card_note_check;"
                        + " UPDATE client_card SET note = repeat('x', 100000)");
        var page = (ReadAnswer.Page) new Reads(board.viewers(), board)
                .read(
                        Board.DILNOZA,
                        new TableRequest.Read("1", "client_card", "", Optional.empty(), Optional.empty(), 1000));
        assertThat(page.rows()).hasSize(2);
        assertThat(page.more()).isTrue();
    }

    @Test
    void whatIsNotThereAndWhatMayNotBeReadAreNotToldApart() {
        var board = Board.create();
        board.run("ALTER TABLE client_card ADD secret text; REVOKE SELECT ON client_card FROM authenticated;"
                + " GRANT SELECT (id, branch_id, name) ON client_card TO authenticated");
        board.served();
        var own = new Reads(board.viewers(), board);
        for (var column : List.of("secret", "nothing")) {
            var asked =
                    new TableRequest.Read("1", "client_card", "", Optional.of(List.of(column)), Optional.empty(), 10);
            var filtered = new TableRequest.Read(
                    "1", "client_card", column + "=eq.x", Optional.of(List.of("name")), Optional.empty(), 10);
            assertThat(code(own.read(Board.MALIKA, asked))).isEqualTo(ErrorCode.UNKNOWN_COLUMN);
            assertThat(code(own.read(Board.MALIKA, filtered))).isEqualTo(ErrorCode.UNKNOWN_COLUMN);
        }
        assertThat(code(read(new Claims("anon", "", "{}"), "task", ""))).isEqualTo(ErrorCode.UNKNOWN_TABLE);
        assertThat(code(read(Board.MALIKA, "nothing", ""))).isEqualTo(ErrorCode.UNKNOWN_TABLE);
    }

    @Test
    void whatIsNoFilterIsSaidToBeNone() {
        for (var filter :
                List.of("status", "status=eq", "status=is.here", "plan_id=eq.x", "id=like.a%", "day=eq.2026-13-01")) {
            assertThat(code(read(Board.MALIKA, "task", filter))).as(filter).isEqualTo(ErrorCode.BAD_FILTER);
        }
    }

    @Test
    void namesAndValuesAreNeverPartOfTheStatement() {
        for (var filter : List.of(
                "title=eq.\"'; DROP TABLE task; --\"",
                "title=in.(\"}\",\"\\\"\",\"\\\\\",\"',1)\",NULL)",
                "title=like.\"'--\"")) {
            assertThat(rows(Board.MALIKA, "task", filter, "title")).as(filter).isEmpty();
        }
        assertThat(code(read(Board.MALIKA, "task", "", "title\" FROM task; --")))
                .isEqualTo(ErrorCode.UNKNOWN_COLUMN);
        assertThat(code(read(Board.MALIKA, "task\"; --", ""))).isEqualTo(ErrorCode.UNKNOWN_TABLE);
    }
}
