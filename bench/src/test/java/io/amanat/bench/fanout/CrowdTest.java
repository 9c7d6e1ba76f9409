package io.amanat.bench.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A crowd of viewers against a bridge that is right, or wrong in one way. */
class CrowdTest {
    private static final int EVENTS = 3;
    private static final Load LOAD = new Load(10, 1, 3, 10, 10, 0);

    private final List<Session> watching = Collections.synchronizedList(new ArrayList<>());
    private final Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void aBridgeThatTellsEveryEntitledViewerLosesNothing() throws Exception {
        try (var crowd = crowd(true)) {
            crowd.awaitWatching();
            tell(viewer -> LOAD.audienceOf(viewer).entitled());

            var tally = crowd.awaitSeen(EVENTS);

            assertThat(tally.delivered).isEqualTo(8 * EVENTS);
            assertThat(crowd.missing(EVENTS)).isZero();
            assertThat(tally.leaks).isZero();
        }
    }

    @Test
    void aBridgeThatTellsEverybodyLeaks() throws Exception {
        try (var crowd = crowd(true)) {
            crowd.awaitWatching();
            tell(viewer -> true);

            assertThat(crowd.awaitSeen(EVENTS).leaks).isEqualTo(2 * EVENTS);
        }
    }

    @Test
    void aBridgeThatRefusesAWatchEndsTheRunWithItsReason() throws Exception {
        try (var crowd = crowd(false)) {
            assertThatIllegalStateException()
                    .isThrownBy(crowd::awaitWatching)
                    .withMessageContaining("0 of 10 viewers watch")
                    .withMessageContaining("token_invalid");
        }
    }

    private Crowd crowd(boolean accepting) throws Exception {
        server.setHandler(WebSocketUpgradeHandler.from(
                server,
                container -> container.addMapping("/amanat.v1", (request, response, callback) -> {
                    response.setAcceptedSubProtocol("amanat.v1");
                    return new FakeBridge(accepting, watching);
                })));
        server.start();
        var url = URI.create(
                "ws://127.0.0.1:%d/amanat.v1".formatted(server.getURI().getPort()));
        List<String> tokens = new ArrayList<>();
        for (int viewer = 0; viewer < LOAD.clients(); viewer++) {
            tokens.add("" + viewer);
        }
        return new Crowd(url, LOAD, tokens);
    }

    private void tell(IntPredicate viewer) {
        for (int seq = 1; seq <= EVENTS; seq++) {
            var event = new Event(seq, 0);
            for (Session session : List.copyOf(watching)) {
                int number = FakeBridge.number(session);
                String managers = LOAD.audienceOf(number).manager()
                        ? ",\"internal_note\":\"%s\"".formatted(event.managersNote())
                        : "";
                if (viewer.test(number)) {
                    session.sendText("""
                            {"type":"list_update","records":[{"id":1,"amount":%d,"note":"%s"%s}]}""".formatted(seq, event.note(), managers), Callback.NOOP);
                }
            }
        }
    }
}
