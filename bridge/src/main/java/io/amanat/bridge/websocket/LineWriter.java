package io.amanat.bridge.websocket;

import io.amanat.bridge.session.Connection;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * Writes lines to an answer that stays open, as many at once as wait; never blocks. How many wait is bounded by those who add
 * them: a session hands over no more than its window.
 */
final class LineWriter extends IteratingCallback {

    private record Line(ByteBuffer text, Connection.Done done) {}

    private final Response response;
    private final Consumer<Optional<Throwable>> onEnd;
    private final Deque<Line> waiting = new ArrayDeque<>();
    private List<Line> leaving = List.of();
    private boolean closing;
    private boolean closed;

    /**
     * A writer of nothing yet.
     *
     * @param onEnd called once, when the last line is written, or with the reason why nothing can be written any more
     */
    LineWriter(Response response, Consumer<Optional<Throwable>> onEnd) {
        this.response = response;
        this.onEnd = onEnd;
    }

    /** Adds a line; {@link #iterate} writes it. */
    void add(ByteBuffer text, Connection.Done done) {
        if (!accept(new Line(text.duplicate(), done), false)) {
            done.done(false);
        }
    }

    /** Adds the last line and writes what waits. */
    void end(ByteBuffer text) {
        accept(new Line(text, sent -> {}), true);
        iterate();
    }

    private boolean accept(Line line, boolean last) {
        synchronized (waiting) {
            if (closing) {
                return false;
            }
            closing = last;
            waiting.add(line);
            return true;
        }
    }

    @Override
    protected Action process() {
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                return closed ? Action.SUCCEEDED : Action.IDLE;
            }
            leaving = List.copyOf(waiting);
            waiting.clear();
            closed = closing;
        }
        response.write(closed, joined(leaving), this);
        return Action.SCHEDULED;
    }

    private static ByteBuffer joined(List<Line> lines) {
        var bytes = ByteBuffer.allocate(
                lines.stream().mapToInt(it -> it.text().remaining() + 1).sum());
        for (var line : lines) {
            bytes.put(line.text()).put((byte) '\n');
        }
        return bytes.flip();
    }

    @Override
    protected void onSuccess() {
        var left = leaving;
        leaving = List.of();
        left.forEach(line -> line.done().done(true));
    }

    @Override
    protected void onCompleteSuccess() {
        onEnd.accept(Optional.empty());
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        List<Line> lost;
        synchronized (waiting) {
            closing = true;
            lost = new ArrayList<>(leaving);
            lost.addAll(waiting);
            waiting.clear();
        }
        lost.forEach(line -> line.done().done(false));
        onEnd.accept(Optional.of(cause));
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
