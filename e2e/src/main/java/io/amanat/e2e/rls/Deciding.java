package io.amanat.e2e.rls;

import io.amanat.bench.report.Report;
import io.amanat.bridge.access.rls.Viewers;
import io.amanat.bridge.access.rls.Visibility;
import io.amanat.bridge.access.rls.VisibilityException;
import io.amanat.bridge.app.Marks;
import io.amanat.bridge.feed.FeedReader;
import io.amanat.bridge.feed.Follower;
import io.amanat.bridge.journal.Entry;
import io.amanat.bridge.journal.Journal;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.source.ChangeSource;
import io.amanat.connector.source.tables.Catalogue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Reads the log and decides who sees what, on a thread each, as the bridge does. */
final class Deciding implements AutoCloseable {

    private static final long PATIENCE = Duration.ofMinutes(3).toNanos();

    /** What was decided of one change, and who was told to read again since the change before it. */
    private record Decided(BitSet before, BitSet now) {}

    private final FeedReader reader;
    private final Follower follower;
    private final Visibility visibility;
    private final BitSet everybody = new BitSet();
    private final Writer writer;
    private final Map<String, Decided> decided = new HashMap<>();
    private final Histogram latency = new Histogram(3);
    private final Histogram judging = new Histogram(3);
    private final java.util.Set<String> waitedFor = java.util.concurrent.ConcurrentHashMap.newKeySet();
    private int changes;
    private int refused;
    private long told;

    Deciding(Board board, Visibility visibility, Viewers viewers, Writer writer, Journal journal, Marks marks)
            throws Exception {
        this.visibility = visibility;
        this.writer = writer;
        everybody.set(0, viewers.size());
        follower = Follower.start(journal, this::decide);
        try (var connection = board.connect()) {
            var source = ChangeSource.tables(
                    board.wal(),
                    List.of("public.task", "public.user_branch"),
                    Optional.of(Catalogue.read(connection, Board.PUBLICATION)),
                    List.of());
            reader = FeedReader.start(source, journal, marks, InstantSource.system());
        }
    }

    /** Returns when the log is being read. */
    void start() throws InterruptedException {
        long until = System.nanoTime() + PATIENCE;
        while (!reader.state().connected()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the log is not read");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private synchronized void decide(List<Entry> entries) {
        for (var entry : entries) {
            long began = System.nanoTime();
            visibility.changed(entry.offset(), entry.change()).values().forEach(whom -> told += whom.cardinality());
            if (entry.change() instanceof Change.Records records
                    && records.model().equals("task")) {
                decide(records);
            }
            judging.recordValue((System.nanoTime() - began) / 1_000);
        }
    }

    private void decide(Change.Records change) {
        boolean deleted = change.operation() == Operation.DELETE;
        var images = new ArrayList<>(change.before());
        if (!deleted) {
            images.addAll(change.now());
        }
        try {
            var seen = visibility.visible("task", images, everybody);
            for (int i = 0; i < change.now().size(); i++) {
                var before = change.before().isEmpty() ? new BitSet() : seen.get(i);
                var now = deleted ? new BitSet() : seen.get(change.before().size() + i);
                note(key(change, i), new Decided(before, now));
            }
        } catch (VisibilityException e) {
            refused++;
            for (int i = 0; i < change.now().size(); i++) {
                waitedFor.add(key(change, i));
            }
        }
    }

    private static String key(Change.Records change, int row) {
        var image = change.now().get(row);
        return change.operation() == Operation.DELETE && image.key() instanceof RecordRef.Uuid(var id)
                ? id.toString()
                : title(image);
    }

    private static String title(Image image) {
        return Optional.ofNullable(image.values().get("title")).orElseThrow().asString();
    }

    private void note(String key, Decided what) {
        var sent = writer.sent.get(key);
        if (sent != null && waitedFor.add(key)) {
            latency.recordValue((System.nanoTime() - sent) / 1_000);
            changes++;
            decided.put(key, what);
        }
    }

    void awaitAll() throws InterruptedException {
        long until = System.nanoTime() + PATIENCE;
        while (!waitedFor.containsAll(writer.sent.keySet())) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("not every change arrived");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    synchronized void beginMeasuring() {
        latency.reset();
        judging.reset();
        changes = 0;
        told = 0;
    }

    /** Puts what was measured, and says whether nobody saw too much or too little. */
    synchronized boolean report(Report report, double seconds, long queries) {
        int leaks = 0;
        int missing = 0;
        int compared = 0;
        for (var truth : writer.truths.entrySet()) {
            var what = decided.get(truth.getKey());
            if (what != null) {
                compared += truth.getValue().asked().cardinality() * 2;
                leaks += over(what.before(), truth.getValue().before(), truth.getValue())
                        + over(what.now(), truth.getValue().now(), truth.getValue());
                missing += over(truth.getValue().before(), what.before(), truth.getValue())
                        + over(truth.getValue().now(), what.now(), truth.getValue());
            }
        }
        report.put("changes", changes)
                .put("per_second", changes / seconds)
                .put("queries_per_change", queries / (double) Math.max(1, changes))
                .put("leaks", leaks)
                .put("missing", missing)
                .put("compared_with_set_role", compared)
                .put("refused", refused)
                .put("told_to_read_again", told)
                .latency("decided_", latency)
                .latency("judging_", judging);
        return leaks == 0 && missing == 0;
    }

    private static int over(BitSet more, BitSet than, Writer.Truth truth) {
        var over = (BitSet) more.clone();
        over.and(truth.asked());
        over.andNot(than);
        return over.cardinality();
    }

    @Override
    public void close() {
        reader.close();
        follower.close();
    }
}
