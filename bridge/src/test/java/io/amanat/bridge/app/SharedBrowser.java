package io.amanat.bridge.app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser whose tabs share one socket, as far as the wire is concerned: every message is kept by the lane it came on. */
final class SharedBrowser implements WebSocket.Listener, AutoCloseable {

    private static final long PATIENCE = 30;

    private final WebSocket socket;
    private final Map<Integer, BlockingQueue<String>> lanes = new ConcurrentHashMap<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile boolean alive = true;
    private volatile boolean paused;

    private SharedBrowser(int port) {
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", Browser.ORIGIN)
                .subprotocols("amanat.v1.shared", "amanat.v1")
                .connectTimeout(Duration.ofSeconds(PATIENCE))
                .buildAsync(URI.create("ws://127.0.0.1:%d/amanat.v1".formatted(port)), this)
                .join();
    }

    static SharedBrowser open(OneDatabase bridge) {
        return new SharedBrowser(bridge.port());
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    /** The tab of this lane; its origin is made of the lane's number. */
    Tab tab(int lane) {
        return new Tab(lane);
    }

    /** Opens a further lane. */
    Tab another(int lane) {
        say(lane + " open");
        var tab = tab(lane);
        tab.heard("open");
        return tab;
    }

    SharedBrowser say(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    /** Says what the other side may refuse to hear. */
    void trySay(String message, boolean last) {
        socket.sendText(message, last).exceptionally(refused -> socket).join();
    }

    /** Says it in as many pieces as there are. */
    void sayInPieces(String... pieces) {
        for (int i = 0; i < pieces.length; i++) {
            socket.sendText(pieces[i], i == pieces.length - 1).join();
        }
    }

    void sayBinary() {
        socket.sendBinary(ByteBuffer.allocate(1), true).join();
    }

    /** From now on nobody answers when the bridge asks for a sign of life on this lane. */
    void forget() {
        alive = false;
    }

    /** Reads no more, but for one more piece at most. */
    void pause() {
        paused = true;
    }

    /** How the socket ended: code and reason. */
    String end() {
        return closed.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            keep(partial.toString());
            partial.setLength(0);
        }
        if (!paused) {
            from.request(1);
        }
        return null;
    }

    private void keep(String message) {
        var parts = message.split(" ", 2);
        int lane = Integer.parseInt(parts[0]);
        if (parts[1].isEmpty()) {
            answer(lane);
        } else if (!parts[1].contains("\"heartbeat\"")) {
            lane(lane).add(parts[1]);
        }
    }

    /** Only the second lane's tab can be made to forget it. */
    private void answer(int lane) {
        if (alive || lane != 2) {
            var _ = socket.sendText(lane + " ", true);
        }
    }

    private BlockingQueue<String> lane(int number) {
        return lanes.computeIfAbsent(number, it -> new LinkedBlockingQueue<>());
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete("error " + error);
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** One tab and its lane. */
    final class Tab {

        private final int lane;

        private Tab(int lane) {
            this.lane = lane;
        }

        /** Whether the other side has ended the lane. */
        boolean hasEnded() {
            return lane(lane).stream().anyMatch(it -> it.startsWith("close "));
        }

        /** Opens the lane, and proves nothing on it. */
        void comeAsStranger() {
            trySay(lane + " open", true);
            trySay("%d {\"type\":\"hello\",\"token\":\"forged\",\"origin\":\"%s\"}".formatted(lane, origin()), true);
        }

        String origin() {
            return String.valueOf((char) ('a' + lane % 6)).repeat(32);
        }

        Tab send(String frame) {
            say(lane + " " + frame.replace('\'', '"'));
            return this;
        }

        Tab hello(String token) {
            send("{'type':'hello','token':'%s','origin':'%s'}".formatted(token, origin()));
            expect("welcome");
            return this;
        }

        long watchTransfers(String ref) {
            send("{'type':'watch','ref':'%s','view':'list','model':'amanat.transfer'}".formatted(ref));
            return expect("ok").path("feed").asLong();
        }

        /** The next frame, which must be of this type. */
        JsonNode expect(String type) {
            var frame = JsonMapper.shared().readTree(next());
            if (!frame.path("type").asString().equals(type)) {
                throw new AssertionError("expected %s but got %s".formatted(type, frame));
            }
            return frame;
        }

        /** The next message on this lane, which must be just that. */
        void heard(String message) {
            var next = next();
            if (!next.equals(message)) {
                throw new AssertionError("expected %s but got %s".formatted(message, next));
            }
        }

        /** How the lane ended: code and reason; what was said on it before is skipped. */
        String end() {
            var next = next();
            while (!next.startsWith("close ")) {
                next = next();
            }
            return next.substring("close ".length());
        }

        /** Proves that nothing was sent before now: the answer to a ping is the next frame. */
        void gotNothing() {
            send("{'type':'ping'}");
            expect("pong");
        }

        private String next() {
            try {
                return Optional.ofNullable(lane(lane).poll(PATIENCE, TimeUnit.SECONDS))
                        .orElseThrow(() -> new AssertionError("nothing came"));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
