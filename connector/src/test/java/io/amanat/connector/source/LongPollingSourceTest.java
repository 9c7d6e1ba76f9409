package io.amanat.connector.source;

import static io.amanat.connector.source.Samples.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.change.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LongPollingSourceTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    /** Nothing is found by a sweep unless a test wants it. */
    private static final BusSettings SELDOM =
            new BusSettings(Duration.ofSeconds(130), Duration.ofMinutes(10), Duration.ofMinutes(10));

    /** As another add-on of this kind sends it. */
    private static final String COMPATIBLE = """
            {'type': 'create', 'model': 'amanat.transfer', 'user_id': 2, 'timestamp': '2026-11-21T10:00:00Z',
             'records': [{'id': 1, 'name': 'TR'}]}""";

    private final FakeLongPolling odoo = new FakeLongPolling();
    private final FakeAddon addon = new FakeAddon();
    private final List<Position> positions = new ArrayList<>();
    private ChangeSource source = source(false);

    @AfterEach
    void stop() {
        source.close();
        odoo.close();
    }

    @Test
    void whatIsCommittedIsHeardAtOnce() throws Exception {
        connect();
        odoo.send(created(5, 80, 1));
        assertThat(ids(next())).containsExactly(1L);
        odoo.send(created(6, 81, 2));

        assertThat(ids(next())).containsExactly(2L);
        assertThat(source.figures().kind()).isEqualTo("longpolling");
    }

    @Test
    void whatIsCommittedBelowAKnownIdIsFoundAsSoonAsOdooWakesUs() throws Exception {
        connect();
        odoo.send(created(6, 81, 2));
        assertThat(ids(next())).containsExactly(2L);
        awaitWaiting();

        odoo.send(created(5, 80, 1));

        assertThat(ids(next())).containsExactly(1L);
    }

    @Test
    void aLoginSessionThatExpiredIsNoticedThoughOdooAnswersAsIfAllWereWell() throws Exception {
        connect();
        odoo.forgetSessions();
        await().atMost(SOON).until(() -> odoo.logins() == 2);
        odoo.send(created(5, 80, 1));

        assertThat(ids(next())).containsExactly(1L);
    }

    @Test
    void anotherUserIsToldWhatIsMissing() {
        odoo.serve(false);

        assertThatThrownBy(() -> source.next(SOON))
                .isInstanceOf(SourceLostException.class)
                .hasMessageContaining("configured service user of amanat_realtime");
    }

    @Test
    void anHttpWorkerIsNamedAsWhatItIs() {
        odoo.misbehave(200, "application/json", """
                {"error": {"code": 200, "message": "Odoo Server Error", "data": {"name": "builtins.Exception",
                 "message": "bus.Bus unavailable", "debug": "Traceback"}}}""");

        assertThatThrownBy(() -> source.next(SOON))
                .isInstanceOf(SourceLostException.class)
                .hasMessageContaining("longpolling_port")
                .hasMessageContaining(odoo.url().toString())
                .hasMessageNotContaining("Traceback");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | text/html | <h1>Internal Server Error</h1>",
                "200 | text/html | <h1>Odoo</h1>",
                "302 | text/html | elsewhere",
                "200 | application/json | {\"result\": [{\"id\"",
                "200 | application/json | {\"result\": {\"notifications\": 7}}",
            })
    void whateverComesInsteadOfAnAnswerItTriesAgainAndMissesNothing(int status, String type, String body)
            throws Exception {
        connect();
        odoo.misbehave(status, type, body);
        assertThatThrownBy(() -> {
                    while (true) {
                        source.next(Duration.ofSeconds(1));
                    }
                })
                .isInstanceOf(SourceLostException.class);
        odoo.send(created(5, 80, 1));
        odoo.behave();

        assertThat(ids(patiently())).containsExactly(1L);
    }

    @Test
    void aRestartGoesOnWhereItStopped() throws Exception {
        connect();
        odoo.send(created(5, 80, 1));
        next();
        source.close();
        odoo.send(created(6, 81, 2));
        source = source(false);

        assertThat(ids(next())).containsExactly(2L);
    }

    @Test
    void whatAnybodyCouldHaveSentIsNotBelieved() throws Exception {
        source.close();
        source = source(true);
        connect();
        odoo.sendPlain(5, COMPATIBLE);

        var gap = (Change.Gap) next().changes().getFirst();
        assertThat(gap.model()).contains("amanat.transfer");
        assertThat(gap.reason()).contains("anybody may send");
    }

    @Test
    void aCompatibleSenderIsBelievedWhereTheAddonKeepsOthersOut() throws Exception {
        source.close();
        addon.install().guards();
        source = source(true);
        connect();
        odoo.sendPlain(5, COMPATIBLE);
        assertThat(ids(next())).containsExactly(1L);
    }

    @Test
    void thePlainChannelIsNotListenedToUnlessWanted() throws Exception {
        connect();
        odoo.sendPlain(5, "{'type': 'create', 'model': 'amanat.transfer', 'records': [{'id': 1}]}");
        odoo.send(created(6, 81, 2));

        assertThat(ids(next())).containsExactly(2L);
    }

    private void connect() throws InterruptedException {
        var first = next();
        assertThat(first.changes()).hasOnlyElementsOfType(Change.Gap.class);
    }

    private void awaitWaiting() {
        await().atMost(SOON).until(() -> odoo.waiting() == 1);
    }

    private Transaction next() throws InterruptedException {
        return within(source.next(SOON));
    }

    private Transaction within(Optional<Transaction> found) throws InterruptedException {
        var transaction = found.orElseThrow();
        positions.add(transaction.position());
        return transaction.changes().isEmpty() ? next() : transaction;
    }

    /** The next transaction, however often the source is lost before. */
    private Transaction patiently() throws InterruptedException {
        while (true) {
            try {
                return next();
            } catch (SourceLostException e) {
                assertThat(e).hasMessageNotContaining("swordfish");
            }
        }
    }

    private ChangeSource source(boolean plainChannel) {
        var settings = new LongPollingSettings(
                odoo.url().resolve("/longpolling/poll"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(65),
                Duration.ofMillis(10),
                Duration.ofMillis(100),
                8 * 1024 * 1024,
                plainChannel);
        return new LongPollingSource(odoo.odoo(), addon, settings, SELDOM, positions, Pace.SYSTEM, new Random(1));
    }

    private static List<Long> ids(Transaction transaction) {
        return transaction.changes().stream()
                .flatMap(change -> ((Change.Records) change).now().stream())
                .map(image -> ((RecordRef.Serial) image.key()).id())
                .toList();
    }
}
