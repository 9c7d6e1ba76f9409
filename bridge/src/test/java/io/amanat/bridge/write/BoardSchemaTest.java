package io.amanat.bridge.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.connector.source.wal.TestPostgres;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardSchemaTest {

    private static final Board BOARD = Board.create();

    private static final String NEW_TASK = """
            INSERT INTO task (branch_id, plan_id, employee_id, day, starts, ends, title)
            SELECT branch_id, plan_id, employee_id, day, starts, ends, 'Yangi ish' FROM task
            WHERE branch_id = '%s' LIMIT 1 RETURNING id""".formatted(Board.id('b', 2));

    private static List<String> as(Claims claims, String... statements) throws SQLException {
        return BOARD.viewers().run(claims, connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("SET LOCAL search_path = public");
                List<String> last = List.of();
                for (var sql : statements) {
                    last = statement.execute(sql)
                            ? first(statement.getResultSet())
                            : List.of(Integer.toString(statement.getUpdateCount()));
                }
                return last;
            }
        });
    }

    private static List<String> first(ResultSet rows) throws SQLException {
        var values = new ArrayList<String>();
        while (rows.next()) {
            values.add(String.valueOf(rows.getString(1)));
        }
        return values;
    }

    @Test
    void everythingCanBeRunAgainAndKeepsTheData() {
        var board = Board.create();
        var before = board.ask("SELECT count(*) FROM task");
        for (var file : List.of("amanat", "amanat-events", "board")) {
            board.run(Board.file(file));
        }
        assertThat(board.ask("SELECT count(*) FROM task")).isEqualTo(before);
        board.run(Board.file("board-demo"));
        assertThat(board.ask("SELECT count(*) FROM task")).isEqualTo(before);
    }

    @Test
    void functionsOfSomebodyElseAreNotReplaced() {
        var database = TestPostgres.empty();
        database.run("CREATE SCHEMA auth; CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS"
                + " $$ SELECT '00000000-0000-4000-8000-00000000beef'::uuid $$");
        var board = Board.create(database);
        assertThat(board.ask("SELECT auth.uid()")).containsExactly("00000000-0000-4000-8000-00000000beef");
    }

    @Test
    void everybodySeesTheirOwnBranches() throws SQLException {
        for (var table : List.of("task", "plan", "client_card", "employee", "status_history", "attachment")) {
            assertThat(as(Board.MALIKA, "SELECT DISTINCT branch_id FROM " + table))
                    .as(table)
                    .containsExactly(Board.id('b', 2).toString());
            assertThat(as(Board.DILNOZA, "SELECT DISTINCT branch_id FROM " + table))
                    .as(table)
                    .hasSize(3);
        }
        assertThat(as(Board.MALIKA, "SELECT name FROM branch")).containsExactly("Samarqand · Registon");
        assertThat(as(Board.MALIKA, "SELECT user_id FROM user_branch")).containsExactly(Board.MALIKA.subject());
    }

    @Test
    void nobodyInParticularSeesNothing() {
        var anon = new Claims("anon", "", "{\"role\":\"anon\"}");
        assertThatThrownBy(() -> as(anon, "SELECT 1 FROM task")).hasMessageContaining("permission denied");
    }

    @Test
    void aTokenWithoutSubjectSeesNoRow() throws SQLException {
        assertThat(as(new Claims("authenticated", "", "{}"), "SELECT id FROM task"))
                .isEmpty();
    }

    @Test
    void theTriggerAloneSaysWhoAndWhen() throws SQLException {
        var id = as(Board.MALIKA, NEW_TASK).getFirst();
        assertThat(as(
                        Board.OTABEK,
                        "UPDATE task SET title = 'Boshqa' WHERE id = '%s' RETURNING updated_by".formatted(id)))
                .containsExactly(Board.OTABEK.subject());
        assertThatThrownBy(() -> as(Board.OTABEK, "UPDATE task SET updated_by = NULL WHERE id = '%s'".formatted(id)))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() ->
                        as(Board.OTABEK, "UPDATE task SET updated_at = '2000-01-01' WHERE id = '%s'".formatted(id)))
                .hasMessageContaining("permission denied");
    }

    @Test
    void theTimeOfARowGrowsEvenWhenTheClockDoesNot() throws SQLException {
        var id = as(Board.MALIKA, NEW_TASK).getFirst();
        BOARD.run(
                "ALTER TABLE task DISABLE TRIGGER touched; UPDATE task SET updated_at = '2999-01-01 00:00:00+00' WHERE id = '%s';"
                                .formatted(id)
                        + "ALTER TABLE task ENABLE TRIGGER touched");
        assertThat(as(
                        Board.MALIKA,
                        "UPDATE task SET title = 'Keyin' WHERE id = '%s' RETURNING updated_at AT TIME ZONE 'UTC'"
                                .formatted(id)))
                .containsExactly("2999-01-01 00:00:00.000001");
    }

    @Test
    void everyStatusIsRememberedWithWhoSetIt() throws SQLException {
        var id = as(Board.MALIKA, NEW_TASK).getFirst();
        as(Board.OTABEK, "UPDATE task SET status = 'done' WHERE id = '%s'".formatted(id));
        as(Board.OTABEK, "UPDATE task SET title = 'Nomi', status = 'done' WHERE id = '%s'".formatted(id));
        assertThat(BOARD.ask("SELECT status || ' ' || by FROM status_history WHERE task_id = '%s' ORDER BY at"
                        .formatted(id)))
                .containsExactly("taken " + Board.MALIKA.subject(), "done " + Board.OTABEK.subject());
        assertThatThrownBy(() -> as(Board.OTABEK, "DELETE FROM status_history WHERE task_id = '%s'".formatted(id)))
                .hasMessageContaining("permission denied");
    }

    @Test
    void nothingIsMovedIntoABranchOfOthers() throws SQLException {
        var id = as(Board.MALIKA, NEW_TASK).getFirst();
        assertThatThrownBy(() -> as(
                        Board.MALIKA,
                        "UPDATE task SET branch_id = '%s' WHERE id = '%s'".formatted(Board.id('b', 1), id)))
                .hasMessageContaining("row-level security");
    }

    @Test
    void aTaskNamesNothingOfAnotherBranch() throws SQLException {
        var id = as(Board.MALIKA, NEW_TASK).getFirst();
        var there = "UPDATE task SET client_card_id = '%s' WHERE id = '%s'".formatted(Board.id('c', 101), id);
        var nowhere = "UPDATE task SET client_card_id = '%s' WHERE id = '%s'".formatted(Board.id('c', 999), id);
        assertThatThrownBy(() -> as(Board.MALIKA, there)).hasMessageContaining("task_client_card");
        assertThatThrownBy(() -> as(Board.MALIKA, nowhere)).hasMessageContaining("task_client_card");
    }

    @Test
    void whoIsOfBothBranchesMovesATaskAndItsFiles() throws SQLException {
        var id = as(Board.MALIKA, NEW_TASK).getFirst();
        as(
                Board.MALIKA,
                "INSERT INTO attachment (branch_id, task_id, name, kind, size, url) VALUES ('%s', '%s', 'a', 'b', 1, '/c')"
                        .formatted(Board.id('b', 2), id));
        var plan = BOARD.ask("SELECT id FROM plan WHERE branch_id = '%s' LIMIT 1".formatted(Board.id('b', 3)))
                .getFirst();
        assertThat(as(Board.DILNOZA, """
                UPDATE task SET branch_id = '%s', plan_id = '%s', employee_id = '%s', client_card_id = NULL
                WHERE id = '%s'""".formatted(Board.id('b', 3), plan, Board.id('e', 301), id)))
                .containsExactly("1");
        assertThat(as(Board.GULNORA, "SELECT name FROM attachment WHERE task_id = '%s'".formatted(id)))
                .containsExactly("a");
        assertThat(as(Board.MALIKA, "SELECT name FROM attachment WHERE task_id = '%s'".formatted(id)))
                .isEmpty();
        assertThat(as(Board.MALIKA, "SELECT status FROM status_history WHERE task_id = '%s'".formatted(id)))
                .containsExactly("taken");
        assertThat(as(Board.GULNORA, "SELECT status FROM status_history WHERE task_id = '%s'".formatted(id)))
                .isEmpty();
    }

    @Test
    void theBridgeItselfReadsNoRow() throws SQLException {
        try (var connection = BOARD.bridge().getConnection();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT 1 FROM public.task"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void viewersDoNotReadOperations() {
        assertThatThrownBy(() -> as(Board.MALIKA, "SELECT 1 FROM amanat.operation"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void rightsAreAnnouncedInTheLog() {
        BOARD.run("SELECT pg_create_logical_replication_slot('rights', 'pgoutput')");
        try {
            var policy = "CREATE POLICY more ON task FOR SELECT TO anon USING (false)";
            for (var sql : List.of(
                    policy,
                    "GRANT SELECT (id) ON task TO anon",
                    "REVOKE SELECT (id) ON task FROM anon",
                    "DROP POLICY more ON task",
                    "CREATE FUNCTION helper() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                    "DROP FUNCTION helper()")) {
                BOARD.run(sql);
                assertThat(messages()).as(sql).isEqualTo("1");
            }
            BOARD.run("UPDATE task SET title = 'x' WHERE false");
            assertThat(messages()).isEqualTo("0");
        } finally {
            BOARD.run("SELECT pg_drop_replication_slot('rights')");
        }
    }

    private static String messages() {
        return BOARD.ask(
                        "SELECT count(*) FROM pg_logical_slot_get_binary_changes('rights', NULL, NULL, 'proto_version', '1',"
                                + " 'publication_names', 'none', 'messages', 'true') WHERE get_byte(data, 0) = ascii('M')")
                .getFirst();
    }

    @Test
    void theDemoLooksLikeAWeekOfWork() {
        assertThat(BOARD.ask(
                        "SELECT branch_id FROM task WHERE day < date_trunc('week', localtimestamp) + interval '7 days'"
                                + " GROUP BY branch_id HAVING count(*) BETWEEN 80 AND 130"))
                .hasSize(3);
        assertThat(BOARD.ask("SELECT DISTINCT week FROM plan ORDER BY week"))
                .allSatisfy(
                        week -> assertThat(LocalDate.parse(week).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY))
                .hasSize(2);
        assertThat(BOARD.ask("SELECT id FROM task t WHERE NOT EXISTS (SELECT FROM status_history h"
                        + " WHERE h.task_id = t.id AND h.status = t.status)"))
                .isEmpty();
        assertThat(BOARD.ask("SELECT id FROM status_history WHERE at > clock_timestamp()"))
                .isEmpty();
    }

    @Test
    void tenThousandTasksAreMadeWhenAsked() {
        var board = Board.create();
        board.run(Board.file("board-many"));
        assertThat(board.ask("SELECT count(*) FROM task WHERE title LIKE 'Ko‘rik №%'"))
                .containsExactly("10000");
    }
}
