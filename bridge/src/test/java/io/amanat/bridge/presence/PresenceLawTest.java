package io.amanat.bridge.presence;

import static io.amanat.bridge.presence.Hall.rights;
import static io.amanat.bridge.presence.Hall.viewer;
import static io.amanat.bridge.presence.Hall.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.channel.Watcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever comes and goes, and whosever rights change, also while Odoo is asked: nothing is told that its receiver may not know by what
 * was announced, and in the end everybody is told what is so.
 */
class PresenceLawTest {

    private static final List<String> FIELDS = List.of("amount", "note", "name");
    private static final long USERS = 6;
    private static final long RECORDS = 4;

    private final Hall hall = new Hall();
    private final Map<Stay, Long> stays = new LinkedHashMap<>();
    private final Map<Stay, Boolean> visible = new HashMap<>();
    private final Map<Watcher, Integer> watchers = new LinkedHashMap<>();
    private int heard;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void nothingIsToldThatMayNotBeKnownAndInTheEndAllIs(long seed) {
        var random = new Random(seed);
        for (long id = 1; id <= RECORDS; id++) {
            for (long user = 1; user <= USERS; user++) {
                if (random.nextInt(4) != 0) {
                    hall.open(id, user);
                }
            }
        }
        hall.whileAsked = () -> happensMeanwhile(random);
        hall.afterAnswer = () -> happensMeanwhile(random);
        hall.afterNames = () -> happensMeanwhile(random);
        for (int i = 0; i < 400; i++) {
            happens(random, 10);
            check(seed);
        }
        hall.whileAsked = () -> {};
        hall.afterAnswer = () -> {};
        hall.afterNames = () -> {};
        hall.away = false;
        hall.settle();
        check(seed);
        watchers.keySet()
                .forEach(it -> assertThat(hall.shows(it)).as("seed %d", seed).isEqualTo(expected(it)));
    }

    private void happensMeanwhile(Random random) {
        if (random.nextInt(3) == 0) {
            happens(random, 9);
        }
    }

    private void happens(Random random, int most) {
        switch (random.nextInt(most)) {
            case 0 -> come(Stay.looking(viewer(user(random))), random);
            case 1 -> edit(random);
            case 2 -> pick(stays, random).ifPresent(this::go);
            case 3 ->
                pick(stays, random)
                        .filter(it -> it.editing().isPresent())
                        .ifPresent(it -> hall.presences.edits(it, fields(random)));
            case 4 -> pick(stays, random).ifPresent(it -> show(it, random.nextBoolean()));
            case 5 ->
                watchers.merge(
                        random.nextBoolean() ? hall.list(user(random)) : hall.form(user(random), record(random)),
                        1,
                        Integer::sum);
            case 6 -> pick(watchers, random).ifPresent(this::leave);
            case 7 -> hall.away = random.nextInt(4) == 0;
            case 8 -> turn(random);
            default -> hall.pass(Presences.PACE.dividedBy(2));
        }
    }

    /** Who may not write any more is no longer there. */
    private void edit(Random random) {
        var mine = new ArrayList<Stay>(1);
        mine.add(Stay.editing(viewer(user(random)), fields(random), ended -> mine.forEach(stays::remove)));
        come(mine.getFirst(), random);
    }

    private void come(Stay stay, Random random) {
        long id = record(random);
        boolean shown = random.nextInt(4) != 0;
        stays.put(stay, id);
        visible.put(stay, shown);
        hall.come(stay, id, shown);
    }

    private void go(Stay stay) {
        stays.remove(stay);
        hall.presences.go(stay);
    }

    private void show(Stay stay, boolean now) {
        visible.put(stay, now);
        hall.presences.show(List.of(stay), now);
    }

    private void leave(Watcher watcher) {
        if (watchers.merge(watcher, -1, Integer::sum) > 0) {
            hall.presences.unobserve(watcher);
        } else {
            watchers.remove(watcher);
            hall.leaves(watcher);
        }
    }

    /** Somebody may read or write something else from now on, and that is announced. */
    private void turn(Random random) {
        long user = user(random);
        long id = record(random);
        boolean may = random.nextBoolean();
        switch (random.nextInt(4)) {
            case 0 -> {
                allow(hall.readers, id, user, may);
                hall.hears(random.nextBoolean() ? rights(user) : rights());
            }
            case 1 -> {
                allow(hall.writers, id, user, may);
                hall.hears(rights(user));
            }
            case 2 -> {
                allow(hall.readers, id, user, may);
                hall.hears(written(id));
            }
            default -> {
                hall.fields.put(user, fields(random));
                hall.strangers.computeIfAbsent(user, it -> new HashSet<>()).add(user(random));
                hall.hears(rights(user));
            }
        }
    }

