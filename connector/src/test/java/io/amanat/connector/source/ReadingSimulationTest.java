package io.amanat.connector.source;

import static io.amanat.connector.source.Samples.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.RecordRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many transactions, some open for up to 100 s, some rolled back, read through a websocket that loses frames and by sweeps, with
 * restarts: in the end a viewer that applies what is read sees what the database holds, and never had to re-read.
 */
class ReadingSimulationTest {

    private static final Duration TICK = Duration.ofMillis(500);
    private static final int TICKS = 2 * 900;

    private final FakePace pace = new FakePace();
    private final FakeRows rows = new FakeRows();
    private final Map<Long, String> database = new HashMap<>();
    private final Map<Long, String> viewer = new HashMap<>();
    private final List<Sending> open = new ArrayList<>();
    private final Set<Long> locked = new HashSet<>();
    private final List<Position> positions = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private long txids = 1_000;
    private int tick;

    /** A transaction that wrote and holds its locks until it ends. */
    private record Sending(long txid, Map<Long, List<Long>> idsByRecord, int endsAt, boolean rollsBack) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatIsReadIsWhatWasCommitted(long seed) throws Malformed {
        var random = new Random(seed);
        var reader = reader();
        for (tick = 0; tick < TICKS; tick++) {
            work(random);
            if (random.nextInt(120) == 0) {
                handOn(reader, random.nextInt(3));
                pace.advance(Duration.ofSeconds(random.nextInt(20)));
                reader = reader();
                sweep(reader);
            }
            read(reader, random);
            pace.advance(TICK);
        }
        finish(reader);

        assertThat(viewer).as("seed %d", seed).isEqualTo(database);
        assertThat(gaps).as("seed %d", seed).containsExactly("reading begins here");
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void withoutRestartsEachChangeIsHandedOnOnceInEffectAndNobodyReReads(long seed) throws Malformed {
        var random = new Random(seed);
        var reader = reader();
        for (tick = 0; tick < TICKS; tick++) {
            work(random);
            read(reader, random);
            pace.advance(TICK);
        }
        finish(reader);

        assertThat(viewer).as("seed %d", seed).isEqualTo(database);
        assertThat(seen).as("seed %d", seed).doesNotHaveDuplicates();
        assertThat(gaps).as("seed %d", seed).containsExactly("reading begins here");
    }

    private void work(Random random) {
        open.removeIf(this::endsNow);
        for (int i = random.nextInt(4); i > 0; i--) {
            begin(random);
        }
        rows.oldest = Duration.ZERO;
    }

    private boolean endsNow(Sending sending) {
        if (sending.endsAt() > tick) {
            return false;
        }
        sending.idsByRecord().forEach((record, ids) -> {
            locked.remove(record);
            if (sending.rollsBack()) {
                ids.forEach(rows::rollBack);
            } else {
                ids.forEach(rows::commit);
                database.put(record, String.valueOf(sending.txid()));
            }
        });
        return true;
    }

    private void begin(Random random) {
        long txid = txids++;
        var ids = new HashMap<Long, List<Long>>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            long record = random.nextInt(40) + 1L;
            if (locked.add(record) || ids.containsKey(record)) {
                var message = Samples.created(rows.sequence + 1, txid, record).replace("\"TR\"", "\"" + txid + "\"");
                ids.computeIfAbsent(record, _ -> new ArrayList<>()).add(rows.take(message));
            }
        }
        int length = random.nextInt(10) == 0 ? random.nextInt(200) : random.nextInt(2);
        open.add(new Sending(txid, ids, tick + length, random.nextInt(5) == 0));
    }

    /** Sometimes a frame comes, sometimes a glance is taken; a sweep every five seconds may fail. */
    private void read(BusReader reader, Random random) throws Malformed {
        if (reader.begun() && random.nextInt(3) > 0) {
            var after = rows.after(reader.last()).messages();
            reader.frame(frame(after.stream().map(ReadingSimulationTest::text).toArray(String[]::new)));
        } else if (reader.begun()) {
            var start = reader.start();
            reader.glanced(rows.after(reader.before(Duration.ofSeconds(3))), start);
        }
        if (!reader.begun() || (tick % 10 == 0 && random.nextInt(4) > 0)) {
            sweep(reader);
        }
        handOn(reader, Integer.MAX_VALUE);
    }

    private void sweep(BusReader reader) {
        var start = reader.start();
        reader.swept(start.sweep(rows), start);
    }

    private static String text(BusMessage message) {
        return "{\"id\": %d, \"message\": {\"type\": \"%s\", \"payload\": %s}}"
                .formatted(message.id(), message.type(), message.payload());
    }

    private void finish(BusReader reader) {
        for (int i = 0; i < 400; i++, tick++) {
            open.removeIf(this::endsNow);
            pace.advance(TICK);
            sweep(reader);
            handOn(reader, Integer.MAX_VALUE);
        }
        assertThat(open).isEmpty();
    }

    private void handOn(BusReader reader, int most) {
        for (int i = 0; i < most; i++) {
            var next = reader.poll();
            if (next == null) {
                return;
            }
            positions.add(next.position());
            next.changes().forEach(this::apply);
        }
    }

    private void apply(Change change) {
        switch (change) {
            case Change.Records records ->
                records.now().forEach(image -> {
                    var name = String.valueOf(image.values().get("name")).replace("\"", "");
                    var record = ((RecordRef.Serial) image.key()).id();
                    if (!name.equals(viewer.put(record, name))) {
                        seen.add(name + "/" + record);
                    }
                });
            case Change.Gap gap -> {
                viewer.clear();
                viewer.putAll(database);
                gaps.add(gap.reason());
            }
            default -> throw new AssertionError(change);
        }
    }

    private BusReader reader() {
        return new BusReader(BusSettings.DEFAULT, List.copyOf(positions), pace, new Figures());
    }
}
