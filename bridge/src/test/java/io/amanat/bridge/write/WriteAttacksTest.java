package io.amanat.bridge.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.access.rls.AsViewer;
import io.amanat.bridge.protocol.TableReply;
import io.amanat.bridge.protocol.TableReply.WriteRefused;
import io.amanat.bridge.protocol.TableReply.Written;
import io.amanat.bridge.protocol.TableRequest.Step;
import io.amanat.bridge.protocol.TableRequest.Write;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef.Serial;
import io.amanat.connector.change.RecordRef.Uuid;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Whoever may send any write at all gets no further than PostgreSQL lets their role. */
class WriteAttacksTest {

    private static final Board BOARD = Board.create();
    private static final UUID OWN = Board.id('c', 201);

    private final Writes writes = BOARD.writes();

    private TableReply update(String table, Map<String, JsonNode> values) {
        return writes.write(
                Board.MALIKA, one(new Step(table, Operation.UPDATE, Optional.of(new Uuid(OWN)), values, Map.of())));
    }

    private static Write one(Step step) {
        return new Write(UUID.randomUUID(), List.of(step), false);
    }

    private static Map<String, JsonNode> text(String column, String value) {
        return Map.of(column, StringNode.valueOf(value));
    }

    private static String code(TableReply reply) {
        return ((WriteRefused) reply).code();
    }

    @Test
    void namesAreTheCataloguesAlone() {
        for (var name : List.of("name = 'x' --", "name\"", "NAME", "ctid", "xmin", "tableoid", "\"name\"", "")) {
            assertThat(code(update("client_card", text(name, "x")))).as(name).isEqualTo("unknown_column");
        }
        for (var name : List.of(
                "public.client_card",
                "amanat.operation",
                "pg_catalog.pg_class",
                "client_card\"; --",
                "pg_authid",
                "")) {
            assertThat(code(update(name, text("name", "x")))).as(name).isEqualTo("unknown_table");
        }
    }

    @Test
    void valuesAreValues() {
        for (var value : List.of("'; DROP TABLE task; --", "$1", "\\'", "now()", "{\"$ref\":0}", "\u0001\u202e")) {
            var written = (Written) update("client_card", text("name", value));
            assertThat(written.rows()
                            .getFirst()
                            .row()
                            .orElseThrow()
                            .path("name")
                            .stringValue())
                    .isEqualTo(value);
        }
    }

    @Test
    void whatIsNoTextIsRefused() {
        assertThat(code(update("client_card", text("name", "a\0b")))).isEqualTo("invalid_value");
        assertThat(code(update("client_card", text("name", "a\ud800b")))).isEqualTo("invalid_value");
    }

    @Test
    void hugeValuesAreRefusedAndNotStored() {
        assertThat(code(update("client_card", text("name", "x".repeat(1_000_000)))))
                .isEqualTo("invalid_value");
        assertThat(code(update("task", text("day", "9".repeat(100_000))))).isEqualTo("invalid_value");
        assertThat(code(update("task", text("starts", "99999999999999999999:00"))))
                .isEqualTo("invalid_value");
    }

    @Test
    void aKeyOfAnotherKindNamesNoRow() {
        var step = new Step("client_card", Operation.DELETE, Optional.of(new Serial(7)), Map.of(), Map.of());
        assertThat(code(writes.write(Board.MALIKA, one(step)))).isEqualTo("invalid_value");
    }

    @Test
    void messagesHoldNoValues() {
        var reply = (WriteRefused) update("client_card", text("branch_id", "sir-4711"));
        assertThat(reply.message()).doesNotContain("4711");
        var id = OWN.toString();
        var again = new Step(
                "client_card",
                Operation.CREATE,
                Optional.of(new Uuid(OWN)),
                Map.of("branch_id", StringNode.valueOf(Board.id('b', 2).toString()), "name", StringNode.valueOf("x")),
                Map.of());
        assertThat(((WriteRefused) writes.write(Board.MALIKA, one(again))).message())
                .doesNotContain(id);
    }

    @Test
    void triggersRunAsTheWriterDeferredOnesToo() {
        var board = Board.create();
        board.run("""
                CREATE TABLE seen (who text, phase text);
                GRANT INSERT ON seen TO authenticated;
                CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN INSERT INTO public.seen VALUES (current_user, tg_argv[0]); RETURN NULL; END $$;
                CREATE TRIGGER at_once AFTER UPDATE ON client_card FOR EACH ROW EXECUTE FUNCTION note('at once');
                CREATE CONSTRAINT TRIGGER later AFTER UPDATE ON client_card DEFERRABLE INITIALLY DEFERRED
                  FOR EACH ROW EXECUTE FUNCTION note('later')""");
        var step = new Step("client_card", Operation.UPDATE, Optional.of(new Uuid(OWN)), text("name", "x"), Map.of());
        assertThat(board.writes().write(Board.MALIKA, one(step))).isInstanceOf(Written.class);
        assertThat(board.ask("SELECT phase || ': ' || who FROM seen ORDER BY phase"))
                .containsExactly("at once: authenticated", "later: authenticated");
    }

