package io.amanat.bridge.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.bridge.access.rls.AsViewer;
import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.protocol.TableReply;
import io.amanat.bridge.protocol.TableReply.WriteRefused;
import io.amanat.bridge.protocol.TableReply.Written;
import io.amanat.bridge.protocol.TableRequest.Step;
import io.amanat.bridge.protocol.TableRequest.Write;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef.Uuid;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Two colleagues of Samarqand, one of Farg‘ona, and the director of all. */
class WritesTest {

    private static final Board BOARD = Board.create();

    private final Writes writes = BOARD.writes();

    private static Map<String, JsonNode> json(String object) {
        var values = new LinkedHashMap<String, JsonNode>();
        ((ObjectNode) JsonMapper.shared().readTree(object.replace('\'', '"'))).forEachEntry(values::put);
        return values;
    }

    private static Step insert(String table, String values) {
        return new Step(table, Operation.CREATE, Optional.empty(), json(values), Map.of());
    }

    private static Step update(String table, UUID id, String values) {
        return new Step(table, Operation.UPDATE, Optional.of(new Uuid(id)), json(values), Map.of());
    }

    private static Step delete(String table, UUID id) {
        return new Step(table, Operation.DELETE, Optional.of(new Uuid(id)), Map.of(), Map.of());
    }

    private static Write write(Step... steps) {
        return new Write(UUID.randomUUID(), List.of(steps), false);
    }

    private static String card(String name) {
        return "{'branch_id': '%s', 'name': '%s'}".formatted(Board.id('b', 2), name);
    }

    private Written done(Claims claims, Write write) {
        var reply = writes.write(claims, write);
        assertThat(reply).isInstanceOf(Written.class);
        return (Written) reply;
    }

    private WriteRefused refused(Claims claims, Step... steps) {
        var reply = writes.write(claims, write(steps));
        assertThat(reply).isInstanceOf(WriteRefused.class);
        return (WriteRefused) reply;
    }

    private UUID newCard(String name) {
        return id(done(Board.MALIKA, write(insert("client_card", card(name)))), 0);
    }

    private static UUID id(Written written, int row) {
        return ((Uuid) written.rows().get(row).key()).id();
    }

    private static String why(WriteRefused refused) {
        return refused.code() + " " + refused.column().orElse("-");
    }

    private static List<String> names(UUID card) {
        return BOARD.ask("SELECT name FROM client_card WHERE id = '%s'".formatted(card));
    }

    // What is done

    @Test
    void aNewRowIsAnsweredAsItIsStored() {
        var written = done(Board.MALIKA, write(insert("client_card", card("Yangi mijoz"))));
        var row = written.rows().getFirst().row().orElseThrow();
        assertThat(written.repeated()).isFalse();
        assertThat(row.path("name").stringValue()).isEqualTo("Yangi mijoz");
        assertThat(row.path("updated_by").stringValue()).isEqualTo(Board.MALIKA.subject());
        assertThat(row.path("id").stringValue()).isEqualTo(id(written, 0).toString());
    }

    @Test
    void theDeviceMayChooseTheKey() {
        var id = UUID.randomUUID();
        var step = new Step(
                "client_card", Operation.CREATE, Optional.of(new Uuid(id)), json(card("O‘z kaliti")), Map.of());
        assertThat(id(done(Board.MALIKA, write(step)), 0)).isEqualTo(id);
    }

    @Test
    void aRowIsChangedAndDeleted() {
        var id = newCard("Birinchi");
        var changed = done(Board.OTABEK, write(update("client_card", id, "{'name': 'Ikkinchi', 'phone': null}")));
        assertThat(changed.rows().getFirst().row().orElseThrow().path("name").stringValue())
                .isEqualTo("Ikkinchi");
        var deleted = done(Board.OTABEK, write(delete("client_card", id)));
        assertThat(deleted.rows())
                .containsExactly(new TableReply.WrittenRow("client_card", new Uuid(id), Optional.empty()));
        assertThat(names(id)).isEmpty();
    }

