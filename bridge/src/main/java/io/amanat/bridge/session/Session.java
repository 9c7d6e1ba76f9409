package io.amanat.bridge.session;

import io.amanat.bridge.identity.Identity;
import io.amanat.bridge.identity.Proof;
import io.amanat.bridge.protocol.ClientFrame;
import io.amanat.bridge.protocol.CloseCode;
import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.protocol.ServerFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One browser tab's connection, from opening to close. The websocket package calls it with one message at a time; everything
 * it owes to changes happens on its shard.
 */
public final class Session {

    /** How long after its end a token still carries a session, for clocks that differ. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** For how long it counts as coming in, whatever it waits for. */
    private static final Duration ARRIVING = Duration.ofSeconds(5);

    /** When somebody may come for whom there is no room, in milliseconds. */
    private static final long LATER = 30_000;

    private final String id;
    private final Desk desk;
    private final Shard shard;
    private final Connection connection;
    private final Conversations conversations;
    private final Place place;
    private final Outbox outbox;
    private final TokenBucket bucket;
    private final Instant since;
    private final Consumer<Session> onClosed;
    private final long opened;
    private final AtomicReference<State> state = new AtomicReference<>(new State.Opened());
    private final AtomicBoolean arriving = new AtomicBoolean();
    private volatile long came;
    private volatile long lastSign;
    private volatile Optional<Conversation> begun = Optional.empty();
    private long nextHeartbeat;

    Session(
            String id,
            Desk desk,
            Shard shard,
            Connection connection,
            Conversations conversations,
            Consumer<Session> onClosed) {
        this.id = id;
        this.onClosed = onClosed;
        this.desk = desk;
        this.shard = shard;
        this.connection = connection;
        this.conversations = conversations;
        this.place = new Place(desk);
        this.outbox = new Outbox(connection, desk.settings().outbox(), new News(), desk.metrics(), desk.nanos());
        this.opened = desk.now();
        this.bucket = new TokenBucket(desk.settings().messagesPerSecond(), opened);
        this.since = desk.ports().clock().instant();
        this.lastSign = opened;
        this.nextHeartbeat = opened + desk.jitter(desk.settings().heartbeat());
    }

    /** There is none before the conversation begins. */
    private final class News implements Outbox.Resets {
        @Override
        public Outgoing overflow(long feed, long offset) {
            return begun.orElseThrow().overflow(feed, offset);
        }

        @Override
        public Set<Long> feeds() {
            return begun.map(Outbox.Resets::feeds).orElse(Set.of());
        }
    }

    /**
     * A text message arrived.
     *
     * @param more asks for the next message; called when this session is ready for it, or never if it ended
     */
    public void receive(String text, Runnable more) {
        if (!alive()) {
            return;
        }
        switch (desk.reader().read(text)) {
            case ClientFrame.Malformed(var code, var message) -> fail(code, message);
            case ClientFrame.Hello hello -> hello(hello, more);
            case ClientFrame frame
            when state.get() instanceof State.Live live -> {
                converse(live, frame, more);
            }
            case ClientFrame frame -> fail(ErrorCode.HELLO_FIRST, "say hello first");
        }
    }

    /**
     * The client gave a sign of life, of whatever kind.
     *
     * @return whether it may go on; it may not send more than its share
     */
    public boolean alive() {
        long now = desk.now();
        lastSign = now;
        if (!bucket.take(now)) {
            fail(
                    ErrorCode.RATE_LIMITED,
                    "more than %d messages per second".formatted(desk.settings().messagesPerSecond()));
            return false;
        }
        if (!place.seat().map(it -> it.takesMessage(now)).orElse(true)) {
            fail(
                    ErrorCode.USER_RATE_LIMITED,
                    "more than %d messages per second in all tabs and devices of this user"
                            .formatted(desk.settings().perUser().messagesPerSecond()));
            return false;
        }
        return true;
    }

    /** It ends: more was said before it was ready than can be kept for it. */
    public void overrun() {
        fail(ErrorCode.RATE_LIMITED, "too much was said while the token was being checked");
    }

    /** Where it is known. */
    Place place() {
        return place;
    }

    /** Whether this token is of the login that this session is of; blocks while keys are fetched. */
    public boolean isOf(String token) {
        return state.get() instanceof State.Live live
                && desk.ports().tokens().verify(token, connection.fromPage()) instanceof Proof.Accepted(var identity)
                && live.identity().sameLogin(identity);
    }

    private void converse(State.Live live, ClientFrame frame, Runnable more) {
        switch (frame) {
            case ClientFrame.Ping() ->
                send(new ServerFrame.Pong(
                        shard.delivered(), desk.ports().clock().instant()));
            case ClientFrame.Token(var token) -> {
                Thread.startVirtualThread(() -> renew(token, more));
                return;
            }
            case ClientFrame said -> live.conversation().hear(said, live.identity());
        }
        if (!hasEnded()) {
            more.run();
        }
    }

