package io.amanat.bridge.app;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser's tab, as far as the wire is concerned: a real websocket client that keeps every frame. */
final class Browser implements WebSocket.Listener, AutoCloseable {

    static final String ORIGIN = "http://odoo.test";
    private static final long PATIENCE = 30;

    final StringBuilder everything = new StringBuilder();
    private final String tab;
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> heartbeats = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private volatile boolean paused;
    private volatile boolean held;
    private final StringBuilder partial = new StringBuilder();

    private Browser(int port, String path, String tab, String protocol) {
        this.tab = tab;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", ORIGIN)
                .subprotocols(protocol)
                .connectTimeout(Duration.ofSeconds(PATIENCE))
                .buildAsync(URI.create("ws://127.0.0.1:%d%s".formatted(port, path)), this)
                .join();
    }

    /** A tab with this origin, of 32 times the same digit. */
    static Browser open(OneDatabase bridge, char digit) {
        return open(bridge.port(), digit);
    }

    static Browser open(int port, char digit) {
        return open(port, "/amanat.v1", digit);
    }

    /** A tab that comes to the database of this path. */
    static Browser open(int port, String path, char digit) {
        return new Browser(port, path, String.valueOf(digit).repeat(32), "amanat.v1");
    }

    static Browser open(OneDatabase bridge, char digit, String protocol) {
        return new Browser(bridge.port(), "/amanat.v1", String.valueOf(digit).repeat(32), protocol);
    }

    String tab() {
        return tab;
    }

    Browser send(String text) {
        socket.sendText(text.replace('\'', '"'), true).join();
        return this;
    }

    /** Sends what the other side may refuse to read to its end. */
    void trySend(String text) {
        socket.sendText(text.replace('\'', '"'), true)
                .exceptionally(refused -> socket)
                .join();
    }

    /** Sends what is not yet all of a message. */
    void trySendPiece(String text) {
        socket.sendText(text, false).exceptionally(refused -> socket).join();
    }

    Browser sendBinary(byte... bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
        return this;
    }

    Browser sendInPieces(String first, String second) {
        socket.sendText(first.replace('\'', '"'), false).join();
        socket.sendText(second.replace('\'', '"'), true).join();
        return this;
    }

    Browser hello(String token) {
        send("{'type':'hello','token':'%s','origin':'%s'}".formatted(token, tab));
        expect("welcome");
        return this;
    }

    /** Watches the list of transfers; returns the feed. */
    long watchTransfers(String ref) {
        send("{'type':'watch','ref':'%s','view':'list','model':'amanat.transfer'}".formatted(ref));
        return expect("ok").path("feed").asLong();
    }

    long watchTransfer(String ref, long id) {
        send("{'type':'watch','ref':'%s','view':'form','model':'amanat.transfer','id':%d}".formatted(ref, id));
        return expect("ok").path("feed").asLong();
    }

    /** The next frame, which must be of this type. */
    JsonNode expect(String type) {
        var frame = next();
        if (!frame.path("type").asString().equals(type)) {
            throw new AssertionError("expected %s but got %s".formatted(type, frame));
        }
        return frame;
    }

    JsonNode next() {
        return next(frames);
    }

    /** The next frame, if it is here. */
    Optional<JsonNode> poll() {
        return Optional.ofNullable(frames.poll());
    }

    /** The next heartbeat. */
    JsonNode heartbeat() {
        return next(heartbeats);
    }

    private static JsonNode next(BlockingQueue<JsonNode> queue) {
        try {
            var frame = queue.poll(PATIENCE, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("no frame came");
            }
            return frame;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next frame of this type; others before it are skipped. */
    JsonNode skipUntil(String type) {
        var frame = next();
        while (!frame.path("type").asString().equals(type)) {
            frame = next();
        }
        return frame;
    }

    /** Stops to read, after one more piece at most. */
    void pause() {
        paused = true;
    }

    /** Reads on. */
    void resume() {
        paused = false;
        await().until(() -> held);
        socket.request(1);
    }

    /** Proves that nothing was sent before now: the answer to a ping is the next frame. */
    Browser gotNothing() {
        send("{'type':'ping'}");
        expect("pong");
        return this;
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    /** How the connection ended: code and reason. */
    String end() {
        return closed.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            everything.append(partial).append('\n');
            keep(JsonMapper.shared().readTree(partial.toString()));
            partial.setLength(0);
        }
        held = paused;
        if (!paused) {
            from.request(1);
        }
        return null;
    }

    /** Heartbeats come when they like, so they are kept apart from what a test expects in order. */
    private void keep(JsonNode frame) {
        if (frame.path("type").asString().equals("heartbeat")) {
            heartbeats.add(frame);
        } else {
            frames.add(frame);
        }
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
}
