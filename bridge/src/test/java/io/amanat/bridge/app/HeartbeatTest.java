package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.access.AccessSettings;
import io.amanat.bridge.channel.OwnChanges;
import io.amanat.bridge.identity.IdentitySettings;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.bridge.journal.MemoryJournal;
import io.amanat.bridge.session.SessionSettings;
import io.amanat.bridge.websocket.Door;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What keeps a quiet connection alive, and tells its client how far the bridge has come. */
@Timeout(60)
class HeartbeatTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final FakeSource source = new FakeSource();
    private final Tokens tokens = new Tokens();
    private final OneDatabase bridge = OneDatabase.start(
            new CoreSettings(
                    AccessSettings.DEFAULT,
                    IdentitySettings.DEFAULT,
                    OwnChanges.TAB,
                    new SessionSettings(
                            Duration.ofMinutes(1),
                            PAUSE,
                            16 * 1024,
                            2,
                            20,
                            SessionSettings.DEFAULT.outbox(),
                            SessionSettings.DEFAULT.perUser(),
                            PAUSE,
                            SessionSettings.DEFAULT.arrivals()),
                    Door.Settings.of(Set.of(Browser.ORIGIN))),
            new CorePorts(
                    new MemoryJournal(JournalSettings.DEFAULT),
                    source,
                    new FakeOdoo(),
                    tokens::trust,
                    () -> Transfers.POLICY,
                    InstantSource.system()));

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void aTabThatWatchesNothingHearsTheOffsetOfWhatOthersSaved() {
        try (var bobur = Browser.open(bridge, 'b').hello(tokens.of(BOBUR, 1L))) {
            assertThat(bobur.heartbeat().path("offset").asLong(-1)).isZero();

            source.commit(Transfers.updated(Transfers.actor(AZIZ), 42, "{'name': 'TR-42'}", "name"));

            var heartbeat = bobur.heartbeat();
            while (heartbeat.path("offset").asLong(-1) == 0) {
                heartbeat = bobur.heartbeat();
            }
            assertThat(heartbeat.path("offset").asLong(-1)).isEqualTo(1);
            bobur.gotNothing();
        }
    }

    /** Its network is gone without a word: nothing it says arrives any more, and no end of the connection either. */
    @Test
    void aLinkThatIsHalfOpenIsCutAfterThreePausesWithoutASign() throws IOException {
        try (var gone = RawClient.upgraded(bridge.port())) {
            gone.hello(tokens.of(BOBUR, 1L));

            gone.awaitEnd();

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> bridge.core.sessions().isEmpty());
            assertThat(bridge.core.metrics().session().stalled()).isEqualTo(1);
        }
    }

    /** Three pauses without a sign of life end a session; the client's answers to the pings are signs. */
    @Test
    void aTabThatSaysNothingStaysConnected() {
        try (var bobur = Browser.open(bridge, 'b').hello(tokens.of(BOBUR, 1L))) {
            for (int i = 0; i < 4; i++) {
                bobur.heartbeat();
            }
            bobur.gotNothing();
        }
    }
}