    @Test
    void stepsAreDoneTogetherAndMayNameEachOther() {
        var plan = "{'branch_id': '%s', 'week': '2026-11-23', 'title': 'Birga'}".formatted(Board.id('b', 2));
        var task = """
                {'branch_id': '%s', 'plan_id': {'$ref': 0}, 'employee_id': '%s', 'day': '2026-11-24',
                 'starts': '09:00', 'ends': '10:00', 'title': 'Birga'}""".formatted(Board.id('b', 2), Board.id('e', 201));
        var written = done(Board.MALIKA, write(insert("plan", plan), insert("task", task)));
        assertThat(written.rows().get(1).row().orElseThrow().path("plan_id").stringValue())
                .isEqualTo(id(written, 0).toString());
    }

    @Test
    void aRowWrittenTwiceIsAnsweredAsItIsAtTheEnd() {
        var id = newCard("Bir");
        var written = done(
                Board.MALIKA,
                write(update("client_card", id, "{'name': 'Ikki'}"), update("client_card", id, "{'name': 'Uch'}")));
        assertThat(written.rows())
                .allSatisfy(
                        row -> assertThat(row.row().orElseThrow().path("name").stringValue())
                                .isEqualTo("Uch"));
    }

    // What is refused, and why

    @Test
    void ofSeveralStepsNoneIsDoneWhenOneIsRefused() {
        var id = newCard("Butun");
        var refused = refused(
                Board.MALIKA, update("client_card", id, "{'name': 'Yarim'}"), delete("client_card", UUID.randomUUID()));
        assertThat(refused.code()).isEqualTo("not_found");
        assertThat(refused.index()).isEqualTo(OptionalInt.of(1));
        assertThat(refused.table()).contains("client_card");
        assertThat(refused.retry()).isFalse();
        assertThat(names(id)).containsExactly("Butun");
    }

    @Test
    void aRowOfAnotherBranchIsNoRow() {
        var theirs = Board.id('c', 301);
        var nobodys = UUID.randomUUID();
        for (var id : List.of(theirs, nobodys)) {
            assertThat(why(refused(Board.MALIKA, update("client_card", id, "{'name': 'x'}"))))
                    .isEqualTo("not_found -");
            assertThat(why(refused(Board.MALIKA, delete("client_card", id)))).isEqualTo("not_found -");
        }
        assertThat(refused(Board.MALIKA, delete("client_card", theirs)).message())
                .isEqualTo(refused(Board.MALIKA, delete("client_card", nobodys)).message());
    }

    @Test
    void nothingIsPutIntoAnotherBranch() {
        var theirs = "{'branch_id': '%s', 'name': 'Begona'}".formatted(Board.id('b', 3));
        assertThat(why(refused(Board.MALIKA, insert("client_card", theirs)))).isEqualTo("not_allowed -");
        var id = newCard("Ko‘chadi");
        assertThat(why(refused(
                        Board.MALIKA, update("client_card", id, "{'branch_id': '%s'}".formatted(Board.id('b', 3))))))
                .isEqualTo("not_allowed -");
        assertThat(done(
                                Board.DILNOZA,
                                write(update("client_card", id, "{'branch_id': '%s'}".formatted(Board.id('b', 3)))))
                        .rows())
                .hasSize(1);
        assertThat(why(refused(Board.MALIKA, update("client_card", id, "{'name': 'x'}"))))
                .isEqualTo("not_found -");
    }

    @Test
    void whatIsTheTriggersIsNotSetByHand() {
        var id = newCard("Xizmat");
        assertThat(why(refused(Board.MALIKA, update("client_card", id, "{'updated_by': null}"))))
                .isEqualTo("not_allowed updated_by");
        assertThat(why(refused(Board.MALIKA, update("client_card", id, "{'name': 'x', 'updated_at': '2030-01-01'}"))))
                .isEqualTo("not_allowed updated_at");
        assertThat(why(refused(
                        Board.MALIKA, insert("client_card", card("x").replace("}", ", 'updated_at': '2030-01-01'}")))))
                .isEqualTo("not_allowed updated_at");
        assertThat(why(refused(Board.MALIKA, update("client_card", id, "{'id': '%s'}".formatted(UUID.randomUUID())))))
                .isEqualTo("not_allowed id");
    }

