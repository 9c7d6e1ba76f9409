package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.channel.OwnChanges;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.bridge.journal.MemoryJournal;
import io.amanat.bridge.websocket.Door;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Whatever happens in whatever order (changes, bursts, connections that break after any frame, restarts of the bridge, changes of
 * rights), every tab shows in the end exactly what its user may read, and no tab is told older after newer, or anything twice.
 */
class ResumeLawTest {

    private static final long ADMIN = 1;
    private static final long AZIZ = 7;
    private static final long BOBUR = 8;
    private static final int STEPS = 250;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final FakeSource source = new FakeSource();
    private final FakeOdoo odoo = new FakeOdoo()
            .grant(AZIZ, "id", "display_name", "name", "amount")
            .grant(BOBUR, "id", "display_name", "name", "amount");
    private final Tokens tokens = new Tokens();
    private final MemoryJournal journal = new MemoryJournal(JournalSettings.DEFAULT);
    private final Map<Long, Map<String, JsonNode>> truth = new TreeMap<>();
    private volatile int belowForBobur = 50;
    private long committed;
    private OneDatabase bridge = start();

    private record Viewer(long user, char digit, DoublePredicate view, Screen screen) {}

    private OneDatabase start() {
        var defaults = CoreSettings.of(Door.Settings.of(Set.of(Browser.ORIGIN)));
        return OneDatabase.start(
                new CoreSettings(
                        defaults.access(), defaults.identity(), OwnChanges.TAB, defaults.session(), defaults.door()),
                new CorePorts(journal, source, odoo, tokens::trust, () -> Transfers.POLICY, InstantSource.system()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @Timeout(120)
    void inTheEndEveryTabShowsTheTruth(long seed) {
        var random = new Random(seed);
        allow(50);
        var viewers = List.of(
                viewer(AZIZ, 'a', ""),
                viewer(AZIZ, 'b', ""),
                viewer(AZIZ, 'c', "[['amount','>',20]]"),
                viewer(BOBUR, 'd', ""),
                viewer(BOBUR, 'e', "[['amount','>',20]]"));
        try {
            for (int step = 0; step < STEPS; step++) {
                step(random, viewers);
            }
            viewers.forEach(this::settle);
            assertThat(viewers.stream().mapToInt(it -> it.screen().resumed).sum())
                    .as("watches told what they missed")
                    .isPositive();
        } finally {
            viewers.forEach(it -> it.screen().disconnect());
            bridge.close();
        }
    }

    private void step(Random random, List<Viewer> viewers) {
        var viewer = viewers.get(random.nextInt(viewers.size()));
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> commit(random);
            case 3 -> {
                for (int i = random.nextInt(60); i > 0; i--) {
                    commit(random);
                }
            }
            case 4, 5 -> toggle(viewer, random.nextInt(20));
            case 6 -> viewer.screen().ping();
            case 7 -> restart(random, viewers);
            case 8 -> changeRights(random);
            default -> viewer.screen().draw(random.nextInt(10));
        }
    }

    private Viewer viewer(long user, char digit, String domain) {
        DoublePredicate view = amount -> domain.isEmpty() || amount > 20;
        return new Viewer(user, digit, view, new Screen(domain, () -> shown(user, view)));
    }

    private Map<Long, Map<String, JsonNode>> shown(long user, DoublePredicate view) {
        var rows = new TreeMap<Long, Map<String, JsonNode>>();
        truth.forEach((id, values) -> {
            double amount = values.getOrDefault("amount", JSON.nullNode()).asDouble();
            if ((user == AZIZ || amount < belowForBobur) && view.test(amount)) {
                rows.put(id, new HashMap<>(values));
            }
        });
        return rows;
    }

    private void toggle(Viewer viewer, int drawnBefore) {
        var screen = viewer.screen();
        if (screen.isConnected()) {
            screen.draw(drawnBefore);
            screen.disconnect();
        } else {
            connect(viewer);
        }
    }

    private void connect(Viewer viewer) {
        viewer.screen().connect(bridge, viewer.digit(), tokens.of(viewer.user(), 1L));
    }

    private void restart(Random random, List<Viewer> viewers) {
        if (random.nextInt(4) == 0) {
            await().until(() -> journal.last() == committed);
            bridge.close();
            viewers.forEach(it -> {
                if (random.nextBoolean()) {
                    it.screen().draw(random.nextInt(100));
                }
                it.screen().disconnect();
            });
            bridge = start();
        }
    }

    private void allow(int below) {
        odoo.where(BOBUR, "[['amount', '<', %d]]".formatted(below));
        belowForBobur = below;
    }

    private void changeRights(Random random) {
        if (random.nextInt(4) == 0) {
            allow(random.nextBoolean() ? 50 : 80);
            commit(new Change.Rights("rules", Optional.of(Set.of(BOBUR)), Optional.empty(), Optional.empty()));
        }
    }

    private void commit(Random random) {
        var changes = new ArrayList<Change>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            changes.add(change(random));
        }
        commit(changes.toArray(Change[]::new));
    }

    private void commit(Change... changes) {
        committed += changes.length;
        source.commit(changes);
    }

    private Change change(Random random) {
        long user = List.of(ADMIN, AZIZ, BOBUR).get(random.nextInt(3));
        var ids = List.copyOf(truth.keySet());
        if (ids.size() < 3 || (ids.size() < 15 && random.nextInt(4) == 0)) {
            long id = committed * 10 + random.nextInt(10) + 1;
            if (truth.putIfAbsent(id, values(random)) == null) {
                return records(Operation.CREATE, user, id, truth.get(id), Map.of(), Set.of());
            }
        }
        long id = ids.isEmpty() ? 1 : ids.get(random.nextInt(ids.size()));
        var before = truth.getOrDefault(id, Map.of());
        if (random.nextInt(6) == 0) {
            truth.remove(id);
            return records(Operation.DELETE, user, id, Map.of(), before, Set.of());
        }
        var after = values(random);
        if (random.nextBoolean()) {
            after.put("amount", before.getOrDefault("amount", JSON.numberNode(0)));
        }
        truth.put(id, after);
        var changed = new HashMap<>(before);
        changed.entrySet().removeIf(it -> it.getValue().equals(after.get(it.getKey())));
        return records(Operation.UPDATE, user, id, after, changed, changed.keySet());
    }

    private static Map<String, JsonNode> values(Random random) {
        var values = new HashMap<String, JsonNode>();
        values.put("name", JSON.stringNode("n" + random.nextInt(1_000)));
        values.put("amount", JSON.numberNode(random.nextInt(100)));
        return values;
    }

    private static Change records(
            Operation operation,
            long user,
            long id,
            Map<String, JsonNode> now,
            Map<String, JsonNode> before,
            Set<String> changed) {
        var key = new RecordRef.Serial(id);
        return new Change.Records(
                "amanat.transfer",
                operation,
                Transfers.actor(user),
                Instant.now(),
                List.of(new Image(key, now)),
                List.of(),
                before.isEmpty() ? List.of() : List.of(new Image(key, before)),
                changed,
                Set.of());
    }

    private void settle(Viewer viewer) {
        var screen = viewer.screen();
        if (!screen.isConnected()) {
            connect(viewer);
        }
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    screen.ping();
                    screen.draw(Integer.MAX_VALUE);
                    return screen.has(committed);
                });
        assertThat(screen.rows)
                .as("what %d sees in tab %s after %d resets", viewer.user(), viewer.digit(), screen.resets)
                .isEqualTo(shown(viewer.user(), viewer.view()));
    }
}
