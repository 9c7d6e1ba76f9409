package io.amanat.e2e.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.source.ChangeSource;
import io.amanat.connector.source.SourceFigures;
import io.amanat.connector.source.SourceLostException;
import io.amanat.connector.source.wal.Slots;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Reads a source on a thread of its own, as the bridge does, and writes down what it saw. */
final class Reader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final Duration STEP = Duration.ofSeconds(1);

    private final Neighbour odoo;
    private final Way way;
    private final OdooRpc calls;
    private final Notebook notebook;
    private final String slot = "amanat_e2e_" + UUID.randomUUID().toString().substring(0, 8);
    private volatile boolean durable = true;
    private volatile boolean connected;
    private volatile SourceFigures figures = SourceFigures.none("");
    private @Nullable Thread thread;
    private @Nullable FutureTask<Boolean> reading;

    Reader(Neighbour odoo, Way way, String mark) {
        this.odoo = odoo;
        this.way = way;
        this.calls = way.calls(odoo);
        this.notebook = new Notebook(mark);
        start();
    }

    Way way() {
        return way;
    }

    Notebook notebook() {
        return notebook;
    }

    SourceFigures figures() {
        return figures;
    }

    private void start() {
        connected = false;
        var from = notebook.positions();
        var task = new FutureTask<>(() -> read(from));
        reading = task;
        thread = Thread.ofVirtual().name("reader").start(task);
    }

    private boolean read(List<Position> from) {
        try (var source = way.open(odoo, calls, slot, from)) {
            while (!Thread.interrupted()) {
                readOne(source);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private void readOne(ChangeSource source) throws InterruptedException {
        try {
            source.next(STEP).ifPresent(transaction -> take(source, transaction));
            figures = source.figures();
            connected = true;
        } catch (SourceLostException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private void take(ChangeSource source, Transaction transaction) {
        notebook.write(transaction);
        if (durable) {
            source.confirm(transaction.position());
        }
    }

    /** From now on nothing that is read becomes durable. */
    void keepNothing() {
        durable = false;
    }

    /** It reads; what is committed from now on is to be seen. */
    void awaitBegun() {
        until("reads", () -> connected && !notebook.gaps().isEmpty());
    }

    /** These notes were seen in values. */
    void awaitNotes(String... notes) {
        until("saw " + List.of(notes), () -> notebook.notes().containsAll(List.of(notes)));
    }

    /** This note was seen, or the reader was told to read all transfers again after so many times before. */
    void awaitNoteOrGap(String note, int gapsBefore) {
        until(
                "saw '%s' or was told to read again".formatted(note),
                () -> notebook.notes().contains(note) || notebook.gaps().size() > gapsBefore);
    }

    void awaitNewHistory() {
        until("was told of another history", () -> notebook.newHistories() > 0);
    }

    private void until(String what, Callable<Boolean> done) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(isReading() && done.call())
                        .as("%s %s; %s", this, what, notebook)
                        .isTrue());
    }

    private boolean isReading() throws InterruptedException, ExecutionException {
        var task = reading;
        return task != null && (!task.isDone() || task.get());
    }

    /** The bridge is killed. */
    void stop() {
        var task = reading;
        var running = thread;
        if (task == null || running == null) {
            return;
        }
        running.interrupt();
        await("the reader stops").atMost(PATIENCE).until(task::isDone);
    }

    /** The bridge starts again; of the positions that it read, only so many had become durable. */
    void startAt(int positions) {
        notebook.forgetPositionsAfter(positions);
        start();
    }

    @Override
    public void close() {
        stop();
        calls.close();
        if (way == Way.WAL) {
            try (var slots = Slots.of(odoo.log(slot).postgres(), Duration.ofSeconds(20))) {
                slots.drop(slot, true);
            }
        }
    }

    @Override
    public String toString() {
        return "%s at %s".formatted(way, odoo);
    }
}