    @Test
    void aFailureAtTheEndUndoesEverything() {
        var board = Board.create();
        board.run("""
                CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'never'; END $$;
                CREATE CONSTRAINT TRIGGER never AFTER UPDATE ON client_card DEFERRABLE INITIALLY DEFERRED
                  FOR EACH ROW EXECUTE FUNCTION never()""");
        var step = new Step("client_card", Operation.UPDATE, Optional.of(new Uuid(OWN)), text("name", "x"), Map.of());
        assertThat(code(board.writes().write(Board.MALIKA, one(step)))).isEqualTo("not_allowed");
        assertThat(board.ask("SELECT count(*) FROM amanat.operation")).containsExactly("0");
        assertThat(board.ask("SELECT name FROM client_card WHERE id = '%s'".formatted(OWN)))
                .doesNotContain("x");
    }

    @Test
    void aTriggerThatShedsTheRoleGainsNoRowOfOthers() {
        var board = Board.create();
        board.run("""
                CREATE FUNCTION shed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                  RESET ROLE; UPDATE public.client_card SET name = 'taken over' WHERE id = '%s'; RETURN NULL; END $$;
                CREATE TRIGGER shed AFTER INSERT ON plan FOR EACH ROW EXECUTE FUNCTION shed()""".formatted(Board.id('c', 301)));
        var values = Map.<String, JsonNode>of(
                "branch_id",
                StringNode.valueOf(Board.id('b', 2).toString()),
                "week",
                StringNode.valueOf("2026-11-23"),
                "title",
                StringNode.valueOf("x"));
        var reply = board.writes()
                .write(Board.MALIKA, one(new Step("plan", Operation.CREATE, Optional.empty(), values, Map.of())));
        assertThat(code(reply)).isEqualTo("not_allowed");
        assertThat(board.ask("SELECT name FROM client_card WHERE name = 'taken over'"))
                .isEmpty();
    }

    @Test
    void afterAWriteTheConnectionIsNobodysAgain() throws Exception {
        try (var connection = BOARD.bridge().getConnection()) {
            var same = new SingleConnection(connection);
            var viewers = new AsViewer(same, "", Duration.ofSeconds(20));
            var own = new Writes(viewers, same, BOARD, WriteSettings.DEFAULT, System::nanoTime);
            own.write(
                    Board.MALIKA,
                    one(new Step(
                            "client_card", Operation.UPDATE, Optional.of(new Uuid(OWN)), text("name", "x"), Map.of())));
            own.write(
                    Board.MALIKA,
                    one(new Step(
                            "client_card",
                            Operation.UPDATE,
                            Optional.of(new Uuid(OWN)),
                            text("branch_id", "x"),
                            Map.of())));
            try (var query = connection.createStatement();
                    var row = query.executeQuery(
                            "SELECT current_user, current_setting('request.jwt.claims', true), current_setting('lock_timeout')")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("amanat");
                assertThat(row.getString(2)).isEmpty();
                assertThat(row.getString(3)).isEqualTo("0");
            }
        }
    }

    @Test
    void everyTypeIsWrittenAndReadBackTheSame() {
        var board = Board.create();
        board.run("""
                CREATE TYPE mood AS ENUM ('ok', 'bad');
                CREATE TABLE kinds (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), n numeric, f float8, b bool, m mood, j jsonb, r json,
                  t timestamptz, d date, c time, l text[], g int[][], o jsonb[], i interval, big bigint);
                ALTER TABLE kinds ENABLE ROW LEVEL SECURITY;
                CREATE POLICY all_ ON kinds USING (true);
                GRANT ALL ON kinds TO authenticated""");
        board.served();
        var sent = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree("""
                {"n": 12345678901234567890.12345678901234567890, "f": 0.1, "b": true, "m": "bad", "j": {"a": [1, null], "$ref": 0},
                 "r": {"b": 1, "a": 2}, "t": "2026-11-21T15:00:00.123456+05:00", "d": "2026-11-21", "c": "09:30:00",
                 "l": ["a", null, "\\"", "\\\\", "{}", "NULL", ""], "g": [[1, 2], [3, 4]], "o": [{"x": 1}, "y", [2]], "i": "1 day",
                 "big": 9007199254740993}""");
        var values = new LinkedHashMap<String, JsonNode>();
        ((ObjectNode) sent).forEachEntry(values::put);
        var written = (Written) board.writes()
                .write(Board.MALIKA, one(new Step("kinds", Operation.CREATE, Optional.empty(), values, Map.of())));
        var row = written.rows().getFirst().row().orElseThrow();
        values.put("t", StringNode.valueOf("2026-11-21T10:00:00.123456+00:00"));
        values.forEach((column, value) ->
                assertThat(row.path(column).toString()).as(column).isEqualTo(value.toString()));
    }
}