    @Test
    void aTableThatIsOnlyReadIsNotWritten() {
        assertThat(why(refused(
                        Board.MALIKA,
                        insert(
                                "user_branch",
                                "{'user_id': '%s', 'branch_id': '%s'}"
                                        .formatted(Board.MALIKA.subject(), Board.id('b', 3))))))
                .isEqualTo("not_allowed user_id");
        assertThat(why(refused(Board.MALIKA, delete("employee", Board.id('e', 201)))))
                .isEqualTo("not_allowed -");
    }

    @Test
    void aColumnIsNamedWhereItIsTheColumn() {
        var id = newCard("Ustun");
        assertThat(why(refused(Board.MALIKA, insert("client_card", "{'branch_id': '%s'}".formatted(Board.id('b', 2))))))
                .isEqualTo("missing_value name");
        assertThat(why(refused(Board.MALIKA, update("client_card", id, "{'name': ''}"))))
                .isEqualTo("invalid_value name");
        assertThat(why(refused(Board.MALIKA, update("client_card", id, "{'name': 'x', 'branch_id': 'nowhere'}"))))
                .isEqualTo("invalid_value branch_id");
        assertThat(why(refused(Board.MALIKA, update("client_card", id, "{'name': {'a': 1}}"))))
                .isEqualTo("invalid_value name");
        assertThat(why(refused(Board.MALIKA, update("client_card", id, "{'surname': 'x'}"))))
                .isEqualTo("unknown_column surname");
        assertThat(why(refused(Board.MALIKA, update("client", id, "{'name': 'x'}"))))
                .isEqualTo("unknown_table -");
        assertThat(why(refused(Board.MALIKA, update("client_card", id, "{}")))).isEqualTo("missing_value -");
        assertThat(why(refused(
                        Board.MALIKA, new Step("client_card", Operation.DELETE, Optional.empty(), Map.of(), Map.of()))))
                .isEqualTo("missing_value -");
    }

    @Test
    void whatIsThereTwiceOrNowhereIsSaid() {
        var id = newCard("Ikkita");
        var again =
                new Step("client_card", Operation.CREATE, Optional.of(new Uuid(id)), json(card("Ikkita")), Map.of());
        assertThat(why(refused(Board.MALIKA, again))).isEqualTo("duplicate id");
        var task = BOARD.ask("SELECT id FROM task WHERE client_card_id IS NOT NULL AND branch_id = '%s' LIMIT 1"
                .formatted(Board.id('b', 2)));
        var there = UUID.fromString(task.getFirst());
        assertThat(why(refused(
                        Board.MALIKA, update("task", there, "{'client_card_id': '%s'}".formatted(Board.id('c', 301))))))
                .isEqualTo("missing_reference client_card_id");
        var used = UUID.fromString(BOARD.ask("SELECT client_card_id FROM task WHERE id = '%s'".formatted(there))
                .getFirst());
        assertThat(why(refused(Board.MALIKA, delete("client_card", used)))).isEqualTo("missing_reference -");
    }

    @Test
    void aReferenceToAStepMustBeToAnEarlierInsert() {
        var id = newCard("Ishora");
        for (var ref : List.of("0", "1", "7", "-1", "'x'", "4294967296")) {
            assertThat(why(refused(
                            Board.MALIKA,
                            update("client_card", id, "{'name': 'x'}"),
                            update("client_card", id, "{'note': {'$ref': %s}}".formatted(ref)))))
                    .as(ref)
                    .isEqualTo("invalid_value note");
        }
    }

