package io.amanat.bench.fanout;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Viewers who share a socket, against a bridge that answers on the lane on which it was asked. */
public class BrowserTest {
    private static final Load LOAD = new Load(4, 1, 1, 5, 5, 0, 2);

    private static final Event EVENT = new Event(1, 0);

    private final Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final Set<Session> sockets = ConcurrentHashMap.newKeySet();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** Says what a bridge would; a second lane that was not opened is not answered. */
    public final class Lanes implements Session.Listener.AutoDemanding {
        private final Set<String> open = ConcurrentHashMap.newKeySet();
        private @Nullable Session socket;
        private String token = "";

        @Override
        public void onWebSocketOpen(Session opened) {
            socket = opened;
            sockets.add(opened);
            open.add("1");
        }

        @Override
        public void onWebSocketText(String text) {
            var said = text.split(" ", 2);
            if (said[1].equals("open")) {
                open.add(said[0]);
                answer(said[0], "open");
            } else if (open.contains(said[0]) && said[1].contains("hello")) {
                token = said[1].replaceAll(".*token\":\"(\\w+).*", "$1");
                tokens.add(token);
                answer(said[0], "{\"type\":\"welcome\"}");
            } else if (open.contains(said[0])) {
                answer(said[0], "{\"type\":\"ok\",\"ref\":\"l\",\"feed\":1,\"offset\":0}");
                answer(said[0], """
                        {"type":"list_update","records":[{"id":1,"amount":1,"note":"%s"%s}]}""".formatted(EVENT.note(), more()));
            }
        }

        /** The second browser's user is of the managers. */
        private String more() {
            return token.equals("two") ? ",\"internal_note\":\"%s\"".formatted(EVENT.managersNote()) : "";
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            // The crowd hangs up without a farewell when the test ends.
        }

        private void answer(String lane, String text) {
            requireNonNull(socket).sendText(lane + " " + text, Callback.NOOP);
        }
    }

    @Test
    void theTabsOfOneBrowserShareASocketAndALogin() throws Exception {
        server.setHandler(WebSocketUpgradeHandler.from(
                server,
                container -> container.addMapping("/amanat.v1", (request, response, callback) -> {
                    response.setAcceptedSubProtocol("amanat.v1.shared");
                    return new Lanes();
                })));
        server.start();
        var url = URI.create(
                "ws://127.0.0.1:%d/amanat.v1".formatted(server.getURI().getPort()));
        try (var crowd = new Crowd(url, LOAD, List.of("one", "two"))) {
            crowd.awaitWatching();
            var tally = crowd.awaitSeen(1);

            assertThat(tally.delivered).isEqualTo(4);
            assertThat(crowd.missing(1)).isZero();
        }
        assertThat(sockets).hasSize(2);
        assertThat(tokens).containsExactlyInAnyOrder("one", "two");
    }
}
