package io.amanat.bridge.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.access.rls.VisibilityException;
import io.amanat.connector.change.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Topics without PostgreSQL and without time: rights are what a test says, and what was told is folded as a browser does. */
final class Hall {

    static final Rule PLAN = Rule.of(
            "presence:plan:{plan:word}",
            "exists (select from plan where id::text = {plan})",
            Optional.of("true"),
            Map.of("task", "plan_id=eq.{plan}"),
            List.of("slot", "state"),
            List.of("cursor"));

    final Map<String, Right> rights = new HashMap<>();
    final List<Heard> told = new ArrayList<>();
    final List<String> leaks = new ArrayList<>();
    Runnable whileAsked = () -> {};
    boolean away;
    int asked;
    long now = 1_000_000_000_000L;
    private long feeds;

    final Topics<Tab> topics = new Topics<>(new Rules(List.of(PLAN)), this::ask, () -> ++feeds, this::tell, () -> now);

    /** One connection, and what it would show. */
    static final class Tab {
        final String person;
        final Map<String, Map<String, String>> shows = new LinkedHashMap<>();
        final List<String> heard = new ArrayList<>();
        final Map<String, String> tracked = new HashMap<>();
        Optional<Member<Tab>> member = Optional.empty();

        Tab(String person) {
            this.person = person;
        }

        Member<Tab> member() {
            return member.orElseThrow();
        }

        @Override
        public String toString() {
            return person;
        }
    }

    static Claims claims(String person) {
        return new Claims("authenticated", person, "{\"sub\":\"%s\"}".formatted(person));
    }

    static String topic(String plan) {
        return "presence:plan:" + plan;
    }

    Tab tab(String person) {
        var tab = new Tab(person);
        tab.member = Optional.of(topics.enter(tab, claims(person)));
        return tab;
    }

    /** Somebody who may read and send. */
    Tab inside(String person, String plan) {
        rights.put(person + "@" + topic(plan), new Right(true, true));
        var tab = tab(person);
        assertThat(join(tab, plan)).isEmpty();
        return tab;
    }

    Optional<Refusal> join(Tab tab, String plan) {
        var answers = new ArrayList<Joining>();
        topics.join(tab.member(), topic(plan), it -> {
            answers.add(it);
            if (it instanceof Joining.Joined) {
                tab.shows.put(topic(plan), new LinkedHashMap<>());
                tab.heard.add("ok");
            }
        });
        return answers.stream()
                .filter(Joining.Refused.class::isInstance)
                .map(it -> ((Joining.Refused) it).why())
                .findFirst();
    }

    Optional<Refusal> track(Tab tab, String plan, String slot) {
        var refusal = topics.track(tab.member(), topic(plan), Map.of("slot", text(slot)));
        if (refusal.isEmpty()) {
            tab.tracked.put(topic(plan), slot);
        }
        return refusal;
    }

    Right may(String person, String topic) {
        return rights.getOrDefault(person + "@" + topic, Right.NONE);
    }

    static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    void pass(Duration time) {
        now += time.toNanos();
        topics.round();
        topics.revise();
        topics.round();
    }

    /** Until nothing is in doubt any more. */
    void settle() {
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(1));
        }
    }

    static Change rightsChanged() {
        return new Change.Rights("policy", Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Right ask(Claims claims, Topic topic) throws VisibilityException {
        asked++;
        var right = may(claims.subject(), topic.name());
        whileAsked.run();
        if (away) {
            throw new VisibilityException("PostgreSQL is away");
        }
        return right;
    }

    private void tell(Heard heard, List<Tab> to) {
        told.add(heard);
        to.forEach(tab -> {
            if (!mayHear(tab, heard)) {
                leaks.add(tab + " " + words(heard));
            }
            fold(tab, heard);
        });
    }

    private boolean mayHear(Tab tab, Heard heard) {
        return switch (heard) {
            case Heard.State it -> may(tab.person, it.topic()).read();
            case Heard.Diff it ->
                may(tab.person, it.topic()).read()
                        && it.joins().keySet().stream()
                                .allMatch(person -> it.leaves().containsKey(person)
                                        || may(person, it.topic()).send());
            case Heard.Message it ->
                may(tab.person, it.topic()).read() && may(it.from(), it.topic()).send();
            case Heard.Ended it -> !may(tab.person, it.topic()).read();
        };
    }

    private static void fold(Tab tab, Heard heard) {
        tab.heard.add(words(heard));
        switch (heard) {
            case Heard.State it -> {
                assertThat(tab.shows).as("told before ok").containsKey(it.topic());
                tab.shows.put(it.topic(), states(it.people()));
            }
            case Heard.Diff it -> {
                assertThat(tab.shows).containsKey(it.topic());
                var shown = tab.shows.getOrDefault(it.topic(), Map.of());
                states(it.leaves())
                        .forEach((device, state) -> assertThat(shown.remove(device))
                                .as("%s leaves with what was shown", device)
                                .isEqualTo(state));
                states(it.joins())
                        .forEach((device, state) -> assertThat(shown.put(device, state))
                                .as("%s was not there", device)
                                .isNull());
            }
            case Heard.Message it -> assertThat(tab.shows).containsKey(it.topic());
            case Heard.Ended it -> {
                tab.shows.remove(it.topic());
                tab.tracked.remove(it.topic());
            }
        }
    }

    private static Map<String, String> states(Map<String, List<JsonNode>> people) {
        var states = new LinkedHashMap<String, String>();
        people.forEach((person, devices) -> devices.forEach(it -> states.put(
                person + "/" + it.path("device").asString(), it.path("slot").asString(""))));
        return states;
    }

    /** Who a tab would show, without devices. */
    static String shows(Tab tab, String plan) {
        return String.join(" ", names(tab, topic(plan)));
    }

    static List<String> names(Tab tab, String topic) {
        return tab.shows.getOrDefault(topic, Map.of()).entrySet().stream()
                .map(it -> it.getKey().replaceAll("/.*", "") + ":" + it.getValue())
                .sorted()
                .toList();
    }

    static String words(Heard heard) {
        return switch (heard) {
            case Heard.State it -> "state " + people(it.people());
            case Heard.Diff it -> "diff +" + people(it.joins()) + " -" + people(it.leaves());
            case Heard.Message it -> it.from() + " " + it.event() + " " + it.payload();
            case Heard.Ended it -> "ended";
        };
    }

    private static String people(Map<String, List<JsonNode>> people) {
        var names = new TreeSet<String>();
        people.forEach((person, devices) ->
                devices.forEach(it -> names.add(person + ":" + it.path("slot").asString(""))));
        return names.toString();
    }
}