    private void hello(ClientFrame.Hello hello, Runnable more) {
        if (state.get() instanceof State.Opened opening && state.compareAndSet(opening, new State.Greeting())) {
            desk.arrivals().come(() -> enter(hello, more)).ifPresent(this::comeLater);
        } else {
            fail(ErrorCode.HELLO_AGAIN, "hello was said already");
        }
    }

    /** It is its turn; false if it has ended meanwhile and needs no place. */
    private boolean enter(ClientFrame.Hello hello, Runnable more) {
        came = desk.now();
        arriving.set(true);
        if (!(state.get() instanceof State.Greeting)) {
            return !arriving.compareAndSet(true, false);
        }
        Thread.startVirtualThread(() -> greet(hello, more));
        return true;
    }

    /** Ends: there is no room for it just now. */
    void comeLater() {
        comeLater(LATER);
    }

    private void comeLater(long millis) {
        end(new ServerFrame.Bye(
                ErrorCode.BUSY, "very many come at once; come back after this pause", OptionalLong.of(millis)));
    }

    /** It was told what it came for, or is gone: the next one may come in. */
    void settled() {
        if (arriving.compareAndSet(true, false)) {
            desk.arrivals().leave();
        }
    }

    private void greet(ClientFrame.Hello hello, Runnable more) {
        switch (desk.ports().tokens().verify(hello.token(), connection.fromPage())) {
            case Proof.Accepted(var identity) when admits(identity) -> arrive(hello, identity, more);
            case Proof.Accepted accepted ->
                fail(ErrorCode.OTHER_LOGIN, "this socket is of another user or login; open one of your own");
            case Proof refused -> end(desk.refusal(refused));
        }
    }

    private boolean admits(Identity identity) {
        return connection.claim().map(it -> it.admits(identity)).orElse(true);
    }

    private void arrive(ClientFrame.Hello hello, Identity identity, Runnable more) {
        place.enter(identity).ifPresentOrElse(code -> fail(code, tooMany(code)), () -> begin(hello, identity, more));
    }

    /** What is decided from now on may concern it. */
    private void begin(ClientFrame.Hello hello, Identity identity, Runnable more) {
        begun = conversations.begin(this, shard, identity, hello.origin());
        if (begun.isEmpty()) {
            place.leave(identity);
            comeLater();
        }
        begun.map(it -> new State.Live(identity, it)).ifPresent(it -> shard.execute(() -> welcome(it, hello, more)));
    }

    private String tooMany(ErrorCode code) {
        return code == ErrorCode.TOO_MANY_SESSIONS
                ? "this login has more than %d connections; close some tabs".formatted(Logins.MOST)
                : "this user has more than %d connections; close some tabs, or end other logins"
                        .formatted(desk.settings().perUser().sessions());
    }

    /** On the shard: from here on this session gets what concerns it. */
    private void welcome(State.Live live, ClientFrame.Hello hello, Runnable more) {
        if (endIfRevoked(live.identity())
                || !(state.get() instanceof State.Greeting greeting)
                || !state.compareAndSet(greeting, live)) {
            leave(live);
            return;
        }
        var welcome = desk.welcome(id, live.identity());
        live.conversation().welcomed(welcome.offset());
        desk.metrics().welcomed();
        send(welcome);
        hello.resume().ifPresent(live.conversation()::resume);
        more.run();
    }

    private void leave(State.Live live) {
        live.conversation().end();
        place.leave(live.identity());
    }

    private void renew(String token, Runnable more) {
        switch (desk.ports().tokens().verify(token, connection.fromPage())) {
            case Proof.Accepted(var identity) -> renewed(identity, more);
            case Proof refused -> end(desk.refusal(refused));
        }
    }

    private void renewed(Identity identity, Runnable more) {
        if (!(state.get() instanceof State.Live live)) {
            return;
        }
        if (!live.identity().sameLogin(identity)) {
            fail(ErrorCode.TOKEN_MISMATCH, "the token is of another user or login; open a new connection for it");
            return;
        }
        var renewed = new State.Live(identity, live.conversation());
        if (!endIfRevoked(identity) && state.compareAndSet(live, renewed)) {
            shard.execute(() -> live.conversation().renewed(identity));
            send(new ServerFrame.Ok("token"));
            more.run();
        }
    }

    /** Says why and ends. What this client did cannot be answered otherwise. */
    void fail(ErrorCode code, String message) {
        end(desk.bye(code, message));
    }

    private void end(ServerFrame.Bye bye) {
        end(bye.code(), Outgoing.control(desk.writer().writeOnce(bye)));
    }

