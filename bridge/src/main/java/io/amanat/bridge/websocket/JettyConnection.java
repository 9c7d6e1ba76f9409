package io.amanat.bridge.websocket;

import io.amanat.bridge.protocol.CloseCode;
import io.amanat.bridge.session.Connection;
import io.amanat.bridge.session.Session;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * One websocket, between Jetty and its session. Frames are read one at a time: the next is asked for when the session is ready,
 * so a client that sends faster than it is served waits in its own socket.
 */
final class JettyConnection implements FrameHandler, Connection {

    private final Ticket ticket;
    private final int most;
    private final Pieces message;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile @Nullable CoreSession jetty;
    private volatile boolean closing;
    private @Nullable Session session;

    /** A connection that takes its place when it is open: a handshake that is broken off takes none. */
    JettyConnection(Ticket ticket) {
        this.ticket = ticket;
        this.most = ticket.door().limits().frameBytes();
        this.message = new Pieces(most);
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        jetty = opened;
        opened.setIdleTimeout(ticket.door().limits().heartbeat().multipliedBy(4));
        callback.succeeded();
        if (ticket.enter()) {
            session = ticket.door().sessions().open(this);
            read(opened);
        } else {
            close(CloseCode.TOO_MANY.number(), "too many connections");
        }
    }

    /** Asks Jetty for one more frame, unless that was asked already. */
    private void read(CoreSession wire) {
        if (reading.compareAndSet(false, true)) {
            wire.demand();
        }
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        reading.set(false);
        var mine = session;
        var wire = jetty;
        if (mine == null || wire == null || (closing && frame.getOpCode() != OpCode.CLOSE)) {
            callback.succeeded();
            discard(wire);
            return;
        }
        switch (frame.getOpCode()) {
            case OpCode.TEXT, OpCode.CONTINUATION -> text(frame, callback, mine, wire);
            case OpCode.BINARY -> refuse(CloseCode.NOT_TEXT, "text frames only", callback);
            case OpCode.PING -> pong(frame, callback, mine, wire);
            case OpCode.PONG -> alive(callback, mine, wire);
            default -> callback.succeeded();
        }
    }

    /** Once we closed, everything is thrown away until the other side's close frame. */
    private void discard(@Nullable CoreSession wire) {
        if (wire != null) {
            read(wire);
        }
    }

    private void text(Frame frame, Callback callback, Session mine, CoreSession wire) {
        message.add(frame.getPayload());
        if (message.tooBig()) {
            refuse(CloseCode.TOO_BIG, "at most %d bytes a message".formatted(most), callback);
            return;
        }
        callback.succeeded();
        if (frame.isFin()) {
            complete(mine, wire);
        } else if (!Pieces.isCrumb(frame) || mine.alive()) {
            read(wire);
        }
    }

    private void complete(Session mine, CoreSession wire) {
        try {
            mine.receive(message.take(), () -> read(wire));
        } catch (CharacterCodingException e) {
            close(CloseCode.NOT_UTF8.number(), "not UTF-8");
        }
    }

    private void refuse(CloseCode code, String reason, Callback callback) {
        callback.succeeded();
        close(code.number(), reason);
    }

    private void pong(Frame ping, Callback callback, Session mine, CoreSession wire) {
        var payload = ByteBuffer.allocate(ping.getPayloadLength())
                .put(ping.getPayload().slice())
                .flip();
        callback.succeeded();
        if (mine.alive()) {
            wire.sendFrame(new Frame(OpCode.PONG, payload), Callback.from(() -> read(wire), failure -> {}), false);
        }
    }

    private void alive(Callback callback, Session mine, CoreSession wire) {
        callback.succeeded();
        if (mine.alive()) {
            read(wire);
        }
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        if (session != null) {
            session.closed();
            ticket.leave();
        }
        callback.succeeded();
    }

    @Override
    public void send(ByteBuffer text, boolean more, Done done) {
        var wire = jetty;
        if (wire == null) {
            done.done(false);
            return;
        }
        var frame = new Frame(OpCode.TEXT, text.duplicate());
        wire.sendFrame(frame, Callback.from(() -> done.done(true), failure -> done.done(false)), more);
    }

    @Override
    public void ping() {
        var wire = jetty;
        if (wire != null) {
            wire.sendFrame(new Frame(OpCode.PING), Callback.NOOP, false);
        }
    }

    @Override
    public void close(int code, String reason) {
        var wire = jetty;
        if (wire != null) {
            closing = true;
            wire.close(code, reason, Callback.from(() -> read(wire), failure -> wire.abort()));
        }
    }

    @Override
    public void abort() {
        var wire = jetty;
        if (wire != null) {
            wire.abort();
        }
    }

    @Override
    public String address() {
        return ticket.address();
    }

    @Override
    public boolean fromPage() {
        return ticket.fromPage();
    }
}
