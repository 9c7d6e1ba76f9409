package io.amanat.standin.bus;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One client of {@code /websocket}: subscribes, and gets what the bus holds for it, several notifications to a frame. */
public final class BusSocket implements Session.Listener.AutoDemanding {

    /** The version the web client of this Odoo names. */
    public static final String VERSION = "19.0-2";

    private static final Logger LOG = LoggerFactory.getLogger(BusSocket.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration IDLE = Duration.ofSeconds(40);
    private static final Duration PONG_WITHIN = Duration.ofSeconds(15);

    private final Bus bus;
    private final Visitor visitor;
    private final Clock clock;
    private final Executor executor;
    private final boolean outdated;
    private final Backlog backlog;
    private final FrameLimit limit = new FrameLimit();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ReentrantLock dispatching = new ReentrantLock();
    private final Consumer<Channel> wake = this::wake;
    private final Runnable closed;
    private volatile Collection<Channel> channels = List.of();
    private volatile Instant lastHeard;
    private volatile @Nullable Instant pinged;
    private volatile boolean mute;
    private volatile @Nullable Session session;
    private @Nullable Consumer<Session> ending;

    /**
     * @param outdated the client named another version: it is told so and closed
     * @param executor runs what waits
     */
    BusSocket(Bus bus, Visitor visitor, Clock clock, Executor executor, boolean outdated, SocketHub hub) {
        this.bus = bus;
        this.visitor = visitor;
        this.clock = clock;
        this.executor = executor;
        this.outdated = outdated;
        this.backlog = new Backlog(bus);
        this.lastHeard = clock.instant();
        this.closed = () -> hub.forget(this);
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        if (outdated) {
            close(1000, "OUTDATED_VERSION");
        }
        bus.listen(wake);
        Consumer<Session> ended;
        synchronized (this) {
            session = opened;
            ended = ending;
        }
        if (ended != null) {
            end(ended);
        }
    }

    @Override
    public void onWebSocketText(String text) {
        if (heard() && !text.equals("\0")) {
            serve(text);
        }
    }

    @Override
    public void onWebSocketPing(ByteBuffer payload) {
        Session opened = session;
        if (heard() && !mute && opened != null) {
            opened.sendPong(payload, Callback.NOOP);
        }
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        pinged = null;
        heard();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.debug("lost a websocket: {}", cause.toString());
    }

    @Override
    public void onWebSocketClose(int code, String reason, Callback callback) {
        bus.forget(wake);
        closed.run();
        callback.succeed();
    }

    /** False: too many frames, and the connection is closed. */
    private boolean heard() {
        lastHeard = clock.instant();
        if (limit.allows(lastHeard)) {
            return true;
        }
        close(1013, "Rate limit exceeded");
        return false;
    }

    /** Bad messages are logged and ignored, as Odoo does. */
    private void serve(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            if (message.path("event_name").asString("").equals("subscribe")) {
                subscribe(message.path("data"));
            }
        } catch (JacksonException e) {
            LOG.debug("ignored a message that is not JSON");
        }
    }

    private void subscribe(JsonNode data) {
        var names = new ArrayList<String>();
        for (JsonNode name : data.path("channels")) {
            if (!name.isString()) {
                LOG.debug("ignored a subscription to a channel that is no string");
                return;
            }
            names.add(name.asString());
        }
        if (!visitor.signedIn()) {
            close(4001, "Session expired");
            return;
        }
        dispatching.lock();
        try {
            channels = visitor.channels(names);
            backlog.startAfter(data.path("last").asInt(0));
        } finally {
            dispatching.unlock();
        }
        dispatchSoon();
    }

    private void wake(Channel channel) {
        if (channels.contains(channel)) {
            dispatchSoon();
        }
    }

    private void dispatchSoon() {
        if (woken.compareAndSet(false, true)) {
            executor.execute(this::dispatch);
        }
    }

    private void dispatch() {
        dispatching.lock();
        try {
            woken.set(false);
            var found = backlog.take(channels, clock.instant());
            if (!found.isEmpty()) {
                deliver(found);
            }
        } finally {
            dispatching.unlock();
        }
    }

    private void deliver(List<Notification> found) {
        if (!visitor.signedIn()) {
            close(4001, "Session expired");
        } else if (session != null && !mute) {
            var frame = found.stream().map(Notification::json).collect(Collectors.joining(",", "[", "]"));
            var sent = new Callback.Completable();
            session.sendText(frame, sent);
            sent.handle((_, _) -> null).join();
        }
    }

    /** Asks a client that was quiet for long whether it is still there; called every few seconds. */
    void checkAlive(Instant now) {
        Instant asked = pinged;
        if (mute) {
            LOG.trace("a silent websocket pings nobody");
        } else if (asked != null && asked.plus(PONG_WITHIN).isBefore(now)) {
            drop();
        } else if (asked == null && lastHeard.plus(IDLE).isBefore(now) && session != null) {
            pinged = now;
            session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        }
    }

    void close(int code, String reason) {
        end(opened -> opened.close(code, reason, Callback.NOOP));
    }

    /** From now on nothing is sent, as over a link that broke without a word: what is due counts as sent. */
    void fallSilent() {
        mute = true;
    }

    /** Cuts the connection without a word. */
    void drop() {
        end(Session::disconnect);
    }

    /** Ends the connection: now, or as soon as it is open. */
    private void end(Consumer<Session> how) {
        Session opened;
        synchronized (this) {
            opened = session;
            ending = how;
        }
        if (opened != null) {
            bus.forget(wake);
            how.accept(opened);
        }
    }
}
