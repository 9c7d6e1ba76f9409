package io.amanat.bench.fanout;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** One connection of a bridge that believes every token; the token is the viewer's number. */
public final class FakeBridge implements Session.Listener.AutoDemanding {
    private static final Map<Session, Integer> NUMBERS = new ConcurrentHashMap<>();

    private final boolean accepting;
    private final List<Session> watching;
    private @Nullable Session session;

    FakeBridge(boolean accepting, List<Session> watching) {
        this.accepting = accepting;
        this.watching = watching;
    }

    static int number(Session session) {
        return requireNonNull(NUMBERS.get(session));
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
    }

    @Override
    public void onWebSocketText(String text) {
        Session to = requireNonNull(session);
        var frame = new ObjectMapper().readTree(text);
        if (frame.path("type").asString().equals("watch")) {
            watching.add(to);
            to.sendText("{\"type\":\"ok\",\"ref\":\"l\",\"feed\":1,\"offset\":0}", Callback.NOOP);
        } else if (accepting) {
            NUMBERS.put(to, frame.path("token").asString().transform(Integer::parseInt));
            to.sendText("{\"type\":\"welcome\"}", Callback.NOOP);
        } else {
            to.close(4001, "token_invalid", Callback.NOOP);
        }
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        // The crowd hangs up without a farewell when a test ends.
    }
}
