package io.amanat.bench.stalled;

import io.amanat.bench.fanout.Tally;
import io.amanat.bench.wire.Listener;
import io.amanat.bench.wire.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A browser that falls sick once it watches the list. Used on the loop's thread. */
final class SickViewer implements Listener {
    private final String token;
    private final String origin;
    private final Sickness sickness;
    private final Tally tally;
    private Optional<Socket> ill = Optional.empty();

    /** @param origin the tab's 32 hex digits */
    SickViewer(String token, String origin, Sickness sickness, Tally tally) {
        this.token = token;
        this.origin = origin;
        this.sickness = sickness;
        this.tally = tally;
    }

    @Override
    public void opened(Socket socket) {
        socket.send("{\"type\":\"hello\",\"token\":\"%s\",\"origin\":\"%s\"}".formatted(token, origin));
    }

    @Override
    public void text(Socket socket, ByteBuffer payload, long micros) {
        if (ill.isPresent()) {
            pause(socket);
            return;
        }
        String frame = StandardCharsets.UTF_8.decode(payload).toString();
        if (frame.startsWith("{\"type\":\"welcome\"")) {
            socket.send("{\"type\":\"watch\",\"ref\":\"l\",\"view\":\"list\",\"model\":\"amanat.transfer\"}");
        } else if (frame.startsWith("{\"type\":\"ok\"")) {
            fallSick(socket);
        } else if (frame.startsWith("{\"type\":\"bye\"") || frame.startsWith("{\"type\":\"error\"")) {
            tally.complain("the bridge said " + frame);
        }
    }

    private void fallSick(Socket socket) {
        ill = Optional.of(socket);
        tally.watching++;
        if (sickness == Sickness.mute) {
            socket.mute();
        }
        pause(socket);
    }

    private void pause(Socket socket) {
        if (sickness != Sickness.mute) {
            socket.pause();
        }
    }

    /** Reads what the kernel has, and then nothing until the next sip. */
    void sip() {
        ill.ifPresent(Socket::resume);
    }

    @Override
    public void closed(int code, String reason) {
        if (ill.isEmpty()) {
            tally.closed++;
            tally.complain("connection closed with %d %s".formatted(code, reason));
        }
    }
}
