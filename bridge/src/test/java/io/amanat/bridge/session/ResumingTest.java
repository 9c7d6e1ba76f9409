package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.channel.Delivery;
import io.amanat.bridge.channel.Numbered;
import io.amanat.bridge.channel.ResetReason;
import io.amanat.bridge.channel.Sight;
import io.amanat.bridge.channel.Watcher;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A watch that comes back while changes go on: the older first, nothing twice, nothing lost, and nothing kept for ever. */
@Timeout(60)
class ResumingTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;
    private static final String RESUME = "{'type':'watch','ref':'%s','view':'list','model':'amanat.transfer'%s}";

    private final House house = new House().token("aziz", AZIZ, "laptop").token("phone", AZIZ, "phone");
    private final Watcher aziz = house.transfers(AZIZ);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private String stamp = "";

    @BeforeEach
    void wasHere() {
        var tab = Tab.open(house.sessions, 'd').hello("aziz");
        stamp = watch(tab, "list", "").path("rights").asString();
        tab.gone();
        await().until(() -> house.metrics.watches() == 0);
        house.past = (from, to) -> {
            asked.countDown();
            awaitUninterruptibly(answer);
            return Optional.of(List.of(new Numbered(to, change(BOBUR, "missed"))));
        };
    }

    @AfterEach
    void close() {
        answer.countDown();
        house.close();
    }

    @Test
    void whatIsCommittedMeanwhileWaitsForWhatWasMissed() {
        var tab = resuming();
        house.deliver(data(101, BOBUR, "live"));
        house.reached(101);
        answer.countDown();

        assertThat(name(tab.expect("list_update"))).isEqualTo("missed");
        assertThat(name(tab.expect("list_update"))).isEqualTo("live");
        assertThat(tab.expect("resumed").path("offset").asLong()).isEqualTo(101);
        house.deliver(data(102, BOBUR, "after"));
        assertThat(name(tab.expect("list_update"))).isEqualTo("after");
    }

    @Test
    void whatTheReplayHoldsAlreadyDoesNotComeAgain() {
        house.later = OptionalLong.of(102);
        var tab = resuming();
        house.deliver(data(101, BOBUR, "first"), data(103, BOBUR, "second"));
        house.reached(103);
        answer.countDown();

        assertThat(tab.expect("list_update").path("offset").asLong()).isEqualTo(102);
        assertThat(name(tab.expect("list_update"))).isEqualTo("second");
        tab.expect("resumed");
    }

    /** Whoever lost rights in the stretch that was missed must have been heard of. */
    @Test
    void nothingIsSentBeforeEverythingUntilThenWasDecided() {
        var tab = Tab.open(house.sessions, 'a').hello("aziz");
        house.offset = 105;
        answer.countDown();
        watch(tab, "list", resume(90));
        awaitUninterruptibly(asked);
        await().pollDelay(Duration.ofMillis(300)).until(() -> true);
        tab.say("{'type':'ping'}");
        assertThat(tab.expect("pong").path("offset").asLong()).isEqualTo(100);

        house.deliver(data(101, BOBUR, "decided before the watch began"));
        house.reached(105);
        assertThat(name(tab.expect("list_update"))).isEqualTo("missed");
        assertThat(tab.expect("resumed").path("offset").asLong()).isEqualTo(105);
        tab.say("{'type':'ping'}");
        assertThat(tab.expect("pong").path("offset").asLong()).isEqualTo(105);
    }

    @Test
    void rightsThatChangedMeanwhileAreAReasonToReadAgain() {
        var tab = resuming();
        house.stillAllowed = false;
        answer.countDown();

        assertThat(tab.expect("reset").path("reason").asString()).isEqualTo("rights");
        house.gotNothing(tab, AZIZ);
    }

    @Test
    void anyResetMeanwhileTakesThePlaceOfEverything() {
        var tab = resuming();
        house.deliver(
                data(101, BOBUR, "held"),
                new Delivery.Reset(102, aziz.feed(), ResetReason.GAP, List.of(aziz), Optional.empty()),
                data(103, BOBUR, "after"));

        assertThat(tab.expect("reset").path("reason").asString()).isEqualTo("gap");
        assertThat(name(tab.expect("list_update"))).isEqualTo("after");
        answer.countDown();
        house.gotNothing(tab, AZIZ);
    }

    @Test
    void whoIsBehindCannotBeToldThatNothingIsMissing() {
        var tab = resuming();
        house.deliver(new Delivery.Behind(101, aziz.feed(), List.of(aziz)));

        tab.expect("reset");
        assertThat(tab.expect("behind").path("offset").asLong()).isEqualTo(100);
        answer.countDown();
        house.gotNothing(tab, AZIZ);
    }

    @Test
    void moreThanMayBeHeldIsReadAgain() {
        var tab = resuming();
        var many = new ArrayList<Delivery>();
        for (int i = 0; i <= Hold.MOST; i++) {
            many.add(data(101 + i, BOBUR, "held"));
        }
        house.deliver(many.toArray(Delivery[]::new));

        assertThat(tab.expect("reset").path("reason").asString()).isEqualTo("resume");
        answer.countDown();
        house.gotNothing(tab, AZIZ);
    }

    @Test
    void whatIsNotKeptAnyMoreIsReadAgain() {
        house.past = (from, to) -> Optional.empty();
        var tab = Tab.open(house.sessions, 'a').hello("aziz");
        watch(tab, "list", resume(90));

        assertThat(tab.expect("reset").path("reason").asString()).isEqualTo("resume");
    }

    /** The view may show a value of before this tab's own save, and must not show it after the receipt. */
    @Test
    void theReceiptOfAnOwnSaveComesAfterWhatWasMissed() {
        var tab = resuming();
        var me = new Actor(AZIZ, "Aziz", Optional.of(tab.origin()));
        house.deliver(new Delivery.Receipt(101, "amanat.transfer", Operation.UPDATE, List.of(42L), me, List.of(aziz)));
        house.reached(101);
        answer.countDown();

        tab.expect("list_update");
        tab.expect("resumed");
        assertThat(tab.expect("receipt").path("offset").asLong()).isEqualTo(101);
    }

    /** Heartbeats count for a watch that is not resuming: nothing of its feed may be held back then. */
    @Test
    void anotherWatchOfTheSameFeedBeginsWhenNothingIsHeldAnyMore() {
        var tab = resuming();
        tab.say(RESUME.formatted("other", ""));
        house.gotNothing(tab, AZIZ);
        house.deliver(data(101, BOBUR, "held"));
        house.reached(101);
        answer.countDown();

        tab.expect("list_update");
        tab.expect("list_update");
        tab.expect("resumed");
        assertThat(tab.expect("ok").path("ref").asString()).isEqualTo("other");
    }

    @Test
    void whoStopsWatchingGetsNothingOfIt() {
        var tab = resuming();
        tab.say(RESUME.formatted("other", ""));
        tab.say("{'type':'unwatch','ref':'list'}").expect("ok");
        assertThat(tab.expect("ok").path("ref").asString()).isEqualTo("other");
        answer.countDown();
        house.deliver(data(101, BOBUR, "live"));

        assertThat(name(tab.expect("list_update"))).isEqualTo("live");
        house.gotNothing(tab, AZIZ);
    }

    @Test
    void whoLeavesMeanwhileLeavesNothingBehind() {
        var tab = resuming();
        tab.say(RESUME.formatted("other", ""));
        tab.gone();
        answer.countDown();

        await().until(() -> house.metrics.watches() == 0);
        house.channel.unregister(aziz);
        await().until(() ->
                house.channel.register(aziz.feed().spec(), AZIZ, House.ALL).orElseThrow() != aziz);
    }

    @Test
    void noMoreWatchesComeBackThanCanHaveBeenThere() {
        house.past = (from, to) -> Optional.of(List.of());
        var tab = Tab.open(house.sessions, 'a').hello("aziz");
        for (int i = 0; i < House.WATCHES; i++) {
            watch(tab, "list", resume(100));
            tab.expect("resumed");
            tab.say("{'type':'unwatch','ref':'list'}").expect("ok");
        }
        watch(tab, "list", resume(100));
        assertThat(tab.expect("reset").path("reason").asString()).isEqualTo("resume");
    }

    @Test
    void whatThisTabsUserDidIsMarkedAsOwn() {
        house.past = (from, to) -> Optional.of(List.of(new Numbered(to, change(AZIZ, "mine"))));
        var tab = Tab.open(house.sessions, 'a').hello("aziz");
        watch(tab, "list", resume(90));

        assertThat(tab.expect("list_update").path("own").asBoolean()).isTrue();
    }

    @Test
    void aThousandWhoComeBackAtOnceCostAFewReplays() {
        var reads = new ArrayList<Long>();
        house.past = (from, to) -> {
            synchronized (reads) {
                reads.add(to);
            }
            return Optional.of(List.of(new Numbered(to, change(BOBUR, "missed"))));
        };
        var tabs = new ArrayList<Tab>();
        for (int user = 1_000; user < 1_200; user++) {
            house.token("t" + user, user, "s" + user);
            tabs.add(Tab.open(house.sessions, 'a').hello("t" + user));
        }
        for (int i = 0; i < tabs.size(); i++) {
            var fresh = watch(tabs.get(i), "fresh", "").path("rights").asString();
            tabs.get(i).say("{'type':'unwatch','ref':'fresh'}").expect("ok");
            tabs.get(i)
                    .say(RESUME.formatted(
                            "list", ",'resume':{'epoch':'epoch','offset':90,'rights':'%s'}".formatted(fresh)));
        }
        for (var tab : tabs) {
            tab.expect("ok");
            tab.expect("list_update");
            tab.expect("resumed");
        }
        assertThat(reads).hasSize(1);
    }

    @Test
    void eventsThatComeMeanwhileWaitForThoseThatWereMissed() {
        house.past = (from, to) -> {
            asked.countDown();
            awaitUninterruptibly(answer);
            return Optional.of(List.of(new Numbered(
                    95,
                    new Change.Event(
                            "missed",
                            "amanat.transfer",
                            new Actor(1, "", Optional.empty()),
                            House.START,
                            Set.of(AZIZ),
                            List.of(),
                            Set.of()))));
        };
        var tab = Tab.open(house.sessions, 'a');
        tab.greet("aziz", ",'resume':{'epoch':'epoch','offset':90}").expect("welcome");
        awaitUninterruptibly(asked);
        house.deliver(House.event(100, House.viewer(AZIZ)), House.event(101, House.viewer(AZIZ)));
        answer.countDown();

        assertThat(tab.expect("event").path("offset").asLong()).isEqualTo(95);
        assertThat(tab.expect("event").path("offset").asLong()).isEqualTo(101);
        tab.expect("resumed");
    }

    @Test
    void aPastThatCannotBeReadKeepsNobodyWaiting() {
        house.past = (from, to) -> {
            throw new IllegalStateException("test: the disk is sick");
        };
        var tab = Tab.open(house.sessions, 'a');
        tab.greet("aziz", ",'resume':{'epoch':'epoch','offset':90}").expect("welcome");
        tab.expect("resumed");
        watch(tab, "list", resume(90));

        assertThat(tab.expect("reset").path("reason").asString()).isEqualTo("resume");
    }

    /** A tab whose watch waits for what it missed. */
    private Tab resuming() {
        var tab = Tab.open(house.sessions, 'a').hello("aziz");
        watch(tab, "list", resume(90));
        awaitUninterruptibly(asked);
        return tab;
    }

    private static JsonNode watch(Tab tab, String ref, String more) {
        return tab.say(RESUME.formatted(ref, more)).expect("ok");
    }

    private String resume(long offset) {
        return ",'resume':{'epoch':'epoch','offset':%d,'rights':'%s'}".formatted(offset, stamp);
    }

    private Delivery data(long offset, long user, String name) {
        return new Delivery.Data(offset, aziz.feed(), change(user, name), Sight.UPDATE, false, List.of(aziz));
    }

    private static Change.Records change(long user, String name) {
        var key = new RecordRef.Serial(42);
        return new Change.Records(
                "amanat.transfer",
                Operation.UPDATE,
                new Actor(user, "User", Optional.empty()),
                House.START,
                List.of(new Image(key, Map.of("name", JsonNodeFactory.instance.stringNode(name)))),
                List.of(),
                List.of(new Image(key, Map.of("name", JsonNodeFactory.instance.stringNode("before")))),
                Set.of("name"),
                Set.of());
    }

    private static String name(JsonNode frame) {
        return frame.path("records").get(0).path("name").asString();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
