package io.amanat.bridge.websocket;

import io.amanat.bridge.protocol.CloseCode;
import io.amanat.bridge.protocol.LaneText;
import io.amanat.bridge.session.Owner;
import io.amanat.bridge.session.TokenBucket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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
 * One websocket that the tabs of a browser share. Each tab has a lane, with a session of its own; the first lane is open from the
 * beginning, and the socket ends with its last one, so that every limit of sessions holds for it too. All of them are of one login.
 */
final class SharedSocket implements FrameHandler {

    /** What no session hears, at once: a browser brings back a hundred tabs, some of which go again at once. */
    private static final int MOST_UNHEARD = 4 * Lanes.MOST;

    /** Lanes whose sessions prove nothing, at once and in a second: to come by one costs less than a socket of its own. */
    private static final int MOST_UNPROVEN = 2 * Lanes.MOST;

    private static final int UNPROVEN_PER_SECOND = 5;

    /** What a lane says beyond its limit ends the lane, and beyond this the socket: four times the highest limit there can be. */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final Ticket ticket;
    private final int most;
    private final Pieces message;
    private final TokenBucket unheard;
    private final TokenBucket unproven = new TokenBucket(UNPROVEN_PER_SECOND, MOST_UNPROVEN, System.nanoTime());
    private final Lanes lanes = new Lanes();
    private final Owner owner = new Owner();
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile @Nullable CoreSession jetty;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile long lastMoved = System.nanoTime();
    private int newest;

    /** A socket whose first lane takes its place when it is open. */
    SharedSocket(Ticket ticket) {
        this.ticket = ticket;
        this.most = ticket.door().limits().frameBytes();
        this.message = new Pieces(LaneText.LONGEST_PREFIX + most);
        int perSecond = Math.max(Lanes.MOST, ticket.door().limits().messagesPerSecond());
        this.unheard = new TokenBucket(perSecond, Math.max(MOST_UNHEARD, 2 * perSecond), System.nanoTime());
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        jetty = opened;
        opened.setIdleTimeout(ticket.door().limits().heartbeat().multipliedBy(4));
        ticket.door().shared(1);
        callback.succeeded();
        if (!open(1, ticket)) {
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
                charge();
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
                charge();
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
                tooBig(LaneText.read(message.takeBeginning(LaneText.LONGEST_PREFIX + 1)));
            } else {
                hear(LaneText.read(message.take()));
            }
        } catch (CharacterCodingException e) {
            close(CloseCode.NOT_UTF8, "not UTF-8");
        }
    }

    private void tooBig(LaneText beginning) {
        if (beginning instanceof LaneText.Said said) {
            lane(said.lane()).ifPresent(it -> it.close(CloseCode.TOO_BIG.number(), limit()));
        } else {
            malformed();
        }
    }

    private String limit() {
        return "at most %d bytes a message".formatted(most);
    }

    private void hear(LaneText said) {
        switch (said) {
            case LaneText.Said(var number, var frame) -> lane(number).ifPresent(it -> it.hear(frame));
            case LaneText.Alive(var number) -> lane(number).ifPresent(Lane::alive);
            case LaneText.Open(var number) -> opens(number);
            case LaneText.Close(var number) -> lane(number).ifPresent(Lane::end);
            case LaneText.Malformed() -> malformed();
        }
    }

    private void malformed() {
        close(CloseCode.BAD_REQUEST, "no lane");
    }

    /** The lane of this number. One that was closed may still be spoken to by whoever does not know that yet; all others never were. */
    private Optional<Lane> lane(int number) {
        var lane = lanes.find(number);
        if (number > newest) {
            malformed();
        } else if (lane.isEmpty()) {
            charge();
        }
        return lane;
    }

    private void opens(int number) {
        charge();
        if (number <= newest) {
            malformed();
        } else if (!open(number, ticket.another())) {
            send(LaneText.closed(number, CloseCode.TOO_MANY.number(), "too many connections"));
        }
    }

    /** Whether there was a place. Nothing is said of a lane on a socket that ends just then: its end is told. */
    private boolean open(int number, Ticket seat) {
        newest = number;
        if (!lanes.hasRoom() || !seat.enter()) {
            return false;
        }
        var lane = new Lane(this, number, seat, owner.claim());
        if (!lanes.add(number, lane)) {
            seat.leave();
            return true;
        }
        if (number > 1) {
            send(LaneText.opened(number));
        }
        lane.open(seat.door().sessions());
        return true;
    }

    /** What no session hears is said by the socket, which may say as much as one. */
    private void charge() {
        if (!unheard.take(System.nanoTime())) {
            close(CloseCode.TOO_MANY, "too many messages");
        }
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
        charge();
        var wire = jetty;
        if (wire != null && !closing.get()) {
            wire.sendFrame(new Frame(OpCode.PONG, payload), Callback.NOOP, false);
        }
        read();
    }

    /** A lane is over whose tab has said something, and proven nothing. */
    void provedNothing() {
        if (!unproven.take(System.nanoTime())) {
            close(CloseCode.TOO_MANY, "too many lanes that prove nothing");
        }
    }

    /** Whether no other lane is open. */
    boolean hasOnly(Lane lane) {
        return lanes.hasOnly(lane);
    }

    /** This lane is over. */
    void left(int number, Ticket seat) {
        if (lanes.leave(number, seat)) {
            close(CloseCode.GOING_AWAY, "no lane is left");
        }
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

    private void send(String mark) {
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
    private void close(CloseCode code, String reason) {
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
            lanes.end().forEach(Lane::end);
        }
        callback.succeeded();
    }
}