    private void end(ErrorCode code, Outgoing bye) {
        if (endsNow()) {
            desk.metrics().refused(code);
            last(code, bye, true);
        }
    }

    /** Whether what proved this was revoked, perhaps a moment ago; ends then. */
    private boolean endIfRevoked(Identity identity) {
        var revoked = desk.ports().revocations().of(identity);
        revoked.ifPresent(it -> end(Desk.bye(it)));
        return revoked.isPresent();
    }

    /** On the shard: ends with this bye if its token is worth nothing any more. */
    void endIfRevoked(Outgoing bye) {
        if (state.get() instanceof State.Live live
                && desk.ports().revocations().of(live.identity()).isPresent()) {
            end(ErrorCode.TOKEN_REVOKED, bye);
        }
    }

    /** Ends because the bridge stops; what waits is still sent. */
    void leave(ServerFrame.Bye bye) {
        if (endsNow()) {
            last(bye.code(), Outgoing.control(desk.writer().writeOnce(bye)), false);
        }
    }

    /** Ends; whether nothing had ended it before. */
    private boolean endsNow() {
        return !(end() instanceof State.Ended);
    }

    private void last(ErrorCode code, Outgoing bye, boolean dropData) {
        int number = code.close().orElse(CloseCode.GOING_AWAY).number();
        outbox.last(bye, dropData, () -> connection.close(number, code.wire()));
    }

    /** The connection is gone. Called once by the websocket package, whatever the reason. */
    public void closed() {
        end();
        outbox.end();
        desk.metrics().closed();
        onClosed.accept(this);
        shard.execute(() -> shard.closed(this));
    }

    private State end() {
        var before = state.getAndUpdate(it -> it instanceof State.Ended ? it : new State.Ended(desk.now()));
        settled();
        if (before instanceof State.Live live) {
            shard.execute(() -> leave(live));
        }
        return before;
    }

    /** On the shard: heartbeat, end of the token, clients that are gone or do not read. */
    void tick(long now, Outgoing heartbeat) {
        outbox.age();
        if (state.get() instanceof State.Live(var identity, var conversation)) {
            conversation.tick(now - lastSign);
            if (outbox.lostPresence()) {
                conversation.retell();
            }
        }
        if (outbox.stalled() || silent(now)) {
            cut();
            return;
        }
        switch (state.get()) {
            case State.Opened opening -> helloDue(now);
            case State.Greeting greeting -> overdue(now);
            case State.Live live -> live(live, now, heartbeat);
            case State.Ended(var at)
            when now - at > desk.settings().outbox().stalled().toNanos() -> connection.abort();
            case State.Ended ended -> {}
        }
    }

    /** Counted once, however long the wire takes to end. */
    private void cut() {
        if (endsNow()) {
            desk.metrics().cut();
        }
        connection.abort();
    }

    private boolean silent(long now) {
        return now - lastSign > 3 * desk.settings().heartbeat().toNanos();
    }

    private void helloDue(long now) {
        if (now - opened > desk.settings().helloTimeout().toNanos()) {
            fail(ErrorCode.HELLO_TIMEOUT, "no valid hello in time");
        }
    }

    /** Whoever waits for Odoo keeps nobody else outside. */
    private void overdue(long now) {
        if (arriving.get() && now - came > ARRIVING.toNanos()) {
            settled();
        }
    }

    private void live(State.Live live, long now, Outgoing heartbeat) {
        if (live.conversation().isSettled()) {
            settled();
        }
        overdue(now);
        if (desk.ports().clock().instant().isAfter(live.identity().expires().plus(GRACE))) {
            fail(ErrorCode.TOKEN_EXPIRED, "the token was not renewed in time; ask Odoo for a new one");
        } else if (!endIfRevoked(live.identity()) && now - nextHeartbeat >= 0) {
            nextHeartbeat = now + desk.settings().heartbeat().toNanos();
            shard.give(heartbeat, this);
            connection.ping();
        }
    }

    /** Whether the client can take this much of the past at once. */
    boolean fits(List<Outgoing> frames) {
        return outbox.fits(frames);
    }

    boolean hasEnded() {
        return state.get() instanceof State.Ended;
    }

    /** Sends something that concerns this session alone. */
    void send(ServerFrame frame) {
        outbox.add(Outgoing.control(desk.writer().writeOnce(frame)));
        outbox.flush();
    }

    boolean queue(Outgoing frame) {
        return outbox.add(frame);
    }

    void flush() {
        outbox.flush();
    }

    /** What an operator may see. */
    SessionView view() {
        return switch (state.get()) {
            case State.Live(var identity, var conversation) ->
                view(identity.user(), identity.name(), conversation.watches());
            case State other -> view("", "", 0);
        };
    }

    private SessionView view(String user, String name, int watches) {
        return new SessionView(id, user, name, connection.address(), since, watches, outbox.bytes());
    }
}
