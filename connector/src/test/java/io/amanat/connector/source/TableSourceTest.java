package io.amanat.connector.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.source.tables.Catalogue;
import io.amanat.connector.source.wal.Slots;
import io.amanat.connector.source.wal.TestDatabase;
import io.amanat.connector.source.wal.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is written to published tables, read from a real PostgreSQL's log. */
class TableSourceTest {

    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);

    private final TestDatabase database = TestPostgres.empty();
    private final List<ChangeSource> opened = new ArrayList<>();

    @BeforeEach
    void tables() {
        database.run("CREATE TABLE task (id uuid PRIMARY KEY, title text, note text, n int);"
                + "ALTER TABLE task REPLICA IDENTITY FULL; ALTER TABLE task ENABLE ROW LEVEL SECURITY;"
                + "CREATE TABLE member (who uuid, branch uuid, PRIMARY KEY (who, branch));"
                + "ALTER TABLE member REPLICA IDENTITY FULL;"
                + "CREATE PUBLICATION amanat FOR TABLE task, member");
    }

    @AfterEach
    void leaveNothingBehind() {
        opened.forEach(ChangeSource::close);
        try (var slots = Slots.of(database.settings(), Duration.ofSeconds(10))) {
            var slot = database.wal().slot();
            if (slots.find(slot).isPresent()) {
                slots.drop(slot, true);
            }
        }
    }

    @Test
    void aRowIsToldBeforeAndAfter() throws InterruptedException {
        var source = begun();

        database.run(insert(ONE, "a"));
        database.run("UPDATE task SET title = 'b'");
        database.run("DELETE FROM task");

        var inserted = only(next(source));
        assertThat(inserted.operation()).isEqualTo(Operation.CREATE);
        assertThat(rows(inserted.now())).containsExactly("{id=\"%s\", n=1, note=null, title=\"a\"}".formatted(ONE));
        assertThat(inserted.before()).isEmpty();
        assertThat(inserted.now().getFirst().key()).isEqualTo(new RecordRef.Uuid(ONE));
        assertThat(inserted.now().getFirst().version()).isPresent();
        var updated = only(next(source));
        assertThat(updated.operation()).isEqualTo(Operation.UPDATE);
        assertThat(updated.changedFields()).containsExactly("title");
        assertThat(rows(updated.before())).containsExactly("{id=\"%s\", n=1, note=null, title=\"a\"}".formatted(ONE));
        assertThat(rows(updated.now())).containsExactly("{id=\"%s\", n=1, note=null, title=\"b\"}".formatted(ONE));
        var deleted = only(next(source));
        assertThat(deleted.operation()).isEqualTo(Operation.DELETE);
        assertThat(deleted.now().getFirst().values()).isEmpty();
        assertThat(rows(deleted.before())).containsExactly("{id=\"%s\", n=1, note=null, title=\"b\"}".formatted(ONE));
    }

    @Test
    void aTransactionIsMergedToItsFirstAndLastImages() throws InterruptedException {
        database.run(insert(ONE, "a"));
        var source = begun();

        database.begin()
                .run("UPDATE task SET title = 'b'")
                .run(insert(TWO, "x"))
                .run("UPDATE task SET title = 'c' WHERE id = '" + ONE + "'")
                .run("DELETE FROM task WHERE id = '" + TWO + "'")
                .commit();

        var change = only(next(source));
        assertThat(change.operation()).isEqualTo(Operation.UPDATE);
        assertThat(value(change.before(), "title").asString()).isEqualTo("a");
        assertThat(value(change.now(), "title").asString()).isEqualTo("c");
    }

    @Test
    void deletedAndInsertedAgainIsAnUpdateAndANewKeyIsANewRow() throws InterruptedException {
        database.run(insert(ONE, "a"));
        var source = begun();

        database.begin().run("DELETE FROM task").run(insert(ONE, "b")).commit();
        database.run("UPDATE task SET id = '" + TWO + "'");

        assertThat(only(next(source)).operation()).isEqualTo(Operation.UPDATE);
        assertThat(next(source).changes())
                .extracting(change -> ((Change.Records) change).operation())
                .containsExactly(Operation.DELETE, Operation.CREATE);
    }

    @Test
    void aLargeValueThatWasNotTouchedIsStillThere() throws InterruptedException {
        var large = "SELECT string_agg(md5(i::text), '') FROM generate_series(1, 3000) i";
        database.run(insert(ONE, "a"));
        database.run("ALTER TABLE task ALTER note SET STORAGE EXTERNAL; UPDATE task SET note = (" + large + ")");
        var source = begun();

        database.run("UPDATE task SET title = 'b'");

        var change = only(next(source));
        var note = value(change.now(), "note");
        assertThat(note.asString()).hasSize(96_000);
        assertThat(note).isSameAs(value(change.before(), "note"));
        assertThat(change.changedFields()).containsExactly("title");
    }

    @Test
    void emptyingATableIsAGapOfIt() throws InterruptedException {
        var source = begun();

        database.begin()
                .run(insert(ONE, "a"))
                .run("INSERT INTO member VALUES ('" + ONE + "', '" + TWO + "')")
                .run("TRUNCATE task")
                .run(insert(TWO, "b"))
                .commit();

        var changes = next(source).changes();
        assertThat(changes).hasSize(3);
        assertThat(((Change.Records) changes.get(0)).model()).isEqualTo("member");
        assertThat(changes.get(1))
                .isEqualTo(new Change.Gap(
                        Optional.of("task"), "truncated", changes.get(0).version()));
        assertThat(changes).map(Change::version).doesNotContain(Optional.empty());
        assertThat(rows(((Change.Records) changes.get(2)).now()))
                .containsExactly("{id=\"%s\", n=1, note=null, title=\"b\"}".formatted(TWO));
    }

    @Test
    void otherColumnsAreAGapAndReadingGoesOnWithThem() throws InterruptedException {
        var source = begun();
        database.run(insert(ONE, "a"));
        next(source);

        database.run("CREATE TYPE mood AS ENUM ('good', 'bad'); ALTER TABLE task ADD mood mood DEFAULT 'bad', DROP n");
        database.run("UPDATE task SET title = 'b'");

        var changes = next(source).changes();
        assertThat(changes.getFirst())
                .isEqualTo(new Change.Gap(
                        Optional.of("task"), "columns", changes.get(1).version()));
        assertThat(rows(((Change.Records) changes.get(1)).now()))
                .containsExactly("{id=\"%s\", mood=\"bad\", note=null, title=\"b\"}".formatted(ONE));
    }

    /** JSON has none: to a policy that looks at an element, another one would be there. */
    @Test
    void aListWithBoundsOfItsOwnIsReReadNotGuessed() throws InterruptedException {
        database.run("ALTER TABLE task ADD list int[]");
        var source = begun();

        database.run("INSERT INTO task (id, list) VALUES ('%s', '[0:1]={5,3}')".formatted(ONE));

        assertThat(next(source).changes())
                .last()
                .isInstanceOfSatisfying(
                        Change.Gap.class, gap -> assertThat(gap.reason()).isEqualTo("unreadable"));
    }

    @Test
    void columnsThatChangedBeforeTheFirstRowAreAGapToo() throws InterruptedException {
        var source = begun();

        database.run("ALTER TABLE task ADD extra int");
        database.run(insert(ONE, "a"));

        var changes = next(source).changes();
        assertThat(changes.getFirst())
                .isEqualTo(new Change.Gap(
                        Optional.of("task"), "columns", changes.get(1).version()));
    }

    /** The server was away when it was to be asked: what somebody was told of a table meanwhile may be another look. */
    @Test
    void whereNobodyKnowsWhatTablesLookedLikeTheFirstLookIsAGap() throws InterruptedException {
        var source = ChangeSource.tables(database.wal(), List.of("public.task"), Optional.empty(), List.of());
        opened.add(source);
        next(source);

        database.run(insert(ONE, "a"));
        database.run(insert(TWO, "b"));

        var changes = next(source).changes();
        assertThat(changes).hasSize(2);
        assertThat(changes.getFirst())
                .isEqualTo(new Change.Gap(
                        Optional.of("task"), "columns", changes.get(1).version()));
        only(next(source));
    }

    @Test
    void whatChangesRightsComesFirst() throws InterruptedException {
        var source = begun();

        database.begin()
                .run(insert(ONE, "a"))
                .run("SELECT pg_logical_emit_message(true, 'amanat.rights', '')")
                .commit();
        database.run("SELECT pg_logical_emit_message(true, 'other', '')");
        database.begin()
                .run("SELECT pg_logical_emit_message(true, 'amanat.rights', '')")
                .rollback();
        database.run("SELECT pg_logical_emit_message(true, 'amanat.rights', '')");

        var both = next(source).changes();
        assertThat(both).hasSize(2).first().isEqualTo(rights(both.getLast().version()));
        var alone = next(source).changes();
        assertThat(alone).containsExactly(rights(alone.getFirst().version()));
        assertThat(alone.getFirst().version())
                .isPresent()
                .isNotEqualTo(both.getFirst().version());
    }

    @Test
    void aTransactionThatIsTooLargeIsAGapOfEverythingAndOfRights() throws InterruptedException {
        var source = begun();

        database.run("INSERT INTO task SELECT gen_random_uuid(), repeat('x', 1000) FROM generate_series(1, 2000)");

        assertThat(next(source).changes())
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Change.Rights.class),
                        second -> assertThat(second)
                                .isInstanceOfSatisfying(
                                        Change.Gap.class,
                                        gap -> assertThat(gap.model()).isEmpty()));
    }

    @Test
    void manyRowsComeInPieces() throws InterruptedException {
        var source = begun();

        database.run("INSERT INTO task SELECT gen_random_uuid(), 'x' FROM generate_series(1, 1200)");

        assertThat(next(source).changes())
                .extracting(change -> ((Change.Records) change).now().size())
                .containsExactly(500, 500, 200);
    }

    @Test
    void aRowWithAKeyOfSeveralColumnsHasAMadeOne() throws InterruptedException {
        var source = begun();

        database.run("INSERT INTO member VALUES ('" + ONE + "', '" + TWO + "')");
        database.run("INSERT INTO member VALUES ('" + TWO + "', '" + ONE + "')");
        database.run("DELETE FROM member WHERE who = '" + ONE + "'");

        var first = only(next(source)).now().getFirst().key();
        var second = only(next(source)).now().getFirst().key();
        var gone = only(next(source)).now().getFirst().key();
        assertThat(first).isNotEqualTo(second).isEqualTo(gone);
    }

    @Test
    void withoutTheWholeOldRowTheTableIsReReadNotGuessed() throws InterruptedException {
        database.run(insert(ONE, "a"));
        var source = begun();

        database.run("ALTER TABLE task REPLICA IDENTITY DEFAULT");
        database.run("UPDATE task SET title = 'b'");

        var changes = next(source).changes();
        assertThat(changes)
                .containsExactly(new Change.Gap(
                        Optional.of("task"), "unreadable", changes.getFirst().version()));
        assertThat(changes.getFirst().version()).isPresent();
    }

    @Test
    void afterARestartNothingIsLostOrDoubled() throws InterruptedException {
        var first = from(List.of());
        var begin = next(first).position();
        database.run(insert(ONE, "a"));
        var read = next(first).position();
        database.run(insert(TWO, "b"));
        first.close();

        var second = from(List.of(begin, read));

        assertThat(only(next(second)).now().getFirst().key()).isEqualTo(new RecordRef.Uuid(TWO));
    }

    @Test
    void aPublicationOfInsertsAloneIsRefused() throws InterruptedException {
        database.run("ALTER PUBLICATION amanat SET (publish = 'insert')");

        assertThatThrownBy(() -> next(from(List.of())))
                .isInstanceOf(SourceLostException.class)
                .hasMessageContaining("does not publish update, delete, truncate")
                .hasMessageContaining("'amanat pg setup'");
    }

    private static String insert(UUID id, String title) {
        return "INSERT INTO task (id, title, n) VALUES ('%s', '%s', 1)".formatted(id, title);
    }

    private ChangeSource begun() throws InterruptedException {
        var source = from(List.of());
        assertThat(next(source).changes())
                .containsExactly(rights(Optional.empty()), new Change.Gap(Optional.empty(), "reading begins here"));
        return source;
    }

    private static Change rights(Optional<String> version) {
        return new Change.Rights("policy", Optional.empty(), Optional.empty(), Optional.empty(), version);
    }

    private ChangeSource from(List<Position> from) {
        var source = ChangeSource.tables(
                database.wal(), List.of("public.task"), Optional.of(Catalogue.read(database.wal())), from);
        opened.add(source);
        return source;
    }

    /** The next transaction with changes; one that only tells how far the log was read may come before it. */
    private static Transaction next(ChangeSource source) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            var next = source.next(Duration.ofSeconds(60));
            if (next.isPresent() && !next.get().changes().isEmpty()) {
                return next.get();
            }
        }
        throw new AssertionError("nothing was read");
    }

    private static Change.Records only(Transaction transaction) {
        assertThat(transaction.changes()).hasSize(1);
        return (Change.Records) transaction.changes().getFirst();
    }

    private static JsonNode value(List<Image> images, String column) {
        return Objects.requireNonNull(images.getFirst().values().get(column));
    }

    private static List<String> rows(List<Image> images) {
        return images.stream()
                .map(image -> new TreeMap<>(image.values()).toString())
                .toList();
    }
}
