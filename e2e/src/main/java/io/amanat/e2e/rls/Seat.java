package io.amanat.e2e.rls;

import io.amanat.bench.fanout.Tally;
import io.amanat.bench.wire.Listener;
import io.amanat.bench.wire.Socket;
import java.nio.ByteBuffer;

/** One viewer's browser: watches the tasks, and has noted what it is told. Used on the loop's thread. */
final class Seat implements Listener {

    private static final int CALM = 1000;

    private final int viewer;
    private final String token;
    private final Notes notes;
    private final Tally tally;

    Seat(int viewer, String token, Notes notes, Tally tally) {
        this.viewer = viewer;
        this.token = token;
        this.notes = notes;
        this.tally = tally;
    }

    @Override
    public void opened(Socket socket) {
        socket.send("{\"type\":\"hello\",\"token\":\"%s\",\"origin\":\"%032x\"}".formatted(token, viewer));
    }

    @Override
    public void text(Socket socket, ByteBuffer payload, long micros) {
        var frame = notes.parse(payload);
        switch (frame.type()) {
            case "welcome" ->
                socket.send("{\"type\":\"watch\",\"ref\":\"t\",\"view\":\"table\",\"table\":\"task\",\"filter\":\"\"}");
            case "ok" -> tally.watching++;
            case "postgres_changes" -> notes.told(viewer, frame, micros);
            case "reset" -> notes.reset(viewer, frame.offset());
            case "error", "bye" -> tally.complain("the bridge said %s".formatted(frame));
            default -> {}
        }
    }

    @Override
    public void closed(int code, String reason) {
        tally.closed++;
        if (code != CALM) {
            tally.complain("viewer %d: closed with %d %s".formatted(viewer, code, reason));
        }
    }
}
