package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.access.rls.RowSecurity;
import io.amanat.bridge.access.rls.RowSecurityMetrics;
import io.amanat.bridge.access.rls.RowSecuritySettings;
import io.amanat.bridge.access.rls.Viewers;
import io.amanat.bridge.access.rls.VisibilityException;
import io.amanat.bridge.journal.Journal;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.bridge.journal.MemoryJournal;
import io.amanat.bridge.table.TableDeliveries;
import io.amanat.bridge.table.TableDelivery;
import io.amanat.bridge.table.TableJudge;
import io.amanat.bridge.table.TableSpec;
import io.amanat.bridge.table.Tables;
import io.amanat.bridge.write.Board;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.ChangeSource;
import io.amanat.connector.source.tables.Catalogue;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.TestDatabase;
import io.amanat.connector.source.wal.WalSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** The log of a real database is read by the test itself: what is committed is not read before the test says so. */
@Timeout(120)
class MarksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final UUID CARD = new UUID(1, 1);

    private final TestDatabase database = Board.create().database();
    private final Journal journal = new MemoryJournal(new JournalSettings(Duration.ofHours(1), 1_000, 10_000_000));
    private final DataSource bridge = asBridge();
    private final Marks marks = new Marks(bridge, journal, "one", PATIENCE);
    private final List<String> told = new ArrayList<>();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ChangeSource source = open();

    private ChangeSource open() {
        database.run(
                "CREATE TABLE member (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), user_id uuid NOT NULL, branch int);"
                        + "CREATE TABLE card (id uuid PRIMARY KEY, branch int NOT NULL, note text);"
                        + "ALTER TABLE member REPLICA IDENTITY FULL; ALTER TABLE member ENABLE ROW LEVEL SECURITY;"
                        + "ALTER TABLE card REPLICA IDENTITY FULL; ALTER TABLE card ENABLE ROW LEVEL SECURITY;"
                        + "CREATE POLICY mine ON member FOR SELECT TO authenticated USING (user_id = (SELECT auth.uid()));"
                        + "CREATE POLICY bridge ON member FOR SELECT TO amanat USING (true);"
                        + "CREATE POLICY p ON card FOR SELECT TO authenticated USING"
                        + " (branch IN (SELECT m.branch FROM member m WHERE m.user_id = (SELECT auth.uid())));"
                        + "GRANT SELECT ON member TO authenticated, amanat; GRANT SELECT ON card TO authenticated;"
                        + "CREATE PUBLICATION amanat FOR TABLE member, card, amanat.operation");
        grant(Board.MALIKA, 1);
        var at = database.settings();
        var settings = new PostgresSettings(
                at.host(), at.port(), at.database(), "amanat", new Secret(""), at.sslMode(), Optional.empty());
        var wal = WalSettings.of(settings, "amanat_" + at.database(), "amanat");
        return ChangeSource.tables(wal, List.of("public.card"), Optional.of(Catalogue.read(wal)), List.of());
    }

    @BeforeEach
    void begin() throws InterruptedException {
        assertThat(source.next(PATIENCE)).as("where it begins").isPresent();
    }

    @AfterEach
    void end() {
        workers.shutdownNow();
        source.close();
    }

    @Test
    void whatWasCommittedBeforeIsReadBefore() throws Exception {
        database.run("INSERT INTO card VALUES ('%s', 1, 'a')".formatted(CARD));
        grant(Board.OTABEK, 1);

        var changes = readUntil(during(() -> marks.committed(0)));
        assertThat(changes).extracting(it -> ((Change.Records) it).model()).containsExactly("card", "member");
        assertThat(marks.read(1)).hasSize(1);
        assertThat(journal.last()).as("marks are not in the journal").isEqualTo(2);
    }

    @Test
    void aMarkOfAnotherBridgeIsNone() throws Exception {
        var other = new Marks(bridge, journal, "other", PATIENCE);
        var asked = during(() -> other.committed(0));
        readUntil(during(() -> marks.committed(0)));
        readUntil(during(() -> marks.committed(0)));

        assertThat(asked).isNotDone();
        assertThat(other.admit(mark("amanat.mark.another.1"))).isEmpty();
        assertThat(asked).isNotDone();
        assertThat(other.admit(mark("amanat.mark.other.1"))).isEmpty();
        assertThat(asked.get()).isEmpty();
    }

    @Test
    void nothingIsSaidWhileReadingStandsStill() throws Exception {
        var hurried = new Marks(bridge, journal, "hurried", Duration.ofMillis(50));
        assertThatThrownBy(() -> hurried.committed(0))
                .isInstanceOf(VisibilityException.class)
                .hasMessageContaining("within 50 ms");
        database.run("REVOKE EXECUTE ON FUNCTION pg_logical_emit_message(boolean, text, text, boolean) FROM public");
        assertThatThrownBy(() -> marks.committed(0))
                .isInstanceOf(VisibilityException.class)
                .hasMessageContaining("no mark");
    }

    @Test
    void aChangeIsNotToldToWhomOnlyALaterCommitLetIn() throws Exception {
        var viewers = new Viewers(10);
        var tables = new Tables(new PublishedTables(bridge, "amanat", Set.of()), new AtomicLong()::incrementAndGet);
        var security = new RowSecurity(
                bridge, "amanat", viewers, RowSecuritySettings.DEFAULT, marks, new RowSecurityMetrics());
        var judge = new TableJudge(tables, security, new Telling(), 200, System::nanoTime);
        for (var person : List.of(Board.MALIKA, Board.OTABEK)) {
            tables.join(
                    new TableSpec("card", Set.of(Operation.values()), "", Optional.empty(), person.role()),
                    viewers.join(person).orElseThrow());
        }

        database.run("INSERT INTO card VALUES ('%s', 1, 'before')".formatted(CARD));
        read();
        grant(Board.OTABEK, 1);
        readUntil(during(() -> decided(judge, 1)));
        assertThat(told).containsExactly("1 CREATE to {0}");
        decided(judge, 2);
        assertThat(told).containsExactly("1 CREATE to {0}", "2 reset to {1}");
        database.run("UPDATE card SET note = 'after'");
        read();
        readUntil(during(() -> decided(judge, 3)));
        assertThat(told).last().isEqualTo("3 UPDATE to {0, 1}");
    }

    private boolean decided(TableJudge judge, long offset) {
        judge.decide(new Past(journal).between(offset - 1, offset).orElseThrow());
        return true;
    }

    /** What is told, in words. */
    private final class Telling implements TableDeliveries {
        @Override
        public void deliver(List<TableDelivery> decided) {
            for (var delivery : decided) {
                told.add(
                        switch (delivery) {
                            case TableDelivery.Row it -> "%d %s to %s".formatted(it.offset(), it.event(), it.to());
                            case TableDelivery.Reset it -> "%d reset to %s".formatted(it.offset(), it.to());
                            case TableDelivery.Receipt it -> throw new AssertionError(it);
                        });
            }
        }

        @Override
        public void reached(long upTo) {}
    }

    private void grant(Claims person, int branch) {
        database.run("INSERT INTO member (user_id, branch) VALUES ('%s', %d)".formatted(person.subject(), branch));
    }

    private static Change mark(String name) {
        return new Change.Event(
                name, "", new Actor(0, "", Optional.empty()), Instant.EPOCH, Set.of(), List.of(), Set.of());
    }

    /** Reads the next transaction into the journal, as the bridge does. */
    private void read() throws InterruptedException {
        keep(source.next(PATIENCE).orElseThrow());
    }

    private void keep(Transaction transaction) {
        journal.append(
                transaction.changes().stream()
                        .flatMap(it -> marks.admit(it).stream())
                        .toList(),
                transaction.position());
    }

    /** Reads on until that is done. */
    private <T> T readUntil(Future<T> asked) throws Exception {
        while (!asked.isDone()) {
            source.next(Duration.ofMillis(10)).ifPresent(this::keep);
        }
        return asked.get();
    }

    private <T> Future<T> during(Callable<T> question) {
        return workers.submit(question);
    }

    private DataSource asBridge() {
        var at = database.settings();
        var connections = new PGSimpleDataSource();
        connections.setServerNames(new String[] {at.host()});
        connections.setPortNumbers(new int[] {at.port()});
        connections.setDatabaseName(at.database());
        connections.setUser("amanat");
        return connections;
    }
}
