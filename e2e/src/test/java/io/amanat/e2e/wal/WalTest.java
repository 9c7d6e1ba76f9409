package io.amanat.e2e.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.source.ChangeSource;
import io.amanat.connector.source.SourceLostException;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.Slots;
import io.amanat.connector.source.wal.WalSettings;
import io.amanat.e2e.lab.Lab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the real Odoo 19 commits late arrives once and in the order of commits, on every row of the hazard table. */
@Timeout(300)
class WalTest {

    private static final String SLOT = "amanat_e2e_wal";

    /** Late by so many seconds; the whole table with {@code AMANAT_LONG}. */
    private static final List<Double> LATE = "true".equals(System.getenv("AMANAT_LONG"))
            ? List.of(2.0, 8.0, 9.5, 12.0, 14.0, 30.0, 31.0, 70.0)
            : List.of(2.0, 4.0);

    private final Optional<Lab> found = Lab.withOdoo();
    private final List<Position> positions = new ArrayList<>();
    private final Map<Long, List<String>> notes = new HashMap<>();

    @AfterEach
    void dropSlot() {
        found.ifPresent(lab -> {
            try (var slots = Slots.of(settings(lab).postgres(), Duration.ofSeconds(20))) {
                if (slots.find(SLOT).isPresent()) {
                    slots.drop(SLOT, true);
                }
            }
        });
    }

    @Test
    void whatIsCommittedLateArrivesOnceWhileOthersWrite() throws InterruptedException {
        commitLate(true);
    }

    @Test
    void whatIsCommittedLateArrivesOnceInSilence() throws InterruptedException {
        commitLate(false);
    }

    /** Half of the way through, the source is closed and opened again where it was, as after a restart of the bridge. */
    private void commitLate(boolean chatter) throws InterruptedException {
        assumeTrue(found.isPresent(), "needs the lab");
        var lab = found.get();
        var aziz = lab.user("aziz");
        var transfers = IntStream.rangeClosed(0, LATE.size())
                .mapToObj(_ -> aziz.create("amanat.transfer", Map.of("note", "new")))
                .toList();
        read(lab, () -> !positions.isEmpty(), Duration.ofSeconds(60));
        var late = transfers.subList(0, LATE.size());
        var plan = IntStream.range(0, LATE.size())
                .mapToObj(i -> "(%d, %s)".formatted(transfers.get(i), LATE.get(i)))
                .toList();
        var script = script(plan, chatter, transfers.getLast());

        var writing = CompletableFuture.supplyAsync(() -> lab.shell(script));
        read(lab, () -> false, Duration.ofSeconds(8));
        read(lab, () -> writing.isDone() && notes.keySet().containsAll(late), Duration.ofSeconds(200));

        for (int i = 0; i < LATE.size(); i++) {
            assertThat(notes.get(transfers.get(i))).containsExactly("late by " + LATE.get(i));
        }
        if (chatter) {
            var said = notes.getOrDefault(transfers.getLast(), List.of());
            assertThat(said)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, said.size())
                            .mapToObj(n -> "chatter " + n)
                            .toList());
        }
    }

    /** Each transaction takes its ids of the bus at a savepoint and stays open; meanwhile another writes every half second. */
    private static String script(List<String> plan, boolean chatter, long chattering) {
        return """
                    import time, odoo
                    from odoo.modules.registry import Registry
                    waiting = []
                    for transfer, seconds in %s:
                        cr = Registry(env.cr.dbname).cursor()
                        late = odoo.api.Environment(cr, 2, {})
                        late["amanat.transfer"].browse(transfer).note = "late by %%s" %% seconds
                        with cr.savepoint():
                            late["amanat.transfer"].browse(transfer).amount = seconds
                        waiting.append((seconds, cr))
                    start, said = time.time(), 0
                    while waiting:
                        if %s:
                            said += 1
                            env["amanat.transfer"].browse(%d).note = "chatter %%d" %% said
                            env.cr.commit()
                        for seconds, cr in [it for it in waiting if time.time() - start >= it[0]]:
                            cr.commit()
                            cr.close()
                            waiting.remove((seconds, cr))
                        time.sleep(0.5)
                    """.formatted(plan, chatter ? "True" : "False", chattering);
    }

    /** Reads on until the time is up, or everything is there and nothing follows. */
    private void read(Lab lab, BooleanSupplier everything, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        try (var source = ChangeSource.wal(settings(lab), false, positions)) {
            boolean drained = false;
            while (!drained && System.nanoTime() < deadline) {
                boolean complete = everything.getAsBoolean();
                var next = next(source);
                next.ifPresent(this::take);
                drained = complete && next.isEmpty();
            }
        }
    }

    private static Optional<Transaction> next(ChangeSource source) throws InterruptedException {
        try {
            return source.next(Duration.ofSeconds(2));
        } catch (SourceLostException e) {
            return Optional.empty();
        }
    }

    private void take(Transaction transaction) {
        boolean begins = positions.isEmpty();
        positions.add(transaction.position());
        if (begins) {
            return;
        }
        for (var change : transaction.changes()) {
            assertThat(change).isInstanceOf(Change.Records.class);
            ((Change.Records) change)
                    .now()
                    .forEach(image -> notes.computeIfAbsent(
                                    ((RecordRef.Serial) image.key()).id(), _ -> new ArrayList<>())
                            .add(String.valueOf(image.values().get("note")).replace("\"", "")));
        }
    }

    private static WalSettings settings(Lab lab) {
        var owner = lab.postgres();
        var odoo = new PostgresSettings(
                owner.host(),
                owner.port(),
                lab.database(),
                owner.user(),
                owner.password(),
                owner.sslMode(),
                owner.rootCertificate());
        return WalSettings.of(odoo, SLOT, "amanat");
    }
}
