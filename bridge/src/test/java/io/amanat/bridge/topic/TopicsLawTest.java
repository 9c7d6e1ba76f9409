package io.amanat.bridge.topic;

import static io.amanat.bridge.topic.Hall.rightsChanged;
import static io.amanat.bridge.topic.Hall.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.topic.Hall.Tab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever comes, moves and goes, and whosever rights change, also while PostgreSQL is asked: nobody hears anything who may not by
 * what was announced, what each one heard fits what they heard before, and in the end it is what is so.
 */
class TopicsLawTest {

    private static final List<String> PEOPLE = List.of("a", "b", "c", "d");
    private static final List<String> PLANS = List.of("1", "2", "3");

    private final Hall hall = new Hall();
    private final List<Tab> tabs = new ArrayList<>();
    private final Map<Tab, Boolean> silent = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void nobodyHearsWhatTheyMayNotAndInTheEndAllThereIs(long seed) {
        var random = new Random(seed);
        for (var person : PEOPLE) {
            for (var plan : PLANS) {
                allow(person, plan, random);
            }
        }
        hall.whileAsked = () -> {
            if (random.nextInt(4) == 0) {
                turn(random);
                check(seed);
            }
        };
        for (int i = 0; i < 600; i++) {
            happens(random);
            check(seed);
        }
        hall.whileAsked = () -> {};
        hall.away = false;
        hall.settle();
        check(seed);
        for (var tab : tabs) {
            tab.shows.keySet().forEach(topic -> {
                assertThat(hall.may(tab.person, topic).read())
                        .as("seed %d", seed)
                        .isTrue();
                assertThat(Hall.names(tab, topic))
                        .as("seed %d: %s in %s", seed, tab, topic)
                        .isEqualTo(expected(topic));
            });
        }
    }

    private void happens(Random random) {
        switch (random.nextInt(11)) {
            case 0 -> {
                if (tabs.size() < 12) {
                    tabs.add(hall.tab(PEOPLE.get(random.nextInt(PEOPLE.size()))));
                }
            }
            case 1, 2 -> pick(random).ifPresent(it -> hall.join(it, plan(random)));
            case 3, 4, 5 -> pick(random).ifPresent(it -> hall.track(it, plan(random), "s" + random.nextInt(1_000)));
            case 6 -> pick(random).ifPresent(it -> untrack(it, plan(random)));
            case 7 -> pick(random).ifPresent(it -> vanish(it, random));
            case 8 -> turn(random);
            case 9 -> hall.away = random.nextInt(4) == 0;
            default -> hall.pass(Duration.ofMillis(random.nextInt(3) == 0 ? 1_000 : 60));
        }
    }

    private void untrack(Tab tab, String plan) {
        hall.topics.untrack(tab.member(), topic(plan));
        tab.tracked.remove(topic(plan));
    }

    private void vanish(Tab tab, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> {
                tabs.remove(tab);
                hall.topics.leave(tab.member());
            }
            case 1 -> hall.topics.retell(tab.member());
            case 2 -> {
                var topic = topic(plan(random));
                hall.topics.part(tab.member(), topic);
                tab.shows.remove(topic);
                tab.tracked.remove(topic);
            }
            default -> {
                boolean now = random.nextBoolean();
                silent.put(tab, now);
                hall.topics.heard(tab.member(), now ? Duration.ofMinutes(1).toNanos() : 0);
            }
        }
    }

    /** Somebody may do something else from now on, and that is announced. */
    private void turn(Random random) {
        allow(PEOPLE.get(random.nextInt(PEOPLE.size())), plan(random), random);
        hall.topics.changed(rightsChanged());
    }

    private void allow(String person, String plan, Random random) {
        var right = new Right(random.nextInt(4) != 0, random.nextInt(4) != 0);
        hall.rights.put(person + "@" + topic(plan), right);
    }

    private void check(long seed) {
        assertThat(hall.leaks).as("seed %d", seed).isEmpty();
    }

    /** Everybody who said so, gives signs of life and may. */
    private List<String> expected(String topic) {
        return tabs.stream()
                .filter(it -> !silent.getOrDefault(it, false))
                .filter(it -> it.tracked.containsKey(topic)
                        && hall.may(it.person, topic).send())
                .map(it -> it + ":" + it.tracked.get(topic))
                .sorted()
                .toList();
    }

    private Optional<Tab> pick(Random random) {
        return tabs.isEmpty() ? Optional.empty() : Optional.of(tabs.get(random.nextInt(tabs.size())));
    }

    private static String plan(Random random) {
        return PLANS.get(random.nextInt(PLANS.size()));
    }
}
