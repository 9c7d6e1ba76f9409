package io.amanat.bridge.websocket;

import io.amanat.bridge.protocol.CloseCode;
import io.amanat.bridge.protocol.StreamText;
import io.amanat.bridge.session.Session;
import io.amanat.bridge.session.SessionSettings;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpStatus;

/** One request in which a stream's client says something: its frames, in order, each when the session is ready for it. */
final class StreamSend {

    /** The most frames at a time. */
    static final int FRAMES = 16;

    private final StreamConnection stream;
    private final String token;
    private final Exchange exchange;
    private final AtomicBoolean answered = new AtomicBoolean();

    StreamSend(StreamConnection stream, String token, Exchange exchange) {
        this.stream = stream;
        this.token = token;
        this.exchange = exchange;
    }

    /** Its turn is taken before anything is read: of one stream no more than one body is kept. */
    void begin(SessionSettings limits) {
        if (!stream.takes(this)) {
            answer(HttpStatus.TOO_MANY_REQUESTS_429);
            return;
        }
        exchange.body(
                FRAMES * limits.frameBytes(),
                limits.helloTimeout(),
                body -> stream.whenItHears(
                        () -> stream.prove(token, session -> say(session, body, limits.frameBytes()))),
                this::answer);
        stream.leaveIfEnded();
    }

    private void say(Optional<Session> session, String body, int most) {
        var frames = StreamText.frames(body);
        if (session.isEmpty()) {
            answer(HttpStatus.NOT_FOUND_404);
        } else if (frames.size() > FRAMES || frames.stream().anyMatch(it -> size(it) > most)) {
            answer(HttpStatus.PAYLOAD_TOO_LARGE_413);
            stream.close(CloseCode.TOO_BIG.number(), "at most %d bytes a message".formatted(most));
        } else if (session.get().alive()) {
            next(session.get(), frames.iterator());
        } else {
            answer(HttpStatus.TOO_MANY_REQUESTS_429);
        }
    }

    private static int size(String frame) {
        return frame.getBytes(StandardCharsets.UTF_8).length;
    }

    private void next(Session session, Iterator<String> frames) {
        if (frames.hasNext()) {
            session.receive(frames.next(), () -> next(session, frames));
        } else {
            answer(HttpStatus.NO_CONTENT_204);
        }
    }

    /** The stream ended before everything was taken. */
    void abandon() {
        answer(HttpStatus.NOT_FOUND_404);
    }

    private void answer(int status) {
        if (answered.compareAndSet(false, true)) {
            stream.said(this);
            exchange.answer(status);
        }
    }
}
