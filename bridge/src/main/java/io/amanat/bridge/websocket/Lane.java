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

    /** About what the kernel would keep for a socket of its own, in characters, beside the one message that is too much. */
    private static final int MOST_WAITING = 64 * 1024;

    /** What a message costs that is empty. */
    private static final int EACH = 64;

    /** From here on close codes say what the client did. */
    private static final int FAULT = CloseCode.BAD_REQUEST.number();

    private final SharedSocket socket;
    private final Tabs tabs;
    private final int number;
    private final Ticket ticket;
    private final Owner.Claim claim;
    private final byte[] prefix;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final AtomicInteger leaving = new AtomicInteger();
    private volatile @Nullable Session session;
    private int waitingSize;
    private boolean spoken;
    private boolean busy;
    private boolean telling;
    private boolean deaf;
    private boolean over;

    /**
     * A lane whose place is taken.
     *
     * @param claim to be proven by its session
     */
    Lane(SharedSocket socket, Tabs tabs, int number, Ticket ticket, Owner.Claim claim) {
        this.socket = socket;
        this.tabs = tabs;
        this.number = number;
        this.ticket = ticket;
        this.claim = claim;
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

    /** The tab says something. It waits as long as the session is not ready, as it would in a socket of its own. */
    void hear(String frame) {
        switch (hearing(frame)) {
            case NOW -> tell(frame);
            case TOO_MUCH -> overrun();
            case LATER, NEVER -> {}
        }
    }

    private enum Hearing {
        NOW,
        LATER,
        TOO_MUCH,
        NEVER
    }

    private synchronized Hearing hearing(String frame) {
        if (over || deaf) {
            return Hearing.NEVER;
        }
        spoken = true;
        if (!busy && !telling) {
            busy = true;
            telling = true;
            return Hearing.NOW;
        }
        waiting.add(frame);
        waitingSize += EACH + frame.length();
        if (waitingSize <= MOST_WAITING + ticket.door().limits().frameBytes()) {
            return Hearing.LATER;
        }
        deaf = true;
        waiting.clear();
        return Hearing.TOO_MUCH;
    }

    private void overrun() {
        var mine = session;
        if (mine != null) {
            mine.overrun();
        }
    }

    /** One after the other, however many wait and however soon the session is ready again. */
    private void tell(String first) {
        var mine = session;
        for (var next = Optional.of(first); mine != null && next.isPresent(); next = told()) {
            mine.receive(next.get(), this::ready);
        }
    }

    /** The session took one; the next, if it is ready for it already. */
    private synchronized Optional<String> told() {
        telling = false;
        return busy ? Optional.empty() : next();
    }

    private void ready() {
        Optional<String> next;
        synchronized (this) {
            busy = false;
            next = telling ? Optional.empty() : next();
        }
        next.ifPresent(this::tell);
    }

    private Optional<String> next() {
        var next = Optional.ofNullable(waiting.poll());
        busy = next.isPresent();
        telling = busy;
        waitingSize -= next.map(frame -> EACH + frame.length()).orElse(0);
        return next;
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
        end(code >= FAULT);
    }

    /** Ends the socket with it where the socket is at fault: it takes nothing, or there is nobody else at its other end. */
    @Override
    public void abort() {
        if ((leaving.get() > 0 && !moves()) || tabs.hasOnly(this)) {
            socket.abort();
        } else {
            close(CloseCode.GOING_AWAY.number(), "no sign of life");
        }
    }

    /** It is over: the tab has gone, or the socket. */
    void end() {
        end(true);
    }

    /** Once, whoever ends it. */
    private void end(boolean mayBeBlamed) {
        @Nullable Session mine;
        boolean idle;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            mine = session;
            idle = spoken && !claim.isProven();
            waiting.clear();
        }
        if (mine != null) {
            Thread.startVirtualThread(
                    mine::closed); // it waits for its shard, and this may be the thread of another one
        }
        tabs.left(number, ticket);
        if (idle && mayBeBlamed) {
            tabs.provedNothing();
        }
    }

    @Override
    public boolean moves() {
        return socket.moves();
    }

    @Override
    public Optional<Owner.Claim> claim() {
        return Optional.of(claim);
    }

    @Override
    public String address() {
        return ticket.address();
    }

    @Override
    public boolean fromPage() {
        return ticket.fromPage();
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