    @Test
    void anUnreadableColumnIsNone() {
        var board = Board.create();
        board.run(
                "ALTER TABLE client_card ADD secret text; ALTER TABLE client_card ADD open text; GRANT SELECT (open) ON client_card TO authenticated;"
                        + " REVOKE SELECT ON client_card FROM authenticated; GRANT SELECT (id, branch_id, name, open) ON client_card TO authenticated");
        board.served();
        var id = Board.id('c', 201);
        var own = board.writes();
        assertThat(why((WriteRefused) own.write(Board.MALIKA, write(update("client_card", id, "{'secret': 'x'}")))))
                .isEqualTo("unknown_column secret");
        assertThat(why((WriteRefused) own.write(Board.MALIKA, write(update("client_card", id, "{'open': 'x'}")))))
                .isEqualTo("not_allowed open");
        var row = ((Written) own.write(Board.MALIKA, write(update("client_card", id, "{'note': 'x'}"))))
                .rows()
                .getFirst()
                .row()
                .orElseThrow();
        assertThat(row.propertyNames()).containsExactly("id", "branch_id", "name", "open");
    }

    @Test
    void whatATriggerSaysToPeopleIsPassedOn() {
        var board = Board.create();
        board.run("""
                CREATE FUNCTION closed() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN RAISE EXCEPTION 'this week is closed'; END $$;
                CREATE TRIGGER closed BEFORE UPDATE ON plan FOR EACH ROW EXECUTE FUNCTION closed()""");
        var plan = UUID.fromString(
                board.ask("SELECT id FROM plan WHERE branch_id = '%s' LIMIT 1".formatted(Board.id('b', 2)))
                        .getFirst());
        var refused = (WriteRefused) board.writes().write(Board.MALIKA, write(update("plan", plan, "{'title': 'x'}")));
        assertThat(refused.code()).isEqualTo("not_allowed");
        assertThat(refused.message()).isEqualTo("this week is closed");
    }

    @Test
    void tooManyStepsAreTooMany() {
        var id = newCard("Ko‘p");
        var steps = new ArrayList<Step>();
        for (int i = 0; i <= Writes.MOST_STEPS; i++) {
            steps.add(update("client_card", id, "{'name': 'x'}"));
        }
        assertThat(refused(Board.MALIKA, steps.toArray(Step[]::new)).code()).isEqualTo("too_large");
    }

    // If nobody else has changed it

    private static Write ifBase(UUID id, String values, String base) {
        var step = new Step("client_card", Operation.UPDATE, Optional.of(new Uuid(id)), json(values), json(base));
        return new Write(UUID.randomUUID(), List.of(step), true);
    }

    @Test
    void whatSomebodyElseChangedIsNotOverwrittenWhenAskedSo() {
        var id = newCard("Asl");
        done(Board.OTABEK, write(update("client_card", id, "{'name': 'Otabekniki'}")));
        var refused =
                (WriteRefused) writes.write(Board.MALIKA, ifBase(id, "{'name': 'Malikaniki'}", "{'name': 'Asl'}"));
        assertThat(why(refused)).isEqualTo("conflict name");
        assertThat(refused.theirs().orElseThrow().path("name").stringValue()).isEqualTo("Otabekniki");
        assertThat(names(id)).containsExactly("Otabekniki");
        assertThat(writes.write(
                        Board.MALIKA, ifBase(id, "{'name': 'Malikaniki'}", "{'name': 'Otabekniki', 'phone': null}")))
                .isInstanceOf(Written.class);
    }

    @Test
    void theTimeOfTheRowIsABaseToo() {
        var written = done(Board.MALIKA, write(insert("client_card", card("Vaqt"))));
        var at =
                written.rows().getFirst().row().orElseThrow().path("updated_at").stringValue();
        assertThat(writes.write(
                        Board.MALIKA, ifBase(id(written, 0), "{'name': 'a'}", "{'updated_at': '%s'}".formatted(at))))
                .isInstanceOf(Written.class);
        assertThat(why((WriteRefused) writes.write(
                        Board.MALIKA, ifBase(id(written, 0), "{'name': 'b'}", "{'updated_at': '%s'}".formatted(at)))))
                .isEqualTo("conflict updated_at");
    }

    @Test
    void aBaseMustBeSaidAndCannotProbe() {
        var id = newCard("Asos");
        assertThat(why((WriteRefused) writes.write(Board.MALIKA, ifBase(id, "{'name': 'x'}", "{}"))))
                .isEqualTo("missing_value -");
        assertThat(why((WriteRefused)
                        writes.write(Board.MALIKA, ifBase(Board.id('c', 301), "{'name': 'x'}", "{'name': 'x'}"))))
                .isEqualTo("not_found -");
    }

