package io.amanat.connector.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.connector.odoo.OdooSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BusProbeTest {

    private static final Duration MOMENT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakeBus odoo = new FakeBus();
    private final OdooSession session = new OdooSession(odoo.odoo());
    private final BusProbe probe = new BusProbe(odoo.odoo(), WebSocketSettings.at(odoo.websocket()));

    @AfterEach
    void stop() {
        probe.close();
        session.close();
        odoo.close();
    }

    @Test
    void listeningAsTheServiceUserSucceeds() throws Exception {
        probe.listen(session, MOMENT);

        assertThat(odoo.subscribers.take().cookie()).isEqualTo("session_id=login1");
    }

    @Test
    void aRefusedUpgradeIsSaid() {
        odoo.upgradeStatus = 500;

        assertThatThrownBy(() -> probe.listen(session, MOMENT)).hasMessageContaining("use the evented port");
    }

    @Test
    void theServiceUsersChannelIsSeenOrMissed() {
        assertThat(probe.givesChannel(session)).isTrue();

        odoo.channels = "[[\"amanat\", \"broadcast\"]]";

        assertThat(probe.givesChannel(session)).isFalse();
    }

    @Test
    void aStrangerWhoHearsNothingIsFine() throws Exception {
        odoo.channels = "[[\"amanat\", \"broadcast\"]]";

        assertThat(probe.heardByAStranger(session, MOMENT)).isEmpty();
        assertThat(odoo.subscribers.take())
                .satisfies(stranger -> assertThat(stranger.cookie()).isEqualTo("null"))
                .satisfies(stranger -> assertThat(stranger.subscription()).contains("REALTIME_UPDATES"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"realtime_updates", "REALTIME_UPDATES", " realtime_updates", "ｒealtime_updates"})
    void aStrangerWhoIsSubscribedIsFound(String channel) throws Exception {
        odoo.channels = "[[\"amanat\", \"%s\"]]".formatted(channel);

        assertThat(probe.heardByAStranger(session, MOMENT))
                .hasValueSatisfying(found -> assertThat(found).startsWith("a channel"));
    }

    @Test
    void aStrangerWhoReceivesAMessageIsFound() throws Exception {
        odoo.channels = "[]";
        odoo.greeting = List.of(Samples.frame(Samples.created(5, 80, 1)));

        assertThat(probe.heardByAStranger(session, LONG)).contains("a message of realtime_updates");
    }
}
