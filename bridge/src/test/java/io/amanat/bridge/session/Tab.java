package io.amanat.bridge.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser's tab without a wire: what its session says comes at once. */
final class Tab implements Connection {

    private static final long PATIENCE = 30;

    private final String origin;
    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private volatile ByteBuffer bytes = ByteBuffer.allocate(0);
    private @Nullable Session session;

    private Tab(String origin) {
        this.origin = origin;
    }

    /** A tab with this origin, of 32 times the same digit. */
    static Tab open(Sessions sessions, char digit) {
        var tab = new Tab(String.valueOf(digit).repeat(32));
        tab.session = sessions.open(tab);
        return tab;
    }

    String origin() {
        return origin;
    }

    /** The very buffer in which the last frame came. */
    ByteBuffer bytes() {
        return bytes;
    }

    Tab say(String text) {
        var mine = session;
        if (mine != null) {
            mine.receive(text.replace('\'', '"'), () -> {});
        }
        return this;
    }

    /** Says hello; what is said in return is the next frame. */
    Tab greet(String token, String more) {
        return say("{'type':'hello','token':'%s','origin':'%s'%s}".formatted(token, origin, more));
    }

    Tab hello(String token) {
        greet(token, "").expect("welcome");
        return this;
    }

    /** The next frame, which must be of this type. */
    JsonNode expect(String type) {
        var frame = next();
        if (!frame.path("type").asString().equals(type)) {
            throw new AssertionError("expected %s but got %s".formatted(type, frame));
        }
        return frame;
    }

    /** The next frame of this type; others before it are skipped. */
    JsonNode skipTo(String type) {
        var frame = next();
        while (!frame.path("type").asString().equals(type)) {
            frame = next();
        }
        return frame;
    }

    /** The next frame, whatever it is. */
    JsonNode next() {
        try {
            var frame = frames.poll(PATIENCE, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("no frame came");
            }
            return frame;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How the connection ended: code and reason. Nothing may come before it any more. */
    String end() {
        var end = closed.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
        if (!frames.isEmpty()) {
            throw new AssertionError("got more: " + frames);
        }
        return end;
    }

    @Override
    public void send(ByteBuffer text, boolean more, Done done) {
        var frame = JsonMapper.shared()
                .readTree(StandardCharsets.UTF_8.decode(text.duplicate()).toString());
        if (!frame.path("type").asString().equals("heartbeat")) {
            bytes = text;
            frames.add(frame);
        }
        done.done(true);
    }

    @Override
    public void ping() {}

    @Override
    public void close(int code, String reason) {
        closed.complete(code + " " + reason);
        gone();
    }

    /** The wire is gone. */
    void gone() {
        var mine = session;
        if (mine != null) {
            mine.closed();
        }
    }

    @Override
    public void abort() {
        closed.complete("abort");
    }

    @Override
    public String address() {
        return "test";
    }
}
