package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.access.AccessSettings;
import io.amanat.bridge.channel.OwnChanges;
import io.amanat.bridge.identity.IdentitySettings;
import io.amanat.bridge.identity.Trust;
import io.amanat.bridge.identity.TrustSource;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.bridge.journal.MemoryJournal;
import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.session.SessionSettings;
import io.amanat.bridge.websocket.Door;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tabs of one browser on one socket: each has a session of its own, and what goes wrong with one does not touch the others. */
class SharedSocketTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;
    private static final int LARGEST = 16 * 1024;
    private static final int PER_ADDRESS = 60;
    private static final int PER_SECOND = 10;

    /** Tabs that come together, fewer than there is room for. */
    private static final int STRANGERS = 40;

    private final FakeSource source = new FakeSource();
    private final FakeOdoo odoo =
            new FakeOdoo().grant(AZIZ, "id", "display_name", "name").grant(BOBUR, "id", "display_name", "name");
    private final Tokens tokens = new Tokens();
    private final OneDatabase bridge =
            start(Duration.ofMinutes(1), Duration.ofSeconds(25), SessionSettings.DEFAULT.outbox(), source);
    private final SharedBrowser browser = SharedBrowser.open(bridge);
    private final SharedBrowser.Tab first = browser.tab(1);

    private OneDatabase start(Duration helloTimeout, Duration heartbeat) {
        return start(helloTimeout, heartbeat, SessionSettings.DEFAULT.outbox(), new FakeSource());
    }

    private OneDatabase start(
            Duration helloTimeout, Duration heartbeat, SessionSettings.Outbox outbox, FakeSource changes) {
        return start(helloTimeout, heartbeat, outbox, changes, tokens::trust);
    }

    private OneDatabase start(
            Duration helloTimeout,
            Duration heartbeat,
            SessionSettings.Outbox outbox,
            FakeSource changes,
            TrustSource trust) {
        return OneDatabase.start(
                new CoreSettings(
                        AccessSettings.DEFAULT,
                        IdentitySettings.DEFAULT,
                        OwnChanges.TAB,
                        new SessionSettings(
                                helloTimeout,
                                heartbeat,
                                LARGEST,
                                10,
                                PER_SECOND,
                                outbox,
                                SessionSettings.DEFAULT.perUser(),
                                Duration.ofMillis(500),
                                SessionSettings.DEFAULT.arrivals()),
                        new Door.Settings(Set.of(Browser.ORIGIN), false, 1_000, PER_ADDRESS)),
                new CorePorts(
                        new MemoryJournal(JournalSettings.DEFAULT),
                        changes,
                        odoo,
                        trust,
                        () -> Transfers.POLICY,
                        InstantSource.system()));
    }

    @AfterEach
    void nothingIsLeft() {
        browser.close();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> bridge.core.sessions().isEmpty());
        await().until(() -> bridge.core.door().sharedSockets() == 0);
        bridge.close();
    }

    private void change(long by, long record) {
        source.commit(Transfers.updated(Transfers.actor(by), record, "{'name': 'TR'}", "name"));
    }

    @Test
    void eachTabHasASessionOfItsOwn() {
        first.hello(tokens.of(AZIZ, 1L));
        var second = browser.another(2).hello(tokens.of(AZIZ, 1L));
        assertThat(browser.subprotocol()).isEqualTo("amanat.v1.shared");
        assertThat(bridge.core.sessions()).hasSize(2);
        assertThat(bridge.core.door().sharedSockets()).isEqualTo(1);

        first.watchTransfers("list");
        change(BOBUR, 41);
        assertThat(first.expect("list_update")
                        .path("records")
                        .path(0)
                        .path("id")
                        .asLong())
                .isEqualTo(41);
        second.gotNothing();

        second.watchTransfers("list");
        change(BOBUR, 42);
        assertThat(first.expect("list_update").path("offset"))
                .isEqualTo(second.expect("list_update").path("offset"));
    }

    @Test
    void aTabsOwnChangeIsAReceiptOnItsLaneAndDataOnTheOthers() {
        first.hello(tokens.of(AZIZ, 1L));
        var second = browser.another(2).hello(tokens.of(AZIZ, 1L));
        first.watchTransfers("list");
        second.watchTransfers("list");

        source.commit(Transfers.updated(Transfers.actor(AZIZ, second.origin()), 42, "{'name': 'TR'}", "name"));

        assertThat(first.expect("list_update").path("own").asBoolean()).isTrue();
        second.expect("receipt");
    }

    @Test
    void anotherUserOrLoginIsRefusedOnItsLaneAlone() {
        first.hello(tokens.of(AZIZ, 1L));
        first.watchTransfers("list");
        browser.another(2).send(hello(tokens.of(BOBUR, 1L)));
        browser.another(3).send(hello(tokens.of(AZIZ, claims -> claims.claim("sid", "another login"))));

        assertThat(browser.tab(2).expect("bye").path("code").asString()).isEqualTo("other_login");
        assertThat(browser.tab(2).end()).isEqualTo("4009 other_login");
        assertThat(browser.tab(3).end()).isEqualTo("4009 other_login");
        assertThat(bridge.core.metrics().session().refusals(ErrorCode.OTHER_LOGIN))
                .isEqualTo(2);
        change(BOBUR, 42);
        first.expect("list_update");
        await().until(() -> bridge.core.sessions().size() == 1);
    }

    /** The socket keeps its owner when the tab that proved it has gone. */
    @Test
    void theFirstLoginOwnsTheSocketAsLongAsItIsOpen() {
        first.hello(tokens.of(AZIZ, 1L));
        var second = browser.another(2);
        browser.say("1 close");
        second.send(hello(tokens.of(BOBUR, 1L)));

        assertThat(second.end()).isEqualTo("4009 other_login");
        assertThat(browser.end()).isEqualTo("1001 no lane is left");
    }

    @Test
    void aTokenThatProvesNothingOwnsNothing() {
        var second = browser.another(2);
        first.send(hello("forged"));
        assertThat(first.end()).isEqualTo("4001 token_invalid");

        second.hello(tokens.of(BOBUR, 1L));

        second.gotNothing();
    }

    private static String hello(String token) {
        return "{'type':'hello','token':'%s','origin':'%s'}".formatted(token, "f".repeat(32));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'watch','ref':'a','view':'list','model':'m'} | 4000 hello_first",
                "not JSON | 4000 bad_json",
                "{'type':'hello','token':'x'} | 4000 bad_value",
            })
    void whatOneTabDoesWrongEndsItsLaneAlone(String frame, String end) {
        first.hello(tokens.of(AZIZ, 1L));
        assertThat(browser.another(2).send(frame).end()).isEqualTo(end);
        first.gotNothing();
        assertThat(browser.another(3)
                        .hello(tokens.of(AZIZ, 1L))
                        .send("{'type':'ping'}")
                        .expect("pong"))
                .isNotNull();
    }

    @Test
    void aMessageThatIsTooBigEndsItsLaneAlone() {
        first.hello(tokens.of(AZIZ, 1L));
        var second = browser.another(2).hello(tokens.of(AZIZ, 1L));
        second.send("x".repeat(LARGEST + 10));

        assertThat(second.end()).isEqualTo("1009 at most 16384 bytes a message");
        first.gotNothing();
    }

    @Test
    void aMessageMayComeInPieces() {
        first.hello(tokens.of(AZIZ, 1L));
        browser.sayInPieces("1", " {\"type\":", "\"ping\"}");
        first.expect("pong");
        browser.say("1 {\"type\":\"ping\"}" + " ".repeat(LARGEST - 20));
        first.expect("pong");
    }

    @Test
    void aMessageWithoutAnEndEndsTheSocket() {
        first.hello(tokens.of(AZIZ, 1L));
        browser.trySay("1 " + "x".repeat(4 * 1024 * 1024), false);
        assertThat(browser.end()).isEqualTo("1009 at most 16384 bytes a message");
    }

    @ParameterizedTest
    @CsvSource({"'2 {}'", "'2 close'", "'2 '", "'1 open'", "hello", "'0 open'", "'-1 open'", "'01 {}'", "''", "'1'"})
    void whatConcernsNoLaneEndsTheSocket(String message) {
        first.hello(tokens.of(AZIZ, 1L));
        browser.say(message);
        assertThat(browser.end()).isEqualTo("4000 no lane");
    }

    @Test
    void onlyTextIsHeard() {
        browser.sayBinary();
        assertThat(browser.end()).isEqualTo("1003 text frames only");
    }

    @Test
    void whatIsStillSaidOnALaneThatHasEndedIsNotHeard() {
        first.hello(tokens.of(AZIZ, 1L));
        var second = browser.another(2).hello(tokens.of(AZIZ, 1L));
        second.send("not JSON").send("{'type':'ping'}").send("{'type':'ping'}");
        assertThat(second.end()).isEqualTo("4000 bad_json");
        browser.say("2 {\"type\":\"ping\"}").say("2 close").say("2 ");
        first.gotNothing();
    }

    @Test
    void noSocketHasMoreLanesThanALoginMayHaveSessions() {
        for (int lane = 2; lane <= 50; lane++) {
            browser.another(lane);
        }
        browser.say("51 open");
        assertThat(browser.tab(51).end()).isEqualTo("4029 too many connections");

        browser.say("50 close");
        browser.another(52).hello(tokens.of(AZIZ, 1L));
    }

    @Test
    void aLaneTakesAPlaceAsAConnectionDoes() {
        for (int lane = 2; lane <= 50; lane++) {
            browser.another(lane);
        }
        try (var other = SharedBrowser.open(bridge)) {
            for (int lane = 2; lane <= PER_ADDRESS - 50; lane++) {
                other.another(lane);
            }
            other.say("11 open");
            assertThat(other.tab(11).end()).isEqualTo("4029 too many connections");
            assertThat(bridge.core.door().refusedConnections()).isEqualTo(1);

            browser.say("50 close");
            await().until(() -> bridge.core.sessions().size() == PER_ADDRESS - 1);
            other.another(12);
        }
        await().until(() -> bridge.core.sessions().size() == 49);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 {\"type\":\"ping\"}", "1 "})
    void noTabSaysMoreThanASessionMay(String message) {
        first.hello(tokens.of(AZIZ, 1L));
        while (browser.isOpen()) {
            browser.trySay(message, true);
        }
        await().until(() -> bridge.core.sessions().isEmpty());
        assertThat(bridge.core.metrics().session().refusals(ErrorCode.RATE_LIMITED))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2 {}", "2 close", "2 "})
    void noBrowserSaysMuchThatNoSessionHears(String message) {
        first.hello(tokens.of(AZIZ, 1L));
        browser.another(2);
        browser.say("2 close");
        while (browser.isOpen()) {
            browser.trySay(message, true);
        }
        await().until(() -> bridge.core.sessions().isEmpty());
    }

    /** Its 51st and later tabs do not know yet that there is no room when they are closed again. */
    @Test
    void aBrowserMayBringBackAHundredTabsAtOnce() {
        first.hello(tokens.of(AZIZ, 1L));
        IntStream.rangeClosed(2, 100).forEach(lane -> browser.say(lane + " open"));
        IntStream.rangeClosed(51, 100).forEach(lane -> browser.say(lane + " close"));
        IntStream.rangeClosed(2, 50).forEach(lane -> browser.tab(lane).heard("open"));
        IntStream.rangeClosed(51, 100).forEach(lane -> browser.tab(lane).heard("close 4029 too many connections"));
        first.gotNothing();
    }

    @Test
    void tabsThatProveNothingAgainAndAgainCostTheSocket() {
        first.hello(tokens.of(AZIZ, 1L));
        for (int next = 2; browser.isOpen(); next += STRANGERS) {
            var strangers = IntStream.range(next, next + STRANGERS)
                    .mapToObj(browser::tab)
                    .toList();
            strangers.forEach(SharedBrowser.Tab::comeAsStranger);
            await().until(() -> strangers.stream().allMatch(SharedBrowser.Tab::hasEnded) || !browser.isOpen());
        }
        assertThat(browser.end()).isEqualTo("4029 too many lanes that prove nothing");
    }

    /** Each tab waits for itself: what it says meanwhile is kept for it, and no other tab's is. */
    @Test
    void aTabThatWaitsHoldsNoOtherUp() {
        var answer = new CountDownLatch(1);
        try (var slow = start(
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(25),
                        SessionSettings.DEFAULT.outbox(),
                        new FakeSource(),
                        () -> whenAnswered(answer));
                var shared = SharedBrowser.open(slow)) {
            var waiting = shared.tab(1).send(hello(tokens.of(AZIZ, 1L)));
            IntStream.rangeClosed(1, 17).forEach(i -> waiting.send("{'type':'ping'}"));
            shared.another(2).send("not JSON");
            assertThat(shared.tab(2).end()).isEqualTo("4000 bad_json");

            answer.countDown();
            waiting.expect("welcome");
            IntStream.rangeClosed(1, 17).forEach(i -> waiting.expect("pong"));
        }
    }

    @Test
    void aTabThatSaysTooMuchWhileItWaitsLosesItsLaneAlone() {
        var answer = new CountDownLatch(1);
        try (var slow = start(
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(25),
                        SessionSettings.DEFAULT.outbox(),
                        new FakeSource(),
                        () -> whenAnswered(answer));
                var shared = SharedBrowser.open(slow)) {
            shared.another(2).send(hello(tokens.of(AZIZ, 1L)));
            var large = "{'type':'ping','more':'%s'}".formatted("x".repeat(LARGEST - 100));
            IntStream.rangeClosed(1, 6).forEach(i -> shared.tab(2).send(large));

            assertThat(shared.tab(2).expect("bye").path("code").asString()).isEqualTo("rate_limited");
            assertThat(shared.tab(2).end()).isEqualTo("4029 rate_limited");
            answer.countDown();
            shared.tab(1).hello(tokens.of(AZIZ, 1L)).gotNothing();
        }
    }

    private Trust whenAnswered(CountDownLatch answer) {
        try {
            answer.await();
            return tokens.trust();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aMessageInCrumbsIsAsManyMessages() {
        first.hello(tokens.of(AZIZ, 1L));
        browser.trySay("1 ", false);
        IntStream.rangeClosed(1, LARGEST / 2).takeWhile(i -> browser.isOpen()).forEach(i -> browser.trySay("x", false));
        assertThat(browser.end()).isEqualTo("4029 too many messages");
    }

    @Test
    void whoComesAgainAndAgainAlthoughThereIsNoRoomLosesItsSocket() {
        for (int lane = 2; browser.isOpen(); lane++) {
            browser.trySay(lane + " open", true);
        }
        await().until(() -> bridge.core.sessions().isEmpty());
    }

    @Test
    void whoSaysNoHelloInTimeLosesItsLane() {
        try (var hasty = start(Duration.ofSeconds(5), Duration.ofSeconds(25));
                var shared = SharedBrowser.open(hasty)) {
            shared.another(2).hello(tokens.of(AZIZ, 1L));
            assertThat(shared.tab(1).end()).isEqualTo("4008 hello_timeout");
            shared.tab(2).gotNothing();
        }
    }

    @Test
    void aTabThatGivesNoSignOfLifeLosesItsLaneAndTheOthersStay() {
        try (var hasty = start(Duration.ofMinutes(1), Duration.ofSeconds(5));
                var shared = SharedBrowser.open(hasty)) {
            shared.tab(1).hello(tokens.of(AZIZ, 1L));
            shared.another(2).hello(tokens.of(AZIZ, 1L));
            shared.forget();

            assertThat(shared.tab(2).end()).isEqualTo("1001 no sign of life");
            assertThat(hasty.core.metrics().session().stalled()).isEqualTo(1);
            shared.tab(1).gotNothing();
        }
    }

    @Test
    void aSocketThatTakesNothingEndsWithAllItsLanes() {
        var changes = new FakeSource();
        var outbox = new SessionSettings.Outbox(256 * 1024, Duration.ofMinutes(1), Duration.ofSeconds(6));
        try (var patient = start(Duration.ofMinutes(1), Duration.ofSeconds(25), outbox, changes);
                var slow = SharedBrowser.open(patient);
                var quick = Browser.open(patient, 'f').hello(tokens.of(BOBUR, 1L))) {
            slow.tab(1).hello(tokens.of(AZIZ, 1L)).watchTransfers("list");
            slow.another(2).hello(tokens.of(AZIZ, 1L)).watchTransfers("list");
            quick.watchTransfers("list");
            slow.pause();
            var name = "x".repeat(64_000);
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                changes.commit(Transfers.updated(Transfers.actor(9), 42, "{'name': '%s'}".formatted(name), "name"));
                quick.expect("list_update");
                return patient.core.sessions().size() == 1;
            });
            assertThat(patient.core.metrics().session().stalled()).isPositive();
        }
    }

    /** Such a message leaves in several frames; what another lane says may not come between them. */
    @Test
    void largeMessagesOfTwoLanesDoNotMix() {
        var changes = new FakeSource();
        var large = new SessionSettings.Outbox(16 * 1024 * 1024, Duration.ofMinutes(1), Duration.ofMinutes(1));
        try (var roomy = start(Duration.ofMinutes(1), Duration.ofSeconds(25), large, changes);
                var shared = SharedBrowser.open(roomy)) {
            shared.tab(1).hello(tokens.of(AZIZ, 1L)).watchTransfers("list");
            shared.another(2).hello(tokens.of(AZIZ, 1L)).watchTransfers("list");
            for (var letter : List.of("a", "b", "c")) {
                var name = letter.repeat(1_500_000);
                changes.commit(Transfers.updated(Transfers.actor(9), 42, "{'name': '%s'}".formatted(name), "name"));
                for (int lane = 1; lane <= 2; lane++) {
                    var record = shared.tab(lane)
                            .expect("list_update")
                            .path("records")
                            .path(0);
                    assertThat(record.path("name").asString().equals(name)).isTrue();
                }
            }
        }
    }

    @Test
    void whenTheBridgeStopsEveryTabIsToldWhenToComeBack() {
        var stopping = start(Duration.ofMinutes(1), Duration.ofSeconds(25));
        try (var shared = SharedBrowser.open(stopping)) {
            shared.tab(1).hello(tokens.of(AZIZ, 1L));
            shared.another(2).hello(tokens.of(AZIZ, 1L));
            stopping.close();

            for (int lane = 1; lane <= 2; lane++) {
                assertThat(shared.tab(lane).expect("bye").path("code").asString())
                        .isEqualTo("going_away");
                assertThat(shared.tab(lane).end()).isEqualTo("1001 going_away");
            }
            assertThat(shared.end()).isEqualTo("1001 no lane is left");
        }
    }

    @Test
    void aSocketThatBreaksOffLeavesNothing() {
        first.hello(tokens.of(AZIZ, 1L)).watchTransfers("list");
        browser.another(2).hello(tokens.of(AZIZ, 1L)).watchTransfers("list");
        browser.close();

        await().until(() -> bridge.core.sessions().isEmpty());
        await().untilAsserted(() ->
                assertThat(bridge.core.metrics().session().watches()).isZero());
        assertThat(bridge.core.metrics().session().sessions()).isZero();
    }
}
