package io.amanat.bridge.websocket;

import io.amanat.bridge.protocol.CloseCode;
import io.amanat.bridge.protocol.LaneText;
import io.amanat.bridge.session.Owner;
import io.amanat.bridge.session.TokenBucket;
import java.util.Optional;

/**
 * The tabs at the other end of a {@link SharedSocket}: opens and closes their lanes, hands each what it is told, and ends the socket
 * when what none of them may say is said too often. Messages come on one thread.
 */
final class Tabs {

    /** What no session hears, at once: a browser brings back a hundred tabs, some of which go again at once. */
    private static final int MOST_UNHEARD = 4 * Lanes.MOST;

    /** Lanes whose sessions prove nothing, at once and in a second: to come by one costs less than a socket of its own. */
    private static final int MOST_UNPROVEN = 2 * Lanes.MOST;

    private static final int UNPROVEN_PER_SECOND = 5;

    private final SharedSocket socket;
    private final Ticket ticket;
    private final TokenBucket unheard;
    private final TokenBucket unproven = new TokenBucket(UNPROVEN_PER_SECOND, MOST_UNPROVEN, System.nanoTime());
    private final Lanes lanes = new Lanes();
    private final Owner owner = new Owner();
    private int newest;

    /** @param ticket for the first of them */
    Tabs(SharedSocket socket, Ticket ticket) {
        this.socket = socket;
        this.ticket = ticket;
        int perSecond = Math.max(Lanes.MOST, ticket.door().limits().messagesPerSecond());
        this.unheard = new TokenBucket(perSecond, Math.max(MOST_UNHEARD, 2 * perSecond), System.nanoTime());
    }

    /** Whether there is a place for the first one, whose lane is open from now on. */
    boolean begin() {
        return open(1, ticket);
    }

    /** This was said. */
    void hear(LaneText said) {
        switch (said) {
            case LaneText.Said(var number, var frame) -> lane(number).ifPresent(it -> it.hear(frame));
            case LaneText.Alive(var number) -> lane(number).ifPresent(Lane::alive);
            case LaneText.Open(var number) -> opens(number);
            case LaneText.Close(var number) -> lane(number).ifPresent(Lane::end);
            case LaneText.Malformed() -> malformed();
        }
    }

    /** A message that is too big began like this. */
    void tooBig(LaneText beginning, String limit) {
        if (beginning instanceof LaneText.Said said) {
            lane(said.lane()).ifPresent(it -> it.close(CloseCode.TOO_BIG.number(), limit));
        } else {
            malformed();
        }
    }

    private void malformed() {
        socket.close(CloseCode.BAD_REQUEST, "no lane");
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
            socket.send(LaneText.closed(number, CloseCode.TOO_MANY.number(), "too many connections"));
        }
    }

    /** Whether there was a place. Nothing is said of a lane on a socket that ends just then: its end is told. */
    private boolean open(int number, Ticket seat) {
        newest = number;
        if (!lanes.hasRoom() || !seat.enter()) {
            return false;
        }
        var lane = new Lane(socket, this, number, seat, owner.claim());
        if (!lanes.add(number, lane)) {
            seat.leave();
            return true;
        }
        if (number > 1) {
            socket.send(LaneText.opened(number));
        }
        lane.open(seat.door().sessions());
        return true;
    }

    /** Something was said that no session hears. */
    void charge() {
        if (!unheard.take(System.nanoTime())) {
            socket.close(CloseCode.TOO_MANY, "too many messages");
        }
    }

    /** A lane is over whose tab has said something, and proven nothing. */
    void provedNothing() {
        if (!unproven.take(System.nanoTime())) {
            socket.close(CloseCode.TOO_MANY, "too many lanes that prove nothing");
        }
    }

    /** Whether no other lane is open. */
    boolean hasOnly(Lane lane) {
        return lanes.hasOnly(lane);
    }

    /** This lane is over. */
    void left(int number, Ticket seat) {
        if (lanes.leave(number, seat)) {
            socket.close(CloseCode.GOING_AWAY, "no lane is left");
        }
    }

    /** The socket is gone, and all of them with it. */
    void end() {
        lanes.end().forEach(Lane::end);
    }
}
