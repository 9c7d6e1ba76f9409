package io.amanat.bench.fanout;

import io.amanat.bench.wire.Listener;
import io.amanat.bench.wire.Socket;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;

/** One browser's stand-in: says hello, watches the list, and checks every frame. Used on the loop's thread. */
final class Viewer implements Listener {
    private final String token;
    private final String origin;
    private final Audience audience;
    private final int warmup;
    private final Parser parser;
    private final Tally tally;
    private final BitSet seen = new BitSet();

    /**
     * @param origin the tab's 32 hex digits
     * @param warmup events up to this number are checked but not measured
     */
    Viewer(String token, String origin, Audience audience, int warmup, Parser parser, Tally tally) {
        this.token = token;
        this.origin = origin;
        this.audience = audience;
        this.warmup = warmup;
        this.parser = parser;
        this.tally = tally;
    }

    /** How many of the events 1 to {@code last} it should have seen and has not. */
    long missing(int last) {
        return audience.entitled() ? last - seen.get(1, last + 1).cardinality() : 0;
    }

    @Override
    public void opened(Socket socket) {
        socket.send(hello());
    }

    @Override
    public void text(Socket socket, ByteBuffer payload, long micros) {
        hear(payload, micros).ifPresent(socket::send);
    }

    /** What it says first. */
    String hello() {
        return "{\"type\":\"hello\",\"token\":\"%s\",\"origin\":\"%s\"}".formatted(token, origin);
    }

    /** What it answers. */
    Optional<String> hear(ByteBuffer payload, long micros) {
        return check(payload, micros).equals("welcome")
                ? Optional.of("{\"type\":\"watch\",\"ref\":\"l\",\"view\":\"list\",\"model\":\"amanat.transfer\"}")
                : Optional.empty();
    }

    /** Counts one frame and says its type. */
    String check(ByteBuffer payload, long micros) {
        Received frame = parser.parse(payload);
        judge(frame);
        switch (frame.type()) {
            case "ok" -> tally.watching++;
            case "list_update" -> count(frame, micros);
            case "reset" -> tally.resets++;
            case "error", "bye" -> tally.complain("the bridge said %s".formatted(frame.json()));
            default -> {}
        }
        return frame.type();
    }

    @Override
    public void closed(int code, String reason) {
        tally.closed++;
        if (code != 1000) {
            tally.complain("connection closed with %d %s".formatted(code, reason));
        }
    }

    private void judge(Received frame) {
        if (frame.isLeakTo(audience)) {
            tally.leaks++;
            tally.complain("class %d got %s".formatted(audience.number(), frame.json()));
        }
    }

    private void count(Received frame, long micros) {
        tally.smallestFrame = Math.min(tally.smallestFrame, frame.bytes());
        boolean whole = frame.managersOnly() == audience.manager();
        tally.spoiled +=
                whole ? frame.spoiled() : frame.spoiled() + frame.events().size();
        if (whole) {
            frame.events().forEach(event -> count(event, micros));
        }
    }

    private void count(Event event, long micros) {
        if (seen.get(event.seq())) {
            tally.duplicates++;
            return;
        }
        seen.set(event.seq());
        tally.delivered++;
        if (event.seq() > warmup) {
            tally.latency.recordValue(Math.clamp(micros - event.micros(), 0, Tally.LONGEST_MICROS));
        }
    }
}
