package io.amanat.bridge.websocket;

import io.amanat.bridge.protocol.StreamText;
import io.amanat.bridge.session.Connection;
import io.amanat.bridge.session.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One session's wire where websockets are blocked: an answer that stays open, one frame a line. What its client says comes by
 * requests of their own, one at a time ({@link StreamSend}).
 */
final class StreamConnection implements Connection {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Ticket ticket;
    private final Exchange exchange;
    private final Streams streams;
    private final EndPoint wire;
    private final LineWriter lines;
    private final AtomicReference<@Nullable Seat> seat = new AtomicReference<>();
    private final AtomicReference<@Nullable StreamSend> sending = new AtomicReference<>();
    private final CompletableFuture<?> listening = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile String proven;

    /** What an open connection has. */
    private record Seat(Session session, Streams.Key key) {}

    /**
     * A connection whose place is taken.
     *
     * @param token of its {@code hello}
     */
    StreamConnection(Ticket ticket, Exchange exchange, Streams streams, String token) {
        this.ticket = ticket;
        this.exchange = exchange;
        this.streams = streams;
        this.proven = token;
        this.wire = exchange.request().getConnectionMetaData().getConnection().getEndPoint();
        this.lines = new LineWriter(exchange.response(), this::ended);
    }

    void open(String hello) {
        var door = ticket.door();
        wire.setIdleTimeout(door.limits().heartbeat().multipliedBy(4).toMillis());
        head();
        var key = streams.add(door, this);
        lines.add(utf8(StreamText.first(key.text())), sent -> {});
        var session = door.sessions().open(this);
        seat.set(new Seat(session, key));
        if (ended.get()) {
            leave();
            return;
        }
        lines.iterate();
        untilGone();
        session.receive(StreamText.hello(hello, proven), () -> listening.complete(null));
    }

    private void head() {
        var response = exchange.response();
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, "application/x-ndjson")
                .put(HttpHeader.CACHE_CONTROL, "no-store")
                .put(HttpHeader.CONNECTION, "close")
                .put("X-Accel-Buffering", "no")
                .put("X-Content-Type-Options", "nosniff");
    }

    /** The client has nothing more to say on this connection: what can be read is its end. */
    private void untilGone() {
        wire.tryFillInterested(Callback.from(this::heard, failure -> abort()));
    }

    private void heard() {
        try {
            if (wire.fill(ByteBuffer.allocate(64).limit(0)) < 0) {
                abort();
            } else {
                untilGone();
            }
        } catch (IOException e) {
            abort();
        }
    }

    @Override
    public void send(ByteBuffer text, boolean more, Done done) {
        lines.add(text, done);
        if (!more) {
            lines.iterate();
        }
    }

    /** An empty line, which the client answers by saying something, if only nothing. */
    @Override
    public void ping() {
        send(NOTHING, false, sent -> {});
    }

    @Override
    public void close(int code, String reason) {
        lines.end(utf8(StreamText.last(code)));
    }

    @Override
    public void abort() {
        var cause = new EofException("the client is gone");
        wire.close(cause);
        lines.abort(cause);
    }

    @Override
    public String address() {
        return ticket.address();
    }

    @Override
    public boolean fromPage() {
        return ticket.fromPage();
    }

    private void ended(Optional<Throwable> failure) {
        if (ended.compareAndSet(false, true)) {
            failure.ifPresentOrElse(exchange.callback()::failed, exchange.callback()::succeeded);
            leave();
        }
    }

    private void leave() {
        var mine = seat.getAndSet(null);
        if (mine != null) {
            streams.remove(mine.key());
            mine.session().closed();
            ticket.leave();
        }
        var unanswered = sending.getAndSet(null);
        if (unanswered != null) {
            unanswered.abandon();
        }
    }

    /** Lets this request say what it has to, unless another one still does; it gives way by {@link #said}. */
    boolean takes(StreamSend send) {
        return sending.compareAndSet(null, send);
    }

    /** Nobody hears what is said after the end: whoever took their turn at that moment is told so. */
    void leaveIfEnded() {
        if (ended.get()) {
            leave();
        }
    }

    /** Does this when the session is ready to hear, which a client may not wait for: the line with its key comes before. */
    void whenItHears(Runnable say) {
        var _ = listening.thenRun(say);
    }

    void said(StreamSend send) {
        sending.compareAndSet(send, null);
    }

    /** Whether this token is that of the session, or one of the same login; asks who has to be asked on another thread. */
    void prove(String token, Consumer<Optional<Session>> then) {
        var mine = seat.get();
        if (mine == null) {
            then.accept(Optional.empty());
        } else if (Streams.equal(proven, token)) {
            then.accept(Optional.of(mine.session()));
        } else {
            Thread.startVirtualThread(() -> {
                boolean same = mine.session().isOf(token);
                proven = same ? token : proven;
                then.accept(Optional.of(mine.session()).filter(it -> same));
            });
        }
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
