package io.amanat.bench.fanout;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.amanat.bench.wire.Listener;
import io.amanat.bench.wire.Socket;
import java.nio.ByteBuffer;
import java.util.List;

/** Viewers that share a WebSocket, as the tabs of a browser do: each has a lane on it. Used on the loop's thread. */
final class Browser implements Listener {
    private static final ByteBuffer OPEN = ByteBuffer.wrap("open".getBytes(US_ASCII));
    private static final ByteBuffer CLOSE = ByteBuffer.wrap("close ".getBytes(US_ASCII));

    private final List<Viewer> tabs;

    /** @param tabs the first has lane 1, and so on */
    Browser(List<Viewer> tabs) {
        this.tabs = tabs;
    }

    @Override
    public void opened(Socket socket) {
        say(socket, 1, tabs.getFirst().hello());
        for (int lane = 2; lane <= tabs.size(); lane++) {
            say(socket, lane, "open");
        }
    }

    @Override
    public void text(Socket socket, ByteBuffer payload, long micros) {
        int lane = lane(payload);
        Viewer tab = tabs.get(lane - 1);
        ByteBuffer said = payload.slice();
        if (!said.hasRemaining()) {
            say(socket, lane, "");
        } else if (said.equals(OPEN)) {
            say(socket, lane, tab.hello());
        } else if (said.remaining() > CLOSE.limit()
                && said.slice(0, CLOSE.limit()).equals(CLOSE)) {
            String[] words = US_ASCII.decode(said).toString().split(" ", 3);
            tab.closed(Integer.parseInt(words[1]), words[2]);
        } else {
            tab.hear(said, micros).ifPresent(answer -> say(socket, lane, answer));
        }
    }

    /** Its number, behind which {@code payload} then stands. */
    private static int lane(ByteBuffer payload) {
        int lane = 0;
        for (int digit = payload.get(); digit != ' '; digit = payload.get()) {
            lane = lane * 10 + digit - '0';
        }
        return lane;
    }

    private static void say(Socket socket, int lane, String text) {
        socket.send(lane + " " + text);
    }

    @Override
    public void closed(int code, String reason) {
        tabs.forEach(tab -> tab.closed(code, reason));
    }
}
