package io.amanat.bridge.websocket;

import io.amanat.bridge.protocol.CloseCode;
import io.amanat.bridge.protocol.LaneText;
import io.amanat.bridge.session.Connection;
import io.amanat.bridge.session.Owner;
import io.amanat.bridge.session.Session;
import io.amanat.bridge.session.Sessions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One tab's part of a {@link SharedSocket}: to its session it is a connection like any other. What its tab says while the session is
 * not ready waits here, so that other tabs need not.
 */
final class Lane implements Connection {

    private final SharedSocket socket;
    private final int number;
    private final Ticket ticket;
    private final byte[] prefix;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final AtomicInteger leaving = new AtomicInteger();
    private volatile @Nullable Session session;
    private boolean busy;
    private boolean over;

    /** A lane whose place is taken. */
    Lane(SharedSocket socket, int number, Ticket ticket) {
        this.socket = socket;
        this.number = number;
        this.ticket = ticket;
        this.prefix = LaneText.prefix(number).getBytes(StandardCharsets.US_ASCII);
    }

    void open(Sessions sessions) {
        var opened = sessions.open(this);
        boolean late;
        synchronized (this) {
            session = opened;
            late = over;
        }
        if (late) {
            opened.closed();
        }
    }

    /** The tab lives. */
    void alive() {
        var mine = session;
        if (mine != null) {
            mine.alive();
        }
    }

    /** The tab says something. */
    void hear(String frame) {
        synchronized (this) {
            if (over || busy) {
                keep(frame);
                return;
            }
            busy = true;
        }
        tell(frame);
    }

    private void keep(String frame) {
        if (!over) {
            waiting.add(frame);
            socket.waits(1);
        }
    }

    private void tell(String frame) {
        var mine = session;
        if (mine != null) {
            mine.receive(frame, this::ready);
        }
    }

    private void ready() {
        String next;
        synchronized (this) {
            next = waiting.poll();
            busy = next != null;
        }
        if (next != null) {
            socket.waits(-1);
            tell(next);
        }
    }

    @Override
    public void send(ByteBuffer text, boolean more, Done done) {
        leaving.incrementAndGet();
        var whole = ByteBuffer.allocate(prefix.length + text.remaining())
                .put(prefix)
                .put(text.duplicate())
                .flip();
        socket.send(whole, more, Callback.from(() -> left(done, true), failure -> left(done, false)));
    }

    private void left(Done done, boolean sent) {
        leaving.decrementAndGet();
        if (sent) {
            socket.moved();
        } else {
            socket.abort();
        }
        done.done(sent);
    }

    @Override
    public void ping() {
        socket.send(utf8(LaneText.ping(number)), false, Callback.NOOP);
    }

    @Override
    public void close(int code, String reason) {
        socket.send(utf8(LaneText.closed(number, code, reason)), false, Callback.NOOP);
        end();
    }

    /** Ends the socket with it where the socket is at fault: it takes nothing, or there is nobody else at its other end. */
    @Override
    public void abort() {
        if ((leaving.get() > 0 && !moves()) || socket.hasOnly(this)) {
            socket.abort();
        } else {
            close(CloseCode.GOING_AWAY.number(), "no sign of life");
        }
    }

    /** It is over, whoever ended it; once. */
    void end() {
        int dropped;
        @Nullable Session mine;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            mine = session;
            dropped = waiting.size();
            waiting.clear();
        }
        if (mine != null) {
            Thread.startVirtualThread(
                    mine::closed); // it waits for its shard, and this may be the thread of another one
        }
        socket.left(number, ticket);
        socket.waits(-dropped);
    }

    @Override
    public boolean moves() {
        return socket.moves();
    }

    @Override
    public Optional<Owner> owner() {
        return Optional.of(socket.owner());
    }

    @Override
    public String address() {
        return ticket.address();
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
