package io.amanat.connector.source;

import static io.amanat.connector.source.Samples.created;
import static io.amanat.connector.source.Samples.frame;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.change.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebSocketSourceTest {

    private static final Duration SOON = Duration.ofSeconds(50);

    private final FakeBus odoo = new FakeBus();
    private final FakeAddon addon = new FakeAddon();
    private final SkippingPace pace = new SkippingPace();
    private final List<Position> positions = new ArrayList<>();
    private ChangeSource source = source(List.of(), Duration.ofSeconds(10));

    @AfterEach
    void stop() {
        source.close();
        odoo.close();
    }

    @Test
    void subscribesAsTheServiceUserFromNowOn() throws Exception {
        var client = connect();

        assertThat(client.query()).isEqualTo("version=19.0-2");
        assertThat(client.cookie()).isEqualTo("session_id=login1");
        assertThat(client.origin()).isEqualTo(odoo.odoo().url().toString());
        assertThat(Samples.json(client.subscription()))
                .isEqualTo(Samples.json("{'event_name': 'subscribe', 'data': {'channels': [], 'last': 0}}"));
    }

    @Test
    void returnsTheTransactionsOfAFrameInOrder() throws Exception {
        connect().send(frame(created(5, 80, 1), created(6, 80, 2), created(7, 81, 3)));

        assertThat(ids(next())).containsExactly(1L, 2L);
        assertThat(ids(next())).containsExactly(3L);
    }

    @Test
    void otherMessagesOfTheBusArePassedOver() throws Exception {
        connect()
                .send(frame(
                        "{\"id\": 4, \"message\": {\"type\": \"bus.bus/im_status_updated\", \"payload\": {}}}",
                        created(5, 80, 1)));

        assertThat(ids(next())).containsExactly(1L);
    }

    @Test
    void aFrameInPiecesIsPutTogether() throws Exception {
        connect().sendInPieces(frame(created(5, 80, 1), created(6, 80, 2)), 7);

        assertThat(ids(next())).containsExactly(1L, 2L);
    }

    @Test
    void nothingCommittedInTimeIsEmpty() throws Exception {
        connect();

        assertThat(source.next(Duration.ofMillis(20))).isEmpty();
    }

    @Test
    void aMessageIsReturnedOnceHoweverOftenItArrives() throws Exception {
        var client = connect();
        client.send(frame(created(5, 80, 1)));
        client.send(frame(created(5, 80, 1), created(6, 81, 2)));

        assertThat(ids(next())).containsExactly(1L);
        assertThat(ids(next())).containsExactly(2L);
    }

    @Test
    void whatOdoosSocketLeavesOutIsFoundByASweep() throws Exception {
        restart(List.of(), Duration.ofMillis(100));
        var client = connect();
        client.send(frame(created(6, 81, 2)));
        assertThat(ids(next())).containsExactly(2L);

        odoo.swept = frame(created(5, 80, 1), created(6, 81, 2));

        assertThat(ids(next())).containsExactly(1L);
    }

    @Test
    void sweepsThatFailForLongLeaveNoGapSinceTheFirstThatSucceedsReachesBack() throws Exception {
        restart(List.of(), Duration.ofMillis(100));
        var client = connect();
        client.send(frame(created(6, 81, 2)));
        next();
        odoo.answersSweeps = false;
        pace.advance(Duration.ofSeconds(40));
        assertThat(source.next(Duration.ofMillis(300))).isEmpty();
        odoo.swept = frame(created(5, 80, 1), created(6, 81, 2));
        odoo.answersSweeps = true;

        assertThat(ids(next())).containsExactly(1L);
    }

    @Test
    void theAgeLimitOfAConnectionIsAnsweredAtOnceAndLeavesNoGap() throws Exception {
        var client = connect();
        client.send(frame(created(300, 80, 1)));
        next();
        pace.advance(Duration.ofSeconds(15));
        client.close(4002, "KEEP_ALIVE_TIMEOUT");

        assertThat(reconnected().cookie()).isEqualTo("session_id=login1");
        assertThat(pace.waits()).isEmpty();
    }

    @Test
    void whatWasCommittedWhileAConnectionWasRenewedIsFoundBeforeTheNewOne() throws Exception {
        var client = connect();
        client.send(frame(created(300, 80, 1)));
        next();
        odoo.swept = frame(created(299, 79, 3), created(300, 80, 1), created(301, 81, 2));
        client.close(4002, "KEEP_ALIVE_TIMEOUT");

        assertThat(ids(next())).containsExactly(3L);
        assertThat(ids(next())).containsExactly(2L);
        assertThat(subscriber().subscription()).contains("\"last\":301");
    }

    @Test
    void anExpiredSessionIsRenewed() throws Exception {
        connect().close(4001, "SESSION_EXPIRED");

        assertThat(reconnected().cookie()).isEqualTo("session_id=login2");
    }

    @Test
    void sessionsThatExpireAgainAndAgainAreNotRenewedInAHurry() throws Exception {
        connect().close(4001, "SESSION_EXPIRED");
        reconnected().close(4001, "SESSION_EXPIRED");

        assertThatThrownBy(this::next).isInstanceOf(SourceLostException.class).hasMessageContaining("4001");
        reconnected();
        assertThat(pace.waits()).containsExactly(2L);
    }

    @ParameterizedTest
    @CsvSource({"1001, the server stops", "1013, overloaded", "1011, see its log", "4003, ended the connection"})
    void otherwiseItSaysWhyAndReconnectsLater(int code, String meaning) throws Exception {
        connect().close(code, "BYE");

        assertThatThrownBy(this::next)
                .isInstanceOf(SourceLostException.class)
                .hasMessageContaining("%d BYE".formatted(code))
                .hasMessageContaining(meaning);
        reconnected();
        assertThat(pace.waits()).containsExactly(1L);
    }

    @Test
    void waitsUpToOneTwoFourEightThirtySecondsForAnOdooThatIsAway() {
        odoo.close();

        for (int i = 0; i < 8; i++) {
            assertThatThrownBy(this::next)
                    .isInstanceOf(SourceLostException.class)
                    .hasMessageContaining("is Odoo running");
        }
        assertThat(pace.waits()).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void aTimeoutShorterThanTheWaitSaysAgainWhatIsWrong() {
        odoo.close();
        assertThatThrownBy(this::next).isInstanceOf(SourceLostException.class);

        assertThatThrownBy(() -> source.next(Duration.ofMillis(10)))
                .isInstanceOf(SourceLostException.class)
                .hasMessageContaining("is Odoo running");
    }

    @Test
    void aWrongPasswordIsNotTriedInAHurry() {
        odoo.knowsPassword = false;

        assertThatThrownBy(this::next).hasMessageContaining("check login and password");
        assertThatThrownBy(this::next).hasMessageContaining("check login and password");
        assertThat(pace.waits()).containsExactly(30L);
    }

    @ParameterizedTest
    @CsvSource({
        "500, use the evented port",
        "404, Odoo 16 or later",
        "502, does not reach Odoo's evented port",
        "302, redirects"
    })
    void aRefusedUpgradeSaysWhatToDo(int status, String advice) {
        odoo.upgradeStatus = status;

        assertThatThrownBy(this::next).isInstanceOf(SourceLostException.class).hasMessageContaining(advice);
    }

    @Test
    void aUserWithoutTheChannelIsNotTakenForSilence() {
        odoo.channels = "[[\"amanat\", \"broadcast\"], [\"amanat\", \"res.groups\", 77]]";

        assertThatThrownBy(this::next)
                .isInstanceOf(SourceLostException.class)
                .hasMessageContaining("is it the configured service user");
    }

    @Test
    void aLineThatWentDeadIsNoticed() throws Exception {
        odoo.answersPings = false;
        connect();
        pace.advance(Duration.ofSeconds(21));
        nothingComes();
        pace.advance(Duration.ofSeconds(21));

        assertThatThrownBy(this::next).isInstanceOf(SourceLostException.class).hasMessageContaining("silent");
    }

    @Test
    void aReaderThatWasAwayForLongDoesNotTakeTheLineForDead() throws Exception {
        var client = connect();
        pace.advance(Duration.ofSeconds(45));
        nothingComes();
        client.send(frame(created(6, 81, 2)));

        assertThat(ids(next())).containsExactly(2L);
    }

    @Test
    void aFrameBeyondTheLimitIsSkippedAndReadOverHttp() throws Exception {
        var client = connect();
        odoo.swept = frame(created(5, 80, 1));
        client.sendInPieces("[" + " ".repeat(5_000) + "]", 500);
        client.send(frame(created(6, 81, 2)));

        assertThat(List.of(ids(next()), ids(next()))).containsExactlyInAnyOrder(List.of(1L), List.of(2L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\": 1}", "[{\"id\": \"1\"}]", "not json"})
    void whatAnUnreadableFrameHeldIsReadOverHttp(String unreadable) throws Exception {
        var client = connect();
        odoo.swept = frame(created(5, 80, 1));
        client.send(unreadable);

        assertThat(ids(next())).containsExactly(1L);
    }

    @Test
    void readingGoesOnAtStoredPositionsWithoutGapOrDouble() throws Exception {
        connect().send(frame(created(5, 80, 1), created(6, 81, 2)));
        next();
        next();
        odoo.swept = frame(created(5, 80, 1), created(6, 81, 2), created(7, 82, 3));
        restart(positions, Duration.ofSeconds(10));

        assertThat(ids(next())).containsExactly(3L);
        assertThat(subscriber().subscription()).contains("\"last\":7");
    }

    @Test
    void theLagIsThatOfAMessageToOneself() throws Exception {
        addon.install();
        var client = connect();
        client.send(canary(1, nonce()));
        workUntil(() -> source.figures().lag().isPresent());

        assertThat(source.figures().lag())
                .hasValueSatisfying(lag -> assertThat(lag).isLessThan(SOON));
    }

    @Test
    void aMessageToOneselfThatDoesNotComeBackMakesItReadOverHttpAtOnce() throws Exception {
        addon.install();
        connect();
        nonce();
        addon.send(80, 1);
        pace.advance(Duration.ofSeconds(6));

        assertThat(ids(next())).containsExactly(1L);
        assertThat(source.figures().lag())
                .hasValueSatisfying(lag -> assertThat(lag).isGreaterThan(Duration.ofSeconds(5)));
    }

    @Test
    void aWebsocketThatPassesNothingOnIsGivenUp() throws Exception {
        addon.install();
        source.close();
        source = source(List.of(), Duration.ofSeconds(10), Duration.ofMinutes(5));
        connect();

        assertThatThrownBy(() -> {
                    while (true) {
                        nonce();
                        pace.advance(Duration.ofSeconds(16));
                    }
                })
                .isInstanceOf(SourceLostException.class)
                .hasMessageContaining("does not pass on what is sent");
    }

    @Test
    void aRestoredDatabaseIsNoticedByTheNextMessageToOneself() throws Exception {
        addon.install();
        connect();
        addon.restored("9999/2/16384");
        pace.advance(Duration.ofSeconds(16));

        var next = next();

        assertThat(next.newHistory()).isPresent();
        assertThat(next.changes()).hasOnlyElementsOfType(Change.Gap.class);
    }

    private static String canary(long id, String nonce) {
        return "[{\"id\": %d, \"message\": {\"type\": \"realtime_updates\", \"payload\": {\"v\": 1, \"type\": \"canary\", \"nonce\": \"%s\"}}}]"
                .formatted(id, nonce);
    }

    private FakeBus.Subscriber connect() throws InterruptedException {
        assertThat(next().changes()).containsExactly(new Change.Gap(Optional.empty(), "reading begins here"));
        return subscriber();
    }

    /** What the source sent itself. */
    private String nonce() throws InterruptedException {
        workUntil(() -> !addon.nonces.isEmpty());
        return addon.nonces.take();
    }

    private void workUntil(BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            assertThat(source.next(Duration.ofMillis(100))
                            .map(Transaction::changes)
                            .orElse(List.of()))
                    .isEmpty();
        }
    }

    private FakeBus.Subscriber subscriber() throws InterruptedException {
        return requireNonNull(odoo.subscribers.poll(SOON.toSeconds(), TimeUnit.SECONDS), "nobody subscribed");
    }

    /** At most how far was read: a sweep may have been answered by now. */
    private void nothingComes() throws InterruptedException {
        assertThat(source.next(Duration.ofMillis(1)).map(Transaction::changes).orElse(List.of()))
                .isEmpty();
    }

    /** The next transaction that changed something; where reading is then remembered. */
    private Transaction next() throws InterruptedException {
        Transaction next;
        do {
            next = source.next(SOON).orElseThrow();
            positions.add(next.position());
        } while (next.changes().isEmpty());
        return next;
    }

    /** The next connection, on which nothing but one new message is found. */
    private FakeBus.Subscriber reconnected() throws InterruptedException {
        long id = 900L + positions.size();
        odoo.greeting = List.of(frame(created(id, id, id)));
        assertThat(ids(next())).containsExactly(id);
        return subscriber();
    }

    private void restart(List<Position> from, Duration sweep) {
        source.close();
        source = source(from, sweep);
    }

    private ChangeSource source(List<Position> from, Duration sweep) {
        return source(from, sweep, Duration.ofSeconds(20));
    }

    private ChangeSource source(List<Position> from, Duration sweep, Duration silence) {
        var settings = new WebSocketSettings(
                odoo.websocket(),
                Duration.ofSeconds(10),
                silence,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                4096,
                false);
        var bus = new BusSettings(Duration.ofSeconds(130), sweep, Duration.ofSeconds(15));
        return new WebSocketSource(odoo.odoo(), addon, settings, bus, from, pace, new Longest());
    }

    private static List<Long> ids(Transaction transaction) {
        return transaction.changes().stream()
                .flatMap(change -> ((Change.Records) change).now().stream())
                .map(image -> ((RecordRef.Serial) image.key()).id())
                .toList();
    }

    /** The largest number below 1, so that each wait is as long as it can be. */
    private static final class Longest implements RandomGenerator {
        @Override
        public long nextLong() {
            return -1;
        }
    }

    /** The real clock, on which waiting takes no time. */
    private static final class SkippingPace implements Pace {
        private final List<Long> seconds = new ArrayList<>();
        private final AtomicLong skipped = new AtomicLong();

        @Override
        public long nanos() {
            return System.nanoTime() + skipped.get();
        }

        @Override
        public long millis() {
            return System.currentTimeMillis() + skipped.get() / 1_000_000;
        }

        @Override
        public void pause(Duration duration) {
            seconds.add((long) Math.ceil(duration.toNanos() / 1e9));
            advance(duration);
        }

        void advance(Duration duration) {
            skipped.addAndGet(duration.toNanos());
        }

        List<Long> waits() {
            return seconds.stream().filter(wait -> wait > 0).toList();
        }
    }
}
