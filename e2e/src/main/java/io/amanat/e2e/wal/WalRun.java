package io.amanat.e2e.wal;

import io.amanat.bench.report.Report;
import io.amanat.connector.source.wal.PostgresSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/** Measures how long a commit takes to the journal, and how many rows of the bus a second get there. */
final class WalRun {

    private static final int WARM_UP = 300;
    private static final long PATIENCE = Duration.ofMinutes(5).toNanos();

    private final PostgresSettings server;
    private final Size size;
    private boolean complete = true;

    /**
     * How much is measured.
     *
     * @param commits that are timed, one row each
     * @param rate of them, a second
     * @param rows of the flood
     * @param perTransaction of these in one transaction
     */
    record Size(int commits, int rate, int rows, int perTransaction) {}

    WalRun(PostgresSettings server, Size size) {
        this.server = server;
        this.size = size;
    }

    boolean complete() {
        return complete;
    }

    Report measure() throws Exception {
        var report = new Report(
                "wal",
                Map.of(
                        "commits", size.commits(),
                        "rate", size.rate(),
                        "rows", size.rows(),
                        "rows_per_transaction", size.perTransaction()));
        Path directory = Files.createTempDirectory("amanat-bench-wal");
        try (var database = new BusDatabase(server)) {
            try (var intake = new Intake(database.wal(), directory.resolve("timed"), List.of())) {
                intake.awaitBeginning();
                time(database, intake, report);
                flood(database, intake, report);
                complete &= intake.gaps() == 0;
            }
        }
        delete(directory);
        return report.put("complete", complete).machine();
    }

    private void time(BusDatabase database, Intake intake, Report report) throws Exception {
        int all = WARM_UP + size.commits();
        var sent = new long[all + 1];
        var returned = new long[all + 1];
        try (var connection = database.connect();
                var insert = BusDatabase.messages(connection)) {
            long pause = Duration.ofSeconds(1).toNanos() / size.rate();
            long due = System.nanoTime();
            for (int id = 1; id <= all; id++) {
                insert.setInt(3, id);
                insert.setInt(4, id);
                insert.executeUpdate();
                sent[id] = System.nanoTime();
                connection.commit();
                returned[id] = System.nanoTime();
                due += pause;
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
        complete &= await(() -> intake.arrived() >= all);
        var fromSent = new Histogram(3);
        var fromReturned = new Histogram(3);
        for (int id = WARM_UP + 1; id <= all; id++) {
            fromSent.recordValue(Math.max(0, (intake.arrival(id) - sent[id]) / 1_000));
            fromReturned.recordValue(Math.max(0, (intake.arrival(id) - returned[id]) / 1_000));
        }
        report.latency("commit_to_journal_", fromSent).latency("committed_to_journal_", fromReturned);
    }

    private void flood(BusDatabase database, Intake intake, Report report) throws Exception {
        intake.countOnly();
        long before = intake.rows();
        long start = System.nanoTime();
        write(database);
        long written = System.nanoTime();
        complete &= await(() -> intake.rows() - before >= size.rows());
        long read = System.nanoTime();
        report.put("rows_per_second", size.rows() / seconds(read - start));
        report.put("written_rows_per_second", size.rows() / seconds(written - start));
        report.put("behind_the_last_commit_ms", (read - written) / 1e6);
    }

    private void write(BusDatabase database) throws SQLException {
        try (var connection = database.connect();
                var insert = BusDatabase.messages(connection)) {
            int first = 1_000_000;
            for (int done = 0; done < size.rows(); done += size.perTransaction()) {
                insert.setInt(3, first + done);
                insert.setInt(4, first + Math.min(size.rows(), done + size.perTransaction()) - 1);
                insert.executeUpdate();
                connection.commit();
            }
        }
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    private static boolean await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(100_000);
        }
        return condition.getAsBoolean();
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
