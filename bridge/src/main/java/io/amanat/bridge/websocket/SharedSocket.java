package io.amanat.bridge.websocket;

import io.amanat.bridge.protocol.CloseCode;
import io.amanat.bridge.protocol.LaneText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * One websocket that the {@link Tabs} of a browser share. Each tab has a lane, with a session of its own; the first lane is open from
 * the beginning, and the socket ends with its last one, so that every limit of sessions holds for it too. All of them are of one login.
 */
final class SharedSocket implements FrameHandler {

    /** What a lane says beyond its limit ends the lane, and beyond this the socket: four times the highest limit there can be. */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final Ticket ticket;
    private final int most;
    private final Pieces message;
    private final Tabs tabs;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile @Nullable CoreSession jetty;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile long lastMoved = System.nanoTime();

    /** A socket whose first lane takes its place when it is open. */
    SharedSocket(Ticket ticket) {
        this.ticket = ticket;
        this.most = ticket.door().limits().frameBytes();
        this.message = new Pieces(LaneText.LONGEST_PREFIX + most);
        this.tabs = new Tabs(this, ticket);
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        jetty = opened;
        opened.setIdleTimeout(ticket.door().limits().heartbeat().multipliedBy(4));
        ticket.door().shared(1);
        callback.succeeded();
        if (!tabs.begin()) {
            close(CloseCode.TOO_MANY, "too many connections");
        }
        read();
    }

    /** Asks Jetty for one more frame, unless that was asked already. */
    private void read() {
        var wire = jetty;
        if (wire != null && reading.compareAndSet(false, true)) {
            wire.demand();
        }
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        reading.set(false);
        switch (frame.getOpCode()) {
            case OpCode.CLOSE -> callback.succeeded();
            case OpCode.TEXT, OpCode.CONTINUATION -> text(frame, callback);
            case OpCode.BINARY -> refuse(CloseCode.NOT_TEXT, "text frames only", callback);
            case OpCode.PING -> pong(frame, callback);
            default -> {
                tabs.charge();
                callback.succeeded();
                read();
            }
        }
    }

    private void text(Frame frame, Callback callback) {
        if (closing.get()) {
            callback.succeeded();
        } else {
            if (Pieces.isCrumb(frame)) {
                tabs.charge();
            }
            message.add(frame.getPayload());
            callback.succeeded();
            if (message.size() > MOST_BYTES) {
                close(CloseCode.TOO_BIG, limit());
            } else if (frame.isFin()) {
                complete();
            }
        }
        read();
    }

    private void complete() {
        try {
            if (message.tooBig()) {
                tabs.tooBig(LaneText.read(message.takeBeginning(LaneText.LONGEST_PREFIX + 1)), limit());
            } else {
                tabs.hear(LaneText.read(message.take()));
            }
        } catch (CharacterCodingException e) {
            close(CloseCode.NOT_UTF8, "not UTF-8");
        }
    }

    private String limit() {
        return "at most %d bytes a message".formatted(most);
    }

    private void refuse(CloseCode code, String reason, Callback callback) {
        callback.succeeded();
        close(code, reason);
        read();
    }

    private void pong(Frame ping, Callback callback) {
        var payload = ByteBuffer.allocate(ping.getPayloadLength())
                .put(ping.getPayload().slice())
                .flip();
        callback.succeeded();
        tabs.charge();
        var wire = jetty;
        if (wire != null && !closing.get()) {
            wire.sendFrame(new Frame(OpCode.PONG, payload), Callback.NOOP, false);
        }
        read();
    }

    /** Something that a session said has left. */
    void moved() {
        lastMoved = System.nanoTime();
    }

    /** Whether anything has lately: over a slow network the lanes wait for each other. */
    boolean moves() {
        return System.nanoTime() - lastMoved
                < ticket.door().limits().outbox().stalled().toNanos();
    }

    void send(String mark) {
        send(ByteBuffer.wrap(mark.getBytes(StandardCharsets.US_ASCII)), false, Callback.NOOP);
    }

    void send(ByteBuffer text, boolean more, Callback done) {
        var wire = jetty;
        if (wire == null) {
            done.failed(new IllegalStateException("not open"));
        } else {
            wire.sendFrame(new Frame(OpCode.TEXT, text), done, more);
        }
    }

    /** Says so, and waits no longer for the answer than for anything else. */
    void close(CloseCode code, String reason) {
        var wire = jetty;
        if (wire != null && closing.compareAndSet(false, true)) {
            wire.close(code.number(), reason, Callback.from(this::read, failure -> wire.abort()));
            var patience = ticket.door().limits().outbox().stalled();
            CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(wire::abort);
        }
    }

    /** Ends at once, unless it ends anyway: then what is said last has still to leave, and who says more is not heard. */
    void abort() {
        var wire = jetty;
        if (wire != null && !closing.get()) {
            wire.abort();
        }
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        if (jetty != null) {
            closing.set(true);
            ticket.door().shared(-1);
            tabs.end();
        }
        callback.succeeded();
    }
}
