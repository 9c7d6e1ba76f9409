package io.amanat.e2e.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Late commits as they were measured before real Odoo: a poller that reads above the highest id it knows lost all eight rows, Odoo's
 * own websocket those of 12 s and more while others committed, and each across a reconnect. All ways read all Odoos at once; the
 * rows that last longest are read with {@code AMANAT_LONG=true} only.
 */
@Tag("contract")
@Timeout(600)
class HazardTest {

    private static final boolean LONG = "true".equals(System.getenv("AMANAT_LONG"));

    private static final List<Double> SILENT = LONG ? List.of(2.0, 8.0, 30.0, 70.0) : List.of(2.0);
    private static final List<Double> BUSY = LONG ? List.of(9.5, 12.0, 14.0, 30.0) : List.of(9.5, 12.0, 14.0);

    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final List<Neighbour> odoos = Side.openAll();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);

    @AfterEach
    void stop() {
        clock.shutdownNow();
        odoos.forEach(Neighbour::close);
    }

    @Test
    void whatIsCommittedLateWhileOthersCommitIsNeverLostInSilence() throws Exception {
        try (var readers = readers()) {
            var _ = clock.scheduleWithFixedDelay(this::chatter, 0, 1, TimeUnit.SECONDS);
            commitLate(readers, BUSY);
        }
    }

    @Test
    void whatIsCommittedLateWhileNobodyElseCommitsIsNeverLostInSilence() throws Exception {
        try (var readers = readers()) {
            for (var row : SILENT) {
                commitLate(readers, List.of(row));
            }
        }
    }

    @Test
    void whatIsCommittedLateWhileOdoosBusRestartsIsNeverLostInSilence() {
        try (var readers = new Readers(odoos, mark, way -> way == Way.WEBSOCKET || way == Way.LONGPOLLING)) {
            var late = begin("late");
            odoos.forEach(odoo -> odoo.commit(note("early")));
            readers.awaitNotes(note("early"));
            odoos.forEach(Neighbour::restartBus);
            var before = gaps(readers);
            late.forEach(Neighbour.Open::commit);
            odoos.forEach(odoo -> odoo.commit(note("after")));
            readers.awaitNotes(note("after"));

            readers.each(reader -> requireNotLost(reader, note("late"), before));
        }
    }

    /** Each row's transaction takes its ids now, and is committed so many seconds later. */
    private void commitLate(Readers readers, List<Double> rows) throws Exception {
        var commits = new ArrayList<ScheduledFuture<Map<Reader, Integer>>>();
        for (var row : rows) {
            var late = begin("late " + row);
            commits.add(clock.schedule(() -> commit(readers, late), (long) (row * 1000), TimeUnit.MILLISECONDS));
        }
        odoos.forEach(odoo -> odoo.commit(note("early, before " + rows)));
        readers.awaitNotes(note("early, before " + rows));
        for (int i = 0; i < rows.size(); i++) {
            var before = commits.get(i).get();
            var late = note("late " + rows.get(i));
            readers.each(reader -> requireNotLost(reader, late, before));
        }
    }

    private static Map<Reader, Integer> commit(Readers readers, List<Neighbour.Open> late) {
        var before = gaps(readers);
        late.forEach(Neighbour.Open::commit);
        return before;
    }

    private List<Neighbour.Open> begin(String name) {
        return odoos.stream().map(odoo -> odoo.begin(note(name))).toList();
    }

    /** The log of PostgreSQL has it; the bus at least makes everybody read again. */
    private static void requireNotLost(Reader reader, String late, Map<Reader, Integer> gapsBefore) {
        if (reader.way() == Way.WAL) {
            reader.awaitNotes(late);
        } else {
            reader.awaitNoteOrGap(late, gapsBefore.getOrDefault(reader, 0));
        }
        assertThat(reader.notebook().notes()).as(reader.toString()).doesNotHaveDuplicates();
    }

    private static Map<Reader, Integer> gaps(Readers readers) {
        var gaps = new HashMap<Reader, Integer>();
        readers.each(reader -> gaps.put(reader, reader.notebook().gaps().size()));
        return gaps;
    }

    private void chatter() {
        odoos.forEach(odoo -> odoo.commit("chatter beside " + mark));
    }

    private Readers readers() {
        return new Readers(odoos, mark, _ -> true);
    }

    private String note(String name) {
        return mark + " " + name;
    }
}
