package io.amanat.bridge.topic;

import static io.amanat.bridge.topic.Hall.rightsChanged;
import static io.amanat.bridge.topic.Hall.shows;
import static io.amanat.bridge.topic.Hall.text;
import static io.amanat.bridge.topic.Hall.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class TopicsTest {

    private static final Duration PACE = Room.PACE;

    private final Hall hall = new Hall();

    @Test
    void whoComesIsToldWhoIsThereOnceAndThenOnlyWhatChanges() {
        var aziz = hall.inside("aziz", "1");
        hall.track(aziz, "1", "a");
        hall.pass(PACE);
        var dilnoza = hall.inside("dilnoza", "1");
        hall.track(dilnoza, "1", "b");
        hall.pass(PACE);
        hall.track(dilnoza, "1", "c");
        hall.pass(PACE);
        hall.topics.untrack(aziz.member(), topic("1"));
        hall.pass(PACE);

        assertThat(aziz.heard)
                .containsExactly(
                        "ok",
                        "state []",
                        "diff +[aziz:a] -[]",
                        "diff +[dilnoza:b] -[]",
                        "diff +[dilnoza:c] -[dilnoza:b]",
                        "diff +[] -[aziz:a]");
        assertThat(dilnoza.heard.subList(0, 2)).containsExactly("ok", "state [aziz:a]");
    }

    @Test
    void aTopicThatMayNotBeReadIsUnknownLikeOneThatIsNone() {
        var tab = hall.tab("stranger");

        assertThat(hall.join(tab, "1")).contains(Refusal.UNKNOWN_TOPIC);
        assertThat(hall.join(tab, "no such name")).contains(Refusal.UNKNOWN_TOPIC);
        assertThat(hall.track(tab, "1", "a")).contains(Refusal.UNKNOWN_TOPIC);
        assertThat(hall.topics.broadcast(tab.member(), topic("1"), "cursor", text("x")))
                .contains(Refusal.UNKNOWN_TOPIC);
        assertThat(hall.topics.size()).isZero();
    }

    @Test
    void whoMayOnlyReadIsNotThereAndTellsNothing() {
        var reader = hall.inside("reader", "1");
        hall.rights.put("reader@" + topic("1"), new Right(true, false));
        hall.topics.changed(rightsChanged());
        hall.settle();

        assertThat(hall.track(reader, "1", "a")).contains(Refusal.NOT_ALLOWED);
        assertThat(hall.topics.broadcast(reader.member(), topic("1"), "cursor", text("x")))
                .contains(Refusal.NOT_ALLOWED);
    }

    @Test
    void whoMaySendButNotReadMayDoNeither() {
        assertThat(new Right(false, true)).isEqualTo(Right.NONE);
    }

    @Test
    void aPersonHasSeveralDevices() {
        var phone = hall.inside("aziz", "1");
        var desk = hall.inside("aziz", "1");
        hall.track(phone, "1", "a");
        hall.track(desk, "1", "b");
        hall.pass(PACE);
        assertThat(shows(desk, "1")).isEqualTo("aziz:a aziz:b");
        assertThat(phone.shows.getOrDefault(topic("1"), Map.of()))
                .as("told apart")
                .hasSize(2);

        hall.topics.leave(phone.member());
        hall.pass(PACE);
        assertThat(shows(desk, "1")).isEqualTo("aziz:b");
    }

    @Test
    void statesThatComeFasterThanTheyAreToldAreToldOnceTheLastOne() {
        var aziz = hall.inside("aziz", "1");
        var other = hall.inside("other", "1");
        hall.pass(PACE);
        int before = other.heard.size();
        for (int i = 0; i < 1_000; i++) {
            hall.now += Duration.ofMillis(1).toNanos();
            hall.track(aziz, "1", "s" + i);
            hall.topics.round();
        }
        hall.pass(PACE);

        assertThat(other.heard.size() - before).isBetween(15, 21);
        assertThat(shows(other, "1")).isEqualTo("aziz:s999");
    }

    @Test
    void theSameStateAgainTellsNobodyAnything() {
        var aziz = hall.inside("aziz", "1");
        hall.track(aziz, "1", "a");
        hall.pass(PACE);
        int before = aziz.heard.size();
        hall.track(aziz, "1", "a");
        hall.pass(PACE);

        assertThat(aziz.heard).hasSize(before);
    }

    @Test
    void whoGivesNoSignOfLifeIsGoneIn45SecondsAndIsBackWithTheNextOne() {
        var aziz = hall.inside("aziz", "1");
        var other = hall.inside("other", "1");
        hall.track(aziz, "1", "a");
        hall.pass(PACE);
        hall.topics.heard(aziz.member(), Duration.ofMillis(40_500).toNanos());
        hall.pass(PACE);
        assertThat(shows(other, "1")).isEmpty();
        assertThat(Topics.SILENT).isLessThan(Duration.ofSeconds(45).minus(PACE));

        hall.topics.heard(aziz.member(), 0);
        hall.pass(PACE);
        assertThat(shows(other, "1")).isEqualTo("aziz:a");
    }

    @Test
    void whoseRightWentIsToldNothingMoreAndOthersSeeThemLeave() {
        var aziz = hall.inside("aziz", "1");
        var other = hall.inside("other", "1");
        hall.track(aziz, "1", "a");
        hall.track(other, "1", "b");
        hall.settle();
        hall.rights.remove("aziz@" + topic("1"));
        hall.topics.changed(rightsChanged());
        int before = aziz.heard.size();
        hall.track(other, "1", "c");
        hall.topics.broadcast(other.member(), topic("1"), "cursor", text("x"));
        hall.settle();
        hall.track(other, "1", "d");
        hall.settle();

        assertThat(aziz.heard.subList(before, aziz.heard.size())).containsExactly("ended");
        assertThat(shows(other, "1")).isEqualTo("other:d");
        assertThat(hall.track(aziz, "1", "a")).contains(Refusal.UNKNOWN_TOPIC);
    }

    @Test
    void whileItIsNotKnownWhoMayNobodyIsToldAnythingAndNothingIsMissedAfterwards() {
        var aziz = hall.inside("aziz", "1");
        var other = hall.inside("other", "1");
        hall.settle();
        hall.away = true;
        hall.topics.changed(rightsChanged());
        int before = aziz.heard.size();
        hall.track(other, "1", "b");
        hall.settle();
        assertThat(aziz.heard).hasSize(before);
        assertThat(hall.topics.broadcast(other.member(), topic("1"), "cursor", text("x")))
                .contains(Refusal.UNAVAILABLE);
        assertThat(hall.join(hall.tab("third"), "1")).contains(Refusal.UNAVAILABLE);

        hall.away = false;
        hall.settle();
        assertThat(shows(aziz, "1")).isEqualTo("other:b");
    }

    @Test
    void anAnswerCountsForAMinuteAtMost() {
        var aziz = hall.inside("aziz", "1");
        var other = hall.inside("other", "1");
        hall.away = true;
        int before = aziz.heard.size();
        hall.track(other, "1", "a");
        hall.pass(Duration.ofSeconds(59));
        assertThat(aziz.heard).hasSize(before + 1);
        hall.track(other, "1", "b");
        hall.pass(Duration.ofSeconds(2));

        assertThat(aziz.heard).hasSize(before + 1);
    }

    @Test
    void aRightThatWentWithoutAnyChangeEndsWithinAMinute() {
        var aziz = hall.inside("aziz", "1");
        hall.rights.remove("aziz@" + topic("1"));
        hall.pass(Duration.ofSeconds(46));

        assertThat(aziz.heard).endsWith("ended");
    }

    @Test
    void onlyChangesOfTablesThatTheRuleLooksAtMakeItAskAgain() {
        hall.inside("aziz", "1");
        hall.settle();
        int before = hall.asked;
        hall.topics.changed(new Change.Gap(Optional.of("task"), "truncated"));
        hall.settle();
        assertThat(hall.asked).isEqualTo(before);
        hall.topics.changed(new Change.Gap(Optional.of("plan"), "truncated"));
        hall.settle();
        assertThat(hall.asked).isGreaterThan(before);
    }

    @Test
    void whatWasAnsweredRightAfterAChangeIsAskedOnceMore() {
        hall.rights.put("aziz@" + topic("1"), new Right(true, true));
        hall.topics.changed(rightsChanged());
        var aziz = hall.inside("aziz", "1");
        hall.rights.remove("aziz@" + topic("1"));
        hall.pass(Known.SETTLING);

        assertThat(aziz.heard).as("the change became visible a moment later").endsWith("ended");
    }

    @Test
    void manyChangesDoNotMakeItAskWithoutEnd() {
        hall.inside("aziz", "1");
        hall.settle();
        int before = hall.asked;
        for (int i = 0; i < 1_000; i++) {
            hall.topics.changed(rightsChanged());
            hall.pass(Duration.ofMillis(10));
        }

        assertThat(hall.asked - before).isBetween(9, 11);
    }

    @Test
    void aRightThatChangesWhileItIsAskedIsAskedAgain() {
        hall.rights.put("aziz@" + topic("1"), new Right(true, true));
        var tab = hall.tab("aziz");
        hall.whileAsked = () -> {
            hall.whileAsked = () -> {};
            hall.rights.clear();
            hall.topics.changed(rightsChanged());
        };

        assertThat(hall.join(tab, "1")).contains(Refusal.UNKNOWN_TOPIC);
        assertThat(tab.heard).isEmpty();
    }

    @Test
    void whoLeavesWhileItIsAskedIsNotLetIn() {
        hall.rights.put("aziz@" + topic("1"), new Right(true, true));
        var tab = hall.tab("aziz");
        hall.whileAsked = () -> hall.topics.leave(tab.member());

        assertThat(hall.join(tab, "1")).isEmpty();
        assertThat(tab.heard).isEmpty();
        assertThat(hall.topics.size()).isZero();
    }

    @Test
    void otherClaimsAreAskedAbout() {
        var aziz = hall.inside("aziz", "1");
        hall.settle();
        int before = hall.asked;
        var renewed = new io.amanat.bridge.access.rls.Claims("authenticated", "aziz", "{\"sub\":\"aziz\",\"x\":1}");
        hall.rights.remove("aziz@" + topic("1"));
        hall.topics.renew(aziz.member(), renewed);
        hall.topics.round();
        hall.topics.revise();

        assertThat(hall.asked).isGreaterThan(before);
        assertThat(aziz.heard).endsWith("ended");
    }

    @Test
    void everybodyElseHearsABroadcastAndItsSenderDoesNot() {
        var aziz = hall.inside("aziz", "1");
        var phone = hall.inside("aziz", "1");
        var other = hall.inside("other", "1");
        var elsewhere = hall.inside("elsewhere", "2");

        assertThat(hall.topics.broadcast(aziz.member(), topic("1"), "cursor", text("x")))
                .isEmpty();
        assertThat(other.heard).endsWith("aziz cursor \"x\"");
        assertThat(phone.heard).endsWith("aziz cursor \"x\"");
        assertThat(aziz.heard).endsWith("state []");
        assertThat(elsewhere.heard).endsWith("state []");
        assertThat(hall.told.stream().filter(Heard.Message.class::isInstance))
                .as("encoded once")
                .hasSize(1);
    }

    @Test
    void onlyListedEventsAndPayloadsUpTo8KiloBytesAreTold() {
        var aziz = hall.inside("aziz", "1");

        assertThat(hall.topics.broadcast(aziz.member(), topic("1"), "other", text("x")))
                .contains(Refusal.NOT_ALLOWED);
        assertThat(hall.topics.broadcast(aziz.member(), topic("1"), "cursor", text("x".repeat(8_190))))
                .isEmpty();
        assertThat(hall.topics.broadcast(aziz.member(), topic("1"), "cursor", text("x".repeat(8_191))))
                .contains(Refusal.TOO_LARGE);
        assertThat(hall.topics.broadcast(aziz.member(), topic("1"), "cursor", text("ў".repeat(4_096))))
                .contains(Refusal.TOO_LARGE);
    }

    @Test
    void liveCursorsFitAndAFloodDoesNot() {
        var aziz = hall.inside("aziz", "1");
        var refused = new ArrayList<Refusal>();
        for (int i = 0; i < 200; i++) {
            hall.now += PACE.toNanos();
            cursor(aziz).ifPresent(refused::add);
        }
        assertThat(refused).isEmpty();
        hall.now += Duration.ofSeconds(1).toNanos();
        for (int i = 0; i < 100; i++) {
            cursor(aziz).ifPresent(refused::add);
        }
        assertThat(refused).hasSize(60).containsOnly(Refusal.RATE_LIMITED);
    }

    private Optional<Refusal> cursor(Hall.Tab tab) {
        return hall.topics.broadcast(tab.member(), topic("1"), "cursor", text("x"));
    }

    @Test
    void nothingLeavesButListedFieldsWithShortValues() {
        var aziz = hall.inside("aziz", "1");
        var nodes = JsonNodeFactory.instance;

        assertThat(track(aziz, Map.of("slot", nodes.numberNode(1), "state", nodes.nullNode())))
                .isEmpty();
        assertThat(track(aziz, Map.of("slot", text("a"), "phone", text("+998"))))
                .contains(Refusal.NOT_ALLOWED);
        assertThat(track(aziz, Map.of("device", text("a")))).contains(Refusal.NOT_ALLOWED);
        assertThat(track(aziz, Map.of("slot", nodes.objectNode()))).contains(Refusal.NOT_ALLOWED);
        assertThat(track(aziz, Map.of("slot", nodes.arrayNode()))).contains(Refusal.NOT_ALLOWED);
        assertThat(track(aziz, Map.of("slot", text("x".repeat(201))))).contains(Refusal.TOO_LARGE);
        assertThat(track(aziz, Map.of("slot", text("ў".repeat(200)), "state", text("ў".repeat(200)))))
                .contains(Refusal.TOO_LARGE);
    }

    private Optional<Refusal> track(Hall.Tab tab, Map<String, JsonNode> state) {
        return hall.topics.track(tab.member(), topic("1"), state);
    }

    @Test
    void peopleOfATopicAndTopicsOfAConnectionAreBounded() {
        var tabs = IntStream.rangeClosed(0, Room.MOST_PRESENT)
                .mapToObj(it -> hall.inside("p" + it, "1"))
                .toList();
        var refused =
                tabs.stream().flatMap(it -> hall.track(it, "1", "a").stream()).toList();
        assertThat(refused).containsExactly(Refusal.FULL);
        assertThat(hall.track(tabs.getFirst(), "1", "b")).as("who is there").isEmpty();

        for (int i = 0; i < Topics.MOST_TOPICS; i++) {
            hall.rights.put("p0@" + topic("x" + i), new Right(true, true));
            assertThat(hall.join(tabs.getFirst(), "x" + i))
                    .isEqualTo(i < Topics.MOST_TOPICS - 1 ? Optional.empty() : Optional.of(Refusal.FULL));
        }
    }

    @Test
    void whoReadsTooSlowlyIsToldEverythingAgain() {
        var aziz = hall.inside("aziz", "1");
        var other = hall.inside("other", "1");
        hall.track(other, "1", "a");
        hall.pass(PACE);
        hall.topics.retell(aziz.member());
        hall.track(other, "1", "b");
        hall.pass(PACE);

        assertThat(aziz.heard).endsWith("state [other:b]");
        assertThat(other.heard).endsWith("diff +[other:b] -[other:a]");
    }

    @Test
    void atTheEndNothingIsKept() {
        var tabs = List.of(hall.inside("aziz", "1"), hall.inside("other", "1"), hall.inside("third", "2"));
        tabs.forEach(it -> hall.track(it, "1", "a"));
        hall.pass(PACE);
        tabs.forEach(it -> hall.topics.leave(it.member()));
        hall.pass(PACE);

        assertThat(hall.topics.size()).isZero();
        assertThat(hall.topics.people()).isZero();
    }
}
