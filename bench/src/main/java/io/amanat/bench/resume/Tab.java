package io.amanat.bench.resume;

import io.amanat.bench.fanout.Audience;
import io.amanat.bench.fanout.Event;
import io.amanat.bench.fanout.Logins;
import io.amanat.bench.fanout.Received;
import io.amanat.bench.wire.Listener;
import io.amanat.bench.wire.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One browser tab's stand-in: watches the list, comes back as {@code client/src/connection.js} does, and checks what it is told.
 * Its token is kept while it is fresh, and renewed before it ends. Used on the loop's thread.
 */
final class Tab {
    private static final int STEP_MS = 30_000;
    private static final int SESSION_EXPIRED = 4001;
    private static final int TOO_MANY = 4029;

    private final Street street;
    private final Audience audience;
    private final String origin;
    private final Standing standing = new Standing();
    private final Seen seen = new Seen();
    private Logins.Grant grant;
    private Optional<Attempt> attempt = Optional.empty();
    private Optional<JsonNode> bye = Optional.empty();
    private int failures;
    private long watchSent;
    private long hintMillis;
    private boolean live;
    private boolean before;

    /** @param origin the tab's 32 hex digits */
    Tab(Street street, Audience audience, String origin, Logins.Grant grant) {
        this.street = street;
        this.audience = audience;
        this.origin = origin;
        this.grant = grant;
    }

    /** Of how many records it lacks the newest state. */
    int missing(int last) {
        return audience.entitled() ? seen.missing(last) : 0;
    }

    /** Connects. */
    void come() {
        var mine = new Attempt();
        attempt = Optional.of(mine);
        street.tally().now.attempted();
        street.open(mine);
        street.later(STEP_MS, () -> {
            if (mine.isCurrent() && !mine.welcomed) {
                lost(0);
            }
        });
    }

    /** Connects after the pause of a browser that has lost its connection. */
    void comeBack() {
        street.later(BackOff.after(failures++, street.random()), this::come);
    }

    /** Loses its connection and does not come back by itself. */
    void leave() {
        drop();
        hintMillis = 0;
    }

    private void drop() {
        var before = attempt;
        attempt = Optional.empty();
        bye = Optional.empty();
        standing.lost();
        if (live) {
            live = false;
            street.tally().live--;
        }
        before.flatMap(it -> it.socket).ifPresent(Socket::close);
    }

    private void lost(long pause) {
        drop();
        street.later(pause + BackOff.after(pause > 0 ? 0 : failures++, street.random()), this::come);
    }

    void renewed(Logins.Grant newer) {
        grant = newer;
        attempt.filter(it -> it.welcomed)
                .flatMap(it -> it.socket)
                .ifPresent(it -> it.send("{\"type\":\"token\",\"token\":\"%s\"}".formatted(newer.token())));
    }

    /** One connection of it; what an older one still says is not heard. */
    private final class Attempt implements Listener {
        private Optional<Socket> socket = Optional.empty();
        private boolean welcomed;

        boolean isCurrent() {
            return attempt.filter(it -> it == this).isPresent();
        }

        @Override
        public void opened(Socket opened) {
            socket = Optional.of(opened);
            if (isCurrent()) {
                opened.send("{\"type\":\"hello\",\"token\":\"%s\",\"origin\":\"%s\"%s}"
                        .formatted(grant.token(), origin, standing.helloMember()));
            } else {
                opened.close();
            }
        }

        @Override
        public void text(Socket from, ByteBuffer payload, long micros) {
            if (isCurrent() && hear(street.parse(payload)).equals("welcome")) {
                welcomed = true;
                from.send("{\"type\":\"watch\",\"ref\":\"l\",\"view\":\"list\",\"model\":\"amanat.transfer\"%s}"
                        .formatted(standing.watchMember()));
            }
        }

        @Override
        public void closed(int code, String reason) {
            if (isCurrent()) {
                ended(code);
            }
        }
    }

    /** Takes one frame in and says its type. */
    String hear(Received frame) {
        judge(frame);
        var json = frame.json();
        switch (frame.type()) {
            case "welcome" -> welcomed(json);
            case "ok" -> opened(json);
            case "resumed" -> resumed(json);
            case "reset" -> reset(json);
            case "list_update" -> updated(frame);
            case "heartbeat" -> standing.heartbeat(offset(json));
            case "bye" -> bye = Optional.of(json);
            case "error" -> street.tally().complain("the bridge said %s".formatted(json));
            default -> {}
        }
        return frame.type();
    }

    private void welcomed(JsonNode welcome) {
        failures = 0;
        standing.welcomed(welcome);
        watchSent = System.nanoTime();
    }

    private void opened(JsonNode ok) {
        if (ok.path("ref").asString().equals("l") && !standing.opened(ok)) {
            startsAnew();
        }
    }

    /** For the first time, or in another epoch: then it reads again. */
    private void startsAnew() {
        if (before) {
            seen.rereads(street.tally().newest);
            street.tally().now.reset();
        }
        before = true;
        arrived();
    }

    private void resumed(JsonNode resumed) {
        if (resumed.has("ref")) {
            standing.standAt(offset(resumed));
            arrived();
        }
    }

    private void reset(JsonNode reset) {
        standing.standAt(offset(reset));
        seen.rereads(street.tally().newest);
        street.tally().now.reset();
        arrived();
    }

    private void arrived() {
        if (!live) {
            live = true;
            street.tally().live++;
            street.tally().now.live(System.nanoTime() - watchSent, hintMillis);
            hintMillis = 0;
        }
    }

    private void updated(Received frame) {
        standing.changed(offset(frame.json()));
        if (frame.managersOnly() != audience.manager() || frame.spoiled() > 0) {
            street.tally().spoiled++;
            return;
        }
        for (Event event : frame.events()) {
            seen.add(event);
            street.tally().newest = Math.max(street.tally().newest, event.seq());
        }
    }

    private void judge(Received frame) {
        if (frame.isLeakTo(audience)) {
            street.tally().leaks++;
            street.tally().complain("class %d got %s".formatted(audience.number(), frame.json()));
        }
    }

    private void ended(int code) {
        long pause = bye.map(it -> it.path("reconnect_after").asLong(0)).orElse(0L);
        if (bye.isPresent()) {
            hintMillis += pause;
            street.tally().now.askedToWait();
        }
        if (code == TOO_MANY) {
            lost(pause + BackOff.late(street.random()));
        } else if (code >= SESSION_EXPIRED - 1 && code <= SESSION_EXPIRED + 2) {
            street.tally().stopped++;
            street.tally()
                    .complain("closed with %d %s"
                            .formatted(code, bye.map(JsonNode::toString).orElse("")));
            drop();
        } else {
            lost(pause);
        }
    }

    private static long offset(JsonNode frame) {
        return frame.path("offset").asLong();
    }
}