    private static void allow(Map<Long, Set<Long>> allowed, long id, long user, boolean may) {
        var users = allowed.computeIfAbsent(id, it -> new HashSet<>());
        if (may) {
            users.add(user);
        } else {
            users.remove(user);
        }
    }

    /** Everything that Odoo knows was announced, so whatever is told must be allowed by it. */
    private void check(long seed) {
        for (; heard < hall.told.size(); heard++) {
            var told = hall.told.get(heard);
            told.to()
                    .forEach(watcher -> assertThat(allowed(watcher, told))
                            .as("seed %d: %s told %d %s", seed, watcher.viewer(), told.id(), Hall.words(told.people()))
                            .isTrue());
        }
    }

    private boolean allowed(Watcher watcher, Told told) {
        long viewer = watcher.viewer().userId();
        if (told.people().isNobody()) {
            return true;
        }
        var fields = hall.fields.getOrDefault(viewer, Set.of("amount", "note"));
        return mayRead(told.id(), viewer)
                && told.people().people().stream()
                        .allMatch(it -> mayRead(told.id(), it.userId())
                                && fields.containsAll(it.editing().orElse(Set.of()))
                                && (it.editing().isEmpty() || mayWrite(told.id(), it.userId()))
                                && (it.name().isEmpty() || sees(viewer, it.userId())));
    }

    private boolean mayRead(long id, long user) {
        return hall.readers.getOrDefault(id, Set.of()).contains(user);
    }

    private boolean mayWrite(long id, long user) {
        return hall.writers.getOrDefault(id, Set.of()).contains(user);
    }

    private boolean sees(long viewer, long user) {
        return !hall.strangers.getOrDefault(viewer, Set.of()).contains(user);
    }

    /** What a watcher should show, worked out anew. */
    private String expected(Watcher watcher) {
        var spec = watcher.feed().spec();
        long viewer = watcher.viewer().userId();
        var text = new ArrayList<String>();
        for (long id = 1; id <= RECORDS; id++) {
            boolean concerned = spec.id().isEmpty() || spec.id().getAsLong() == id;
            var people = concerned && mayRead(id, viewer) ? people(id, viewer) : List.<String>of();
            if (!people.isEmpty()) {
                text.add(id + ": " + String.join(", ", people));
            }
        }
        return String.join("; ", text);
    }

    private List<String> people(long id, long viewer) {
        var editing = new LinkedHashMap<Long, Optional<Set<String>>>();
        stays.forEach((stay, at) -> {
            long user = stay.viewer().userId();
            if (at == id && visible.getOrDefault(stay, false) && mayRead(id, user)) {
                var now = stay.editing().filter(it -> mayWrite(id, user));
                editing.merge(user, now, PresenceLawTest::both);
            }
        });
        if (editing.keySet().equals(Set.of(viewer))) {
            return List.of();
        }
        var fields = hall.fields.getOrDefault(viewer, Set.of("amount", "note"));
        var text = new ArrayList<String>();
        editing.forEach((user, edits) -> edits.ifPresent(it -> {
            var named = new TreeSet<>(it);
            named.retainAll(fields);
            text.add(name(viewer, user) + " edits " + named);
        }));
        editing.forEach((user, edits) -> {
            if (edits.isEmpty()) {
                text.add(name(viewer, user));
            }
        });
        return text;
    }

    private String name(long viewer, long user) {
        return (sees(viewer, user) ? "U" : "another ") + user;
    }

    private static Optional<Set<String>> both(Optional<Set<String>> some, Optional<Set<String>> others) {
        if (some.isEmpty() || others.isEmpty()) {
            return some.or(() -> others);
        }
        var both = new HashSet<>(some.get());
        both.addAll(others.get());
        return Optional.of(both);
    }

    private static <K> Optional<K> pick(Map<K, ?> some, Random random) {
        return some.isEmpty()
                ? Optional.empty()
                : Optional.of(List.copyOf(some.keySet()).get(random.nextInt(some.size())));
    }

    private static Set<String> fields(Random random) {
        var fields = new HashSet<String>();
        FIELDS.forEach(it -> {
            if (random.nextBoolean()) {
                fields.add(it);
            }
        });
        return Set.copyOf(fields);
    }

    private static long user(Random random) {
        return random.nextLong(1, USERS + 1);
    }

    private static long record(Random random) {
        return random.nextLong(1, RECORDS + 1);
    }
}
