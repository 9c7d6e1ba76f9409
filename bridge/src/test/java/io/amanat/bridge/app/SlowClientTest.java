package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.channel.ResetReason;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.bridge.journal.MemoryJournal;
import io.amanat.bridge.session.SessionSettings;
import io.amanat.bridge.websocket.Door;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A browser that stops reading: nobody waits for it, it costs little, and it is told to re-read or cut off. */
class SlowClientTest {

    private static final int CHANGES = 400;
    private static final String NOTE = "x".repeat(64_000);

    private final FakeSource source = new FakeSource();
    private final FakeOdoo odoo =
            new FakeOdoo().grant(7, "id", "display_name", "name").grant(8, "id", "display_name", "name");
    private final Tokens tokens = new Tokens();
    private OneDatabase bridge = start(Duration.ofMinutes(5));

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void whoDoesNotReadIsToldToReadAgainAndNobodyWaits() {
        try (var slow = Browser.open(bridge, 'a').hello(tokens.of(7, 1L));
                var quick = Browser.open(bridge, 'b').hello(tokens.of(8, 1L))) {
            long feed = slow.watchTransfers("list");
            quick.watchTransfers("list");
            slow.pause();

            for (int i = 1; i <= CHANGES; i++) {
                source.commit(Transfers.updated(Transfers.actor(9), i, "{'name': '%s'}".formatted(NOTE), "name"));
                quick.expect("list_update");
            }
            await().until(() -> bridge.core.metrics().channel().resets(ResetReason.OVERFLOW) > 0);
            assertThat(bridge.core.sessions())
                    .allSatisfy(it -> assertThat(it.waitingBytes()).isLessThan(1_000_000));

            slow.resume();
            var reset = slow.skipUntil("reset");
            assertThat(reset.path("feed").asLong()).isEqualTo(feed);
            assertThat(reset.path("reason").asString()).isEqualTo("overflow");
        }
    }

    @Test
    void whoNeverReadsIsCutOff() {
        bridge.close();
        bridge = start(Duration.ofSeconds(6));
        try (var slow = Browser.open(bridge, 'a').hello(tokens.of(7, 1L));
                var quick = Browser.open(bridge, 'b').hello(tokens.of(8, 1L))) {
            slow.watchTransfers("list");
            quick.watchTransfers("list");
            slow.pause();
            for (int i = 1; i <= CHANGES; i++) {
                source.commit(Transfers.updated(Transfers.actor(9), i, "{'name': '%s'}".formatted(NOTE), "name"));
                quick.expect("list_update");
            }

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> bridge.core.sessions().size() == 1);
            assertThat(bridge.core.metrics().session().stalled()).isEqualTo(1);
            quick.gotNothing();
        }
    }

    private OneDatabase start(Duration stalled) {
        var defaults = CoreSettings.of(Door.Settings.of(Set.of(Browser.ORIGIN)));
        var session = new SessionSettings(
                Duration.ofMinutes(1),
                Duration.ofSeconds(25),
                16 * 1024,
                100,
                50,
                new SessionSettings.Outbox(256 * 1024, Duration.ofMinutes(1), stalled),
                SessionSettings.DEFAULT.perUser(),
                Duration.ZERO,
                SessionSettings.DEFAULT.arrivals());
        return OneDatabase.start(
                new CoreSettings(
                        defaults.access(), defaults.identity(), defaults.ownChanges(), session, defaults.door()),
                new CorePorts(
                        new MemoryJournal(JournalSettings.DEFAULT),
                        source,
                        odoo,
                        tokens::trust,
                        () -> Transfers.POLICY,
                        InstantSource.system()));
    }
}