    @Test
    void anotherSpellingIsAnotherValueEvenWhereTheTypeSaysOtherwise() {
        BOARD.run("CREATE EXTENSION citext; CREATE TABLE word (id uuid PRIMARY KEY, word citext);"
                + "GRANT SELECT, INSERT, UPDATE ON word TO authenticated");
        BOARD.served();
        var id = UUID.randomUUID();
        BOARD.run("INSERT INTO word VALUES ('%s', 'Salom')".formatted(id));
        var step = new Step(
                "word", Operation.UPDATE, Optional.of(new Uuid(id)), json("{'word': 'x'}"), json("{'word': 'salom'}"));
        assertThat(why((WriteRefused) writes.write(Board.MALIKA, new Write(UUID.randomUUID(), List.of(step), true))))
                .isEqualTo("conflict word");
    }

    @Test
    void aKeyThatNoRowMayHaveIsRefusedForGood() {
        BOARD.run("CREATE TABLE counted (id bigint PRIMARY KEY); GRANT SELECT, INSERT ON counted TO authenticated");
        BOARD.served();
        var refused = refused(Board.MALIKA, insert("counted", "{'id': -5}"));
        assertThat(why(refused)).isEqualTo("invalid_value id");
        assertThat(refused.retry()).isFalse();
        assertThat(BOARD.ask("SELECT id FROM counted")).isEmpty();
    }

