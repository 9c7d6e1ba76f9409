package io.amanat.e2e.leak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.amanat.bench.wire.Listener;
import io.amanat.bench.wire.Socket;
import io.amanat.bench.wire.SocketLoop;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One user's browser without a screen: keeps what it is sent until somebody asks. Safe to share. */
final class Spectator implements Listener {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OPEN = 0;

    /** The reference in the answer to a renewed token. */
    static final String TOKEN = "token";

    private final SocketLoop loop;
    private final String token;
    private final String origin;
    private final Queue<JsonNode> received = new ConcurrentLinkedQueue<>();
    private final Queue<String> unsent = new ArrayDeque<>();
    private @Nullable Socket socket;
    private boolean welcome;
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile long beacon;
    private volatile int closed = OPEN;

    /** @param origin the tab's 32 hex digits */
    Spectator(SocketLoop loop, String token, String origin) {
        this.loop = loop;
        this.token = token;
        this.origin = origin;
    }

    void connect() {
        loop.open(this);
    }

    void watch(Collection<Watching> watches) {
        unanswered.addAndGet(watches.size());
        var frames = watches.stream().map(Watching::frame).toList();
        loop.execute(() -> {
            unsent.addAll(frames);
            sendAll();
        });
    }

    /** Goes on with another token of the same login session. */
    void renew(String fresh) {
        unanswered.incrementAndGet();
        var frame = JSON.writeValueAsString(Map.of("type", TOKEN, TOKEN, fresh));
        loop.execute(() -> {
            unsent.add(frame);
            sendAll();
        });
    }

    /** Whether every watch was answered, or the connection is gone. */
    boolean settled() {
        return unanswered.get() == 0 || closed();
    }

    /** The newest step of the beacon that was seen. */
    long beacon() {
        return beacon;
    }

    boolean closed() {
        return closed != OPEN;
    }

    /** How the bridge closed the connection; 0 while it is open. */
    int closeCode() {
        return closed;
    }

    /** What came since the last call, in order. */
    List<JsonNode> take() {
        var frames = new ArrayList<JsonNode>();
        for (var frame = received.poll(); frame != null; frame = received.poll()) {
            frames.add(frame);
        }
        return frames;
    }

    @Override
    public void opened(Socket opened) {
        socket = opened;
        opened.send(JSON.writeValueAsString(Map.of("type", "hello", TOKEN, token, "origin", origin)));
    }

    @Override
    public void text(Socket from, ByteBuffer payload, long micros) {
        var frame = JSON.readTree(UTF_8.decode(payload).toString());
        received.add(frame);
        switch (frame.path("type").asString()) {
            case "welcome" -> {
                welcome = true;
                sendAll();
            }
            case "ok", "error" -> unanswered.decrementAndGet();
            case "list_update" -> light(frame);
            default -> {}
        }
    }

    private void light(JsonNode frame) {
        if (frame.path("model").asString().equals("lab.beacon")) {
            beacon = Math.max(beacon, frame.path("records").path(0).path("step").asLong());
        }
    }

    private void sendAll() {
        if (welcome && socket != null) {
            for (var frame = unsent.poll(); frame != null; frame = unsent.poll()) {
                socket.send(frame);
            }
        }
    }

    @Override
    public void closed(int code, String reason) {
        closed = code;
    }
}
