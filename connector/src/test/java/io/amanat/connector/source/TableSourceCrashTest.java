package io.amanat.connector.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.source.tables.Catalogue;
import io.amanat.connector.source.wal.CrashingPostgres;
import io.amanat.connector.source.wal.Lsn;
import io.amanat.connector.source.wal.Place;
import io.amanat.connector.source.wal.TestDatabase;
import io.amanat.connector.source.wal.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL is killed while it is written to: each transaction that is committed is told, in order, and no other. */
@Timeout(180)
class TableSourceCrashTest {

    private static final int WRITERS = 4;
    private static final int KILLS = 4;

    /** Told between two kills. */
    private static final int FEWEST = 20;

    private static final int MOST = 120;

    private final CrashingPostgres postgres;
    private final TestDatabase database;
    private final List<CrashWriter> writers = new ArrayList<>();
    private final TableReplica replica = new TableReplica("task");
    private final List<String> told = new ArrayList<>();
    private final List<Position> kept = new ArrayList<>();
    private Lsn newest = Lsn.ZERO;
    private int away;
    private boolean isKept = true;
    private ChangeSource source;

    TableSourceCrashTest(@TempDir Path folder) {
        postgres = new CrashingPostgres(folder, Map.of());
        database = TestPostgres.empty(postgres.server());
        database.run("CREATE TABLE task (id uuid PRIMARY KEY, title text, n int);"
                + "CREATE TABLE mark (id uuid PRIMARY KEY, name text);"
                + "ALTER TABLE task REPLICA IDENTITY FULL; ALTER TABLE mark REPLICA IDENTITY FULL;"
                + "ALTER TABLE task ENABLE ROW LEVEL SECURITY; ALTER TABLE mark ENABLE ROW LEVEL SECURITY;"
                + "CREATE PUBLICATION amanat FOR TABLE task, mark");
        source = open();
    }

    @AfterEach
    void close() {
        source.close();
        postgres.close();
    }

    private ChangeSource open() {
        return ChangeSource.tables(
                database.wal(), List.of("public.task"), Optional.of(Catalogue.read(database.wal())), kept);
    }

    @ParameterizedTest
    @ValueSource(longs = 20_261_123)
    void whatIsCommittedIsToldOnceInOrderAndNothingElse(long seed) throws Exception {
        check(seed);
    }

    @Test
    void whereverTheKillFalls() throws Exception {
        check(new Random().nextLong());
    }

    /** The server answers before it is on the disk, and the crash takes it back; the log is not read beyond what is on the disk. */
    @Test
    void whatACrashTookBackWasNeverTold() throws Exception {
        database.run("ALTER DATABASE %s SET synchronous_commit = off"
                .formatted(database.settings().database()));
        isKept = false;
        check(new Random().nextLong());
    }

    private void check(long seed) throws Exception {
        var random = new Random(seed);
        until(0);
        for (int i = 0; i < WRITERS; i++) {
            writers.add(CrashWriter.start(database, "w" + i, random.nextLong()));
        }
        for (int i = 0; i < KILLS; i++) {
            until(told.size() + random.nextInt(FEWEST, MOST));
            postgres.kill();
            postgres.startAgain();
            database.run("INSERT INTO mark VALUES (gen_random_uuid(), 'kill %d')".formatted(i));
            if (i % 2 == 1) {
                goOnFromAnOlderPosition(random);
            }
            until("kill " + i);
        }
        until(told.size() + MOST);
        for (var writer : writers) {
            writer.stop();
        }
        database.run("INSERT INTO mark VALUES (gen_random_uuid(), 'end')");
        until("end");
        compare(seed);
    }

    private void compare(long seed) throws SQLException {
        assertThat(away).as("it was said that the server is away").isPositive();
        var committed = marks();
        assertThat(told).as("seed %d", seed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(committed);
        for (var writer : writers) {
            var its = told.stream().filter(writer::wrote).toList();
            assertThat(its)
                    .as("seed %d, in the order of %s", seed, writer)
                    .doesNotContainAnyElementsOf(writer.rolledBack())
                    .isSortedAccordingTo(writer.order());
            if (isKept) {
                assertThat(its).as("seed %d, answered to %s", seed, writer).containsAll(writer.answered());
            }
        }
        assertThat(replica.shown()).as("seed %d", seed).isEqualTo(replica.stored(database));
    }

    private Set<String> marks() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT name FROM mark")) {
            var marks = new HashSet<String>();
            while (rows.next()) {
                marks.add(rows.getString(1));
            }
            return marks;
        }
    }

    /** As a bridge does that was killed as well: what it read last may not have been kept. */
    private void goOnFromAnOlderPosition(Random random) {
        source.close();
        int lost = random.nextInt(Math.min(kept.size(), 10));
        kept.subList(kept.size() - lost, kept.size()).clear();
        source = open();
    }

    private void until(int count) throws InterruptedException {
        do {
            read();
        } while (told.size() < count);
    }

    private void until(String mark) throws InterruptedException {
        while (!told.contains(mark)) {
            read();
        }
    }

    /** While the server is away the source says so, and is asked again. */
    private void read() throws InterruptedException {
        try {
            var next = source.next(Duration.ofSeconds(1));
            if (next.isPresent()) {
                take(next.get());
            }
        } catch (SourceLostException e) {
            away++;
        }
    }

    private void take(Transaction transaction) {
        assertThat(transaction.newHistory()).isEmpty();
        var at = Place.parse(transaction.position().text()).orElseThrow().lsn();
        if (at.isAfter(newest)) {
            newest = at;
            transaction.changes().forEach(this::take);
        }
        kept.add(transaction.position());
        if (kept.size() % 7 == 0) {
            source.confirm(kept.getFirst());
            kept.subList(0, kept.size() - Math.min(kept.size(), 12)).clear();
        }
    }

    private void take(Change change) {
        switch (change) {
            case Change.Records records when records.model().equals("task") -> replica.apply(records);
            case Change.Records records ->
                records.now()
                        .forEach(row -> told.add(
                                Objects.requireNonNull(row.values().get("name")).asString()));
            case Change.Gap gap -> assertThat(gap.reason()).isEqualTo("reading begins here");
            default -> {}
        }
    }
}