    @Test
    void whatBreaksHalfWayIsNotDone() {
        var id = UUID.randomUUID();
        assertThatThrownBy(() -> BOARD.viewers().run(Board.MALIKA, connection -> {
                    connection
                            .createStatement()
                            .execute("INSERT INTO public.client_card (id, branch_id, name) VALUES ('%s', '%s', 'x')"
                                    .formatted(id, Board.id('b', 2)));
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(names(id)).isEmpty();
    }

    // The same again

    @Test
    void sayingItAgainDoesNothingAndAnswersWithTheRowAsItIs() {
        var write = write(insert("client_card", card("Bir marta")));
        var first = done(Board.MALIKA, write);
        done(Board.OTABEK, write(update("client_card", id(first, 0), "{'name': 'Keyin'}")));
        var again = done(Board.MALIKA, write);
        assertThat(again.repeated()).isTrue();
        assertThat(again.rows().getFirst().key())
                .isEqualTo(first.rows().getFirst().key());
        assertThat(again.rows().getFirst().row().orElseThrow().path("name").stringValue())
                .isEqualTo("Keyin");
        assertThat(BOARD.ask("SELECT count(*) FROM client_card WHERE id = '%s'".formatted(id(first, 0))))
                .containsExactly("1");
    }

    @Test
    void whatWasRefusedMayBeSaidAgain() {
        var id = UUID.randomUUID();
        var write = write(update("client_card", id, "{'name': 'Endi bor'}"));
        assertThat(((WriteRefused) writes.write(Board.MALIKA, write)).code()).isEqualTo("not_found");
        done(
                Board.MALIKA,
                write(new Step(
                        "client_card", Operation.CREATE, Optional.of(new Uuid(id)), json(card("Bor")), Map.of())));
        assertThat(done(Board.MALIKA, write).repeated()).isFalse();
    }

    @Test
    void theNameOfSomebodyElsesWriteSaysNothing() {
        var write = write(insert("client_card", card("Malikaniki")));
        var theirs = done(Board.MALIKA, write);
        var reply = writes.write(Board.GULNORA, write);
        assertThat(why((WriteRefused) reply)).isEqualTo("not_allowed -");
        var own = done(Board.OTABEK, write);
        assertThat(own.repeated()).isFalse();
        assertThat(id(own, 0)).isNotEqualTo(id(theirs, 0));
    }

    @Test
    void whoLostSightOfARowLearnsNothingByAskingAgain() {
        var write = write(insert("client_card", card("Ketadi")));
        var first = done(Board.MALIKA, write);
        done(
                Board.DILNOZA,
                write(update(
                        "client_card",
                        id(first, 0),
                        "{'branch_id': '%s', 'name': 'Sir'}".formatted(Board.id('b', 3)))));
        var again = done(Board.MALIKA, write);
        assertThat(again.repeated()).isTrue();
        assertThat(again.rows().getFirst().row()).isEmpty();
    }

    @Test
    void manyDevicesAtOnceDoItOnceAndAllAreAnswered() throws Exception {
        var id = newCard("0");
        for (int round = 0; round < 5; round++) {
            var write = write(
                    insert("client_card", card("Poyga")), update("client_card", id, "{'name': '%d'}".formatted(round)));
            var before = BOARD.ask("SELECT count(*) FROM client_card WHERE name = 'Poyga'")
                    .getFirst();
            var replies = atOnce(8, () -> writes.write(Board.MALIKA, write));
            assertThat(replies).allSatisfy(reply -> assertThat(reply).isInstanceOf(Written.class));
            assertThat(replies.stream().filter(reply -> !((Written) reply).repeated()))
                    .hasSize(1);
            assertThat(replies.stream().map(reply -> id((Written) reply, 0)).distinct())
                    .hasSize(1);
            assertThat(BOARD.ask("SELECT count(*) - 1 FROM client_card WHERE name = 'Poyga'"))
                    .containsExactly(before);
        }
    }

    private static <T> List<T> atOnce(int threads, Callable<T> what) throws Exception {
        var start = new CountDownLatch(threads);
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var running = new ArrayList<java.util.concurrent.Future<T>>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    start.countDown();
                    start.await();
                    return what.call();
                }));
            }
            var results = new ArrayList<T>();
            for (var one : running) {
                results.add(one.get());
            }
            return results;
        }
    }

    @Test
    void theNoteOfAWriteStandsBehindItsDataInTheLog() {
        var write = write(insert("client_card", card("Tartib")));
        done(Board.MALIKA, write);
        assertThat(BOARD.ask("SELECT subject || ' ' || (keys -> 0 ->> 'table') FROM amanat.operation WHERE op_id = '%s'"
                        .formatted(write.id())))
                .containsExactly(Board.MALIKA.subject() + " client_card");
    }

    @Test
    void oldNotesAreForgotten() throws SQLException {
        var old = write(insert("client_card", card("Eski")));
        var young = write(insert("client_card", card("Yangi")));
        done(Board.MALIKA, old);
        done(Board.MALIKA, young);
        BOARD.run("UPDATE amanat.operation SET at = at - interval '31 days' WHERE op_id = '%s'".formatted(old.id()));
        assertThat(writes.forget()).isEqualTo(1);
        assertThat(done(Board.MALIKA, young).repeated()).isTrue();
    }

    // When the database cannot

    @Test
    void whatIsHeldByAnotherIsPutOff() throws SQLException {
        var id = newCard("Band");
        try (var other =
                BOARD.database().begin().run("UPDATE client_card SET note = 'x' WHERE id = '%s'".formatted(id))) {
            var refused = (WriteRefused) BOARD.writes(Duration.ofMillis(100))
                    .write(Board.MALIKA, write(update("client_card", id, "{'name': 'x'}")));
            assertThat(refused.code()).isEqualTo("unavailable");
            assertThat(refused.retry()).isTrue();
            other.rollback();
        }
        assertThat(names(id)).containsExactly("Band");
    }

    /** Each step takes 0.3 s, which is less than a statement may. */
    @Test
    void whatTakesTooLongAsAWholeIsPutOff_andNothingOfItIsDone() {
        BOARD.run("""
                CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.3); RETURN new; END';
                CREATE TRIGGER slowly BEFORE INSERT ON client_card FOR EACH ROW WHEN (new.name LIKE 'Sekin%')
                EXECUTE FUNCTION slowly()""");
        var steps = IntStream.range(0, 10)
                .mapToObj(i -> insert("client_card", card("Sekin " + i)))
                .toArray(Step[]::new);
        var settings = new WriteSettings(Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofDays(30));
        var hasty = new Writes(BOARD.viewers(), BOARD.bridge(), BOARD, settings, System::nanoTime);

        var refused = (WriteRefused) hasty.write(Board.MALIKA, write(steps));

        assertThat(refused.code()).isEqualTo("unavailable");
        assertThat(refused.retry()).isTrue();
        assertThat(refused.index().orElseThrow()).isLessThanOrEqualTo(3);
        assertThat(BOARD.ask("SELECT name FROM client_card WHERE name LIKE 'Sekin%'"))
                .isEmpty();
    }

    @Test
    void whatIsPastItsTimeIsPutOffBeforeTheNextStep() {
        var now = new AtomicLong();
        LongSupplier aSecondLaterEachTime =
                () -> now.getAndAdd(Duration.ofSeconds(1).toNanos());
        var settings = new WriteSettings(Duration.ofSeconds(20), Duration.ofSeconds(3), Duration.ofDays(30));
        var late = new Writes(BOARD.viewers(), BOARD.bridge(), BOARD, settings, aSecondLaterEachTime);
        var steps = IntStream.range(0, 5)
                .mapToObj(i -> insert("client_card", card("Kech " + i)))
                .toArray(Step[]::new);

        var refused = (WriteRefused) late.write(Board.MALIKA, write(steps));

        assertThat(refused.retry()).isTrue();
        assertThat(refused.index()).hasValue(2);
        assertThat(BOARD.ask("SELECT name FROM client_card WHERE name LIKE 'Kech%'"))
                .isEmpty();
    }

    @Test
    void ofTwoThatWaitForEachOtherOneIsPutOff() throws Exception {
        var one = newCard("Bir");
        var two = newCard("Ikki");
        var there = write(update("client_card", one, "{'note': 'a'}"), update("client_card", two, "{'note': 'a'}"));
        var back = write(update("client_card", two, "{'note': 'b'}"), update("client_card", one, "{'note': 'b'}"));
        for (int i = 0; i < 10; i++) {
            var turn = new AtomicInteger();
            var replies =
                    atOnce(2, () -> writes.write(Board.MALIKA, renamed(turn.getAndIncrement() == 0 ? there : back)));
            assertThat(replies)
                    .allSatisfy(reply -> assertThat(reply instanceof Written
                                    || (reply instanceof WriteRefused refused && refused.retry()))
                            .isTrue());
        }
    }

    private static Write renamed(Write write) {
        return new Write(UUID.randomUUID(), write.steps(), false);
    }

    @Test
    void aDatabaseOutOfReachIsNoRefusal() {
        var nowhere = new PGSimpleDataSource();
        nowhere.setPortNumbers(new int[] {1});
        var viewers = new AsViewer(nowhere, "", Duration.ofSeconds(1));
        var reply = new Writes(viewers, nowhere, BOARD, WriteSettings.DEFAULT, System::nanoTime)
                .write(Board.MALIKA, write(delete("task", UUID.randomUUID())));
        assertThat(((WriteRefused) reply).retry()).isTrue();
    }

    /** Somebody keeps the database just now: its roles, its password, its very name. */
    @Test
    void aDatabaseThatDoesNotLetTheBridgeInIsNoRefusal() {
        var stranger = new PGSimpleDataSource();
        stranger.setPortNumbers(new int[] {BOARD.database().settings().port()});
        stranger.setUser("nobody_here");
        var elsewhere = new PGSimpleDataSource();
        elsewhere.setPortNumbers(stranger.getPortNumbers());
        elsewhere.setUser("amanat");
        elsewhere.setDatabaseName("nowhere_here");
        for (var closed : List.of(stranger, elsewhere)) {
            var reply = new Writes(
                            new AsViewer(closed, "", Duration.ofSeconds(1)),
                            closed,
                            BOARD,
                            WriteSettings.DEFAULT,
                            System::nanoTime)
                    .write(Board.MALIKA, write(delete("task", UUID.randomUUID())));
            assertThat(((WriteRefused) reply).retry()).isTrue();
        }
    }
}
