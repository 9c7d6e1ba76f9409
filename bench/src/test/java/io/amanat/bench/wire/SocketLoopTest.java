package io.amanat.bench.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketLoopTest {
    private final Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws Exception {
        var upgrade = WebSocketUpgradeHandler.from(server, container -> {
            container.setMaxTextMessageSize(1 << 20);
            container.setMaxFrameSize(1 << 20);
            container.setAutoFragment(false);
            container.addMapping("/amanat.v1", (request, response, callback) -> {
                response.setAcceptedSubProtocol("amanat.v1");
                return new Echo();
            });
        });
        server.setHandler(upgrade);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void framesOfEveryLengthComeBackWhole() throws Exception {
        List<String> texts =
                List.of("", "salom", "Азиз", "a".repeat(125), "b".repeat(126), "c".repeat(65_535), "d".repeat(70_000));
        try (var loop = loop("/amanat.v1")) {
            loop.open(new Recorder(texts));

            for (String text : texts) {
                assertThat(next()).isEqualTo(text);
            }
        }
    }

    @Test
    void manyConnectionsAreHeldByOneThread() throws Exception {
        int many = 500;
        try (var loop = loop("/amanat.v1")) {
            for (int i = 0; i < many; i++) {
                loop.open(new Recorder(List.of("hello " + i)));
            }
            List<String> all = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                all.add(next());
            }
            assertThat(all).doesNotHaveDuplicates().allMatch(text -> text.startsWith("hello "));
        }
    }

    @Test
    void aRefusedUpgradeIsToldWithItsStatus() throws Exception {
        try (var loop = loop("/elsewhere")) {
            loop.open(new Recorder(List.of()));

            assertThat(next()).isEqualTo("closed 1006 the server answered HTTP 404 instead of upgrading");
        }
    }

    @Test
    void theServersCloseCodeAndReasonAreTold() throws Exception {
        try (var loop = loop("/amanat.v1")) {
            loop.open(new Recorder(List.of("close me")));

            assertThat(next()).isEqualTo("closed 4001 session_expired");
        }
    }

    @Test
    void aPingOfTheServerIsAnswered() throws Exception {
        try (var loop = loop("/amanat.v1")) {
            loop.open(new Recorder(List.of("ping me")));

            assertThat(next()).isEqualTo("pong received");
        }
    }

    private SocketLoop loop(String path) {
        return new SocketLoop(
                URI.create("ws://127.0.0.1:%d%s".formatted(server.getURI().getPort(), path)),
                "http://localhost",
                "amanat.v1");
    }

    private @Nullable String next() throws InterruptedException {
        return heard.poll(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
    }

    private final class Recorder implements Listener {
        private final List<String> texts;

        Recorder(List<String> texts) {
            this.texts = texts;
        }

        @Override
        public void opened(Socket socket) {
            texts.forEach(socket::send);
        }

        @Override
        public void text(Socket socket, ByteBuffer payload, long micros) {
            heard.add(UTF_8.decode(payload).toString());
        }

        @Override
        public void closed(int code, String reason) {
            if (code != 1000) {
                heard.add("closed %d %s".formatted(code, reason));
            }
        }
    }

    /** The other side: a real Jetty. */
    public static final class Echo implements Session.Listener.AutoDemanding {
        private @Nullable Session session;

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
        }

        @Override
        public void onWebSocketText(String text) {
            Session to = Objects.requireNonNull(session);
            switch (text) {
                case "close me" -> to.close(4001, "session_expired", Callback.NOOP);
                case "ping me" -> to.sendPing(ByteBuffer.wrap(new byte[] {1, 2}), Callback.NOOP);
                default -> to.sendText(text, Callback.NOOP);
            }
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            // The loop hangs up without a farewell when a test ends.
        }

        @Override
        public void onWebSocketPong(ByteBuffer payload) {
            Objects.requireNonNull(session).sendText("pong received", Callback.NOOP);
        }
    }
}
