package io.amanat.e2e.journal;

import io.amanat.bench.report.Report;
import io.amanat.bridge.journal.DiskJournal;
import io.amanat.bridge.journal.Journal.Reading;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.RecordRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run of the journal's bench. */
final class JournalRun {
    private static final int PER_SECOND = 20_000;
    private static final int GAP = 1_000;
    private static final int GAPS = 100;
    private static final long LONGEST_GAP = TimeUnit.SECONDS.toMicros(1);

    private static final Map<String, JsonNode> VALUES = values("""
            {"name": "TR-2026-004711", "display_name": "TR-2026-004711", "amount": 1250000.5, "state": "approved",
             "sender_id": [31, "Akbar Karimov"], "receiver_id": [58, "Bobur Trading LLC"], "currency_id": [12, "UZS"],
             "date": "2026-11-22", "note": "Payment for November, as agreed by telephone on Friday", "urgent": false,
             "write_date": "2026-11-22 03:00:00"}""");
    private static final Map<String, JsonNode> BEFORE =
            values("{\"state\": \"draft\", \"amount\": 1250000.0, \"sender_id\": [31, \"Akbar Karimov\"]}");

    private final Path directory;
    private final int changes;
    private boolean broken;

    JournalRun(Path directory, int changes) {
        this.directory = directory;
        this.changes = changes;
    }

    /** Whether something was lost or took too long. */
    boolean broken() {
        return broken;
    }

    Report measure() throws IOException, InterruptedException {
        var report = new Report("journal", Map.of("changes", changes, "gap", GAP));
        append(report);
        reopen(report);
        report.put("file_system", Files.getFileStore(directory).type());
        return report.machine();
    }

    private DiskJournal open() {
        return DiskJournal.open(directory, JournalSettings.DEFAULT, InstantSource.system());
    }

    private void append(Report report) {
        var micros = new Histogram(3);
        try (var journal = open()) {
            long start = System.nanoTime();
            for (int i = 1; i <= changes; i++) {
                long before = System.nanoTime();
                journal.append(List.of(change(i)), new Position("0/" + Integer.toHexString(i)));
                micros.recordValue((System.nanoTime() - before) / 1_000);
            }
            double appended = seconds(start);
            while (journal.durable().offset() < changes) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            double perSecond = changes / seconds(start);
            broken |= perSecond < PER_SECOND;
            report.put("count", changes)
                    .put("per_second", perSecond)
                    .put("per_second_appended", changes / appended)
                    .latency("append_", micros)
                    .put("syncs", journal.state().syncs())
                    .put(
                            "sync_ms",
                            journal.state().syncSeconds()
                                    * 1e3
                                    / journal.state().syncs())
                    .put("bytes", journal.state().bytes());
        }
    }

    private void reopen(Report report) throws InterruptedException {
        long start = System.nanoTime();
        try (var journal = open()) {
            report.put("reopen_ms", seconds(start) * 1e3);
            report.put("losses", changes - journal.last());
            broken |= journal.last() != changes;
            report.latency("gap_", gaps(journal));
        }
    }

    private Histogram gaps(DiskJournal journal) throws InterruptedException {
        var random = new Random(1);
        var micros = new Histogram(3);
        for (int i = 0; i < GAPS; i++) {
            long from = random.nextInt(changes - GAP);
            long start = System.nanoTime();
            broken |= !(journal.read(from, GAP, Duration.ZERO) instanceof Reading.Entries(var entries)
                    && entries.size() == GAP);
            micros.recordValue((System.nanoTime() - start) / 1_000);
        }
        broken |= micros.getMaxValue() > LONGEST_GAP;
        return micros;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** A typical save: one record, three fields of it written. */
    private static Change change(int id) {
        var key = new RecordRef.Serial(id);
        return new Change.Records(
                "amanat.transfer",
                Operation.UPDATE,
                new Actor(7, "Aziz Rakhimov", Optional.of("0123456789abcdef0123456789abcdef")),
                Instant.ofEpochMilli(1_795_000_000_000L + id),
                List.of(new Image(key, VALUES, Optional.of("771"))),
                List.of(),
                List.of(new Image(key, BEFORE)),
                Set.of("state", "amount", "write_date"),
                Set.of());
    }

    private static Map<String, JsonNode> values(String json) {
        var values = new HashMap<String, JsonNode>();
        JsonMapper.shared().readTree(json).properties().forEach(it -> values.put(it.getKey(), it.getValue()));
        return values;
    }
}
