package io.amanat.bridge.session;

import io.amanat.bridge.access.AccessMetrics;
import io.amanat.bridge.access.AccessSettings;
import io.amanat.bridge.access.Answer;
import io.amanat.bridge.access.OracleException;
import io.amanat.bridge.access.Question;
import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.RightsBook;
import io.amanat.bridge.access.RightsOracle;
import io.amanat.bridge.access.RightsQuestion;
import io.amanat.bridge.access.RightsReply;
import io.amanat.bridge.access.Stamps;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.bridge.channel.Admission;
import io.amanat.bridge.channel.Channel;
import io.amanat.bridge.channel.ChannelMetrics;
import io.amanat.bridge.channel.Delivery;
import io.amanat.bridge.channel.Numbered;
import io.amanat.bridge.channel.OwnChanges;
import io.amanat.bridge.channel.Replays;
import io.amanat.bridge.channel.WatchSpec;
import io.amanat.bridge.channel.Watcher;
import io.amanat.bridge.identity.Identity;
import io.amanat.bridge.identity.IdentitySettings;
import io.amanat.bridge.identity.OdooIdentity;
import io.amanat.bridge.identity.Proof;
import io.amanat.bridge.identity.Revocations;
import io.amanat.bridge.policy.LiveModel;
import io.amanat.bridge.policy.Policy;
import io.amanat.bridge.policy.PolicySettings;
import io.amanat.bridge.presence.Presences;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;

/** Real sessions in a bridge where everybody may watch everything, and where the test decides what tokens prove. */
public final class House implements AutoCloseable {

    /** What everybody may read. */
    static final Rights ALL = Rights.of(
            new Domain.Constant(true),
            Set.of("id", "display_name", "name"),
            "en_US",
            ModelFields.nothing("amanat.transfer"));

    private static final Policy POLICY = Policy.of(
            Map.of("amanat.transfer", new LiveModel("Transfer", Map.of("name", "char"))), PolicySettings.DEFAULT);

    /** The most watches of a session. */
    static final int WATCHES = 10;

    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    volatile Instant now = START;
    volatile long offset = 100;
    /** The newest offset when whoever replays looks it up. */
    volatile OptionalLong later = OptionalLong.empty();

    volatile boolean stillAllowed = true;
    volatile BiFunction<Long, Long, Optional<List<Numbered>>> past = (from, to) -> Optional.empty();
    final CountDownLatch beyondHead = new CountDownLatch(1);
    public volatile Runnable onVerified = () -> {};
    volatile Optional<Admission.Result> refusal = Optional.empty();
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    final Channel channel = new Channel();
    final Revocations revocations = new Revocations(IdentitySettings.DEFAULT, () -> now);
    private final RightsBook book =
            new RightsBook(new Generous(), AccessSettings.DEFAULT, new AccessMetrics(), () -> now);
    private final Presences presences = new Presences(book, System::nanoTime);
    final SessionMetrics metrics = new SessionMetrics();
    private final OdooSessions odoo;
    public final Sessions sessions;
    private final Map<String, Identity> tokens = new ConcurrentHashMap<>();

    /** What somebody wanted to watch. */
    record Asked(WatchSpec spec, List<String> order, long userId) {}

    public House() {
        this(SessionSettings.DEFAULT.perUser(), SessionSettings.DEFAULT.arrivals());
    }

    /** Lets so many in at a time. */
    House(int arrivals) {
        this(SessionSettings.DEFAULT.perUser(), arrivals);
    }

    /** Allows a user so much in all sessions together. */
    House(SessionSettings.PerUser perUser) {
        this(perUser, SessionSettings.DEFAULT.arrivals());
    }

    private House(SessionSettings.PerUser perUser, int arrivals) {
        var ports = new SessionPorts((token, fromPage) -> prove(token), revocations, progress(), () -> now);
        var asks = new OdooPorts(
                admitting(),
                channel,
                presences,
                new Stamps(new byte[] {1, 2, 3}),
                new Replays(this::past, () -> POLICY, book, OwnChanges.TAB, () -> 0),
                new ChannelMetrics());
        var usual = SessionSettings.DEFAULT;
        var settings = new SessionSettings(
                usual.helloTimeout(),
                usual.heartbeat(),
                usual.frameBytes(),
                WATCHES,
                usual.messagesPerSecond(),
                usual.outbox(),
                perUser,
                usual.drain(),
                arrivals);
        odoo = OdooSessions.start(settings, ports, asks, metrics);
        sessions = odoo.sessions();
        presences.start(odoo);
    }

    /** The newest offset is this. */
    House at(long newest) {
        offset = newest;
        return this;
    }

    /** Lets a token of this text prove this. */
    public House token(String text, long user, String login, Long... companies) {
        tokens.put(
                text,
                new OdooIdentity(
                        user,
                        "User " + user,
                        companies.length == 0 ? List.of(1L) : Arrays.asList(companies),
                        "en_US",
                        login,
                        now,
                        now.plusSeconds(300)));
        return this;
    }

    private Proof prove(String token) {
        var identity = tokens.get(token);
        if (identity == null) {
            return new Proof.Missing();
        }
        var revoked = revocations.of(identity);
        onVerified.run();
        return revoked.isPresent() ? revoked.get() : new Proof.Accepted(identity);
    }

    private Admitting admitting() {
        return new Admitting() {
            @Override
            public Admission.Result watch(WatchSpec spec, List<String> order, long userId) {
                return admit(spec, order, userId);
            }

            @Override
            public Admission.Result touch(WatchSpec form, long userId) {
                throw new UnsupportedOperationException("nobody edits here");
            }

            @Override
            public boolean isStillAllowed(Admission.Result.Watching watching) {
                return stillAllowed;
            }
        };
    }

    private Progress progress() {
        return new Progress() {
            @Override
            public String epoch() {
                return "epoch";
            }

            @Override
            public long offset() {
                return Thread.currentThread().isVirtual() ? later.orElse(offset) : offset;
            }

            @Override
            public long first() {
                return 1;
            }

            @Override
            public void beyondHead() {
                beyondHead.countDown();
            }
        };
    }

    private Optional<List<Numbered>> past(long from, long to) {
        return past.apply(from, to);
    }

    private Admission.Result admit(WatchSpec spec, List<String> order, long userId) {
        asked.add(new Asked(spec, order, userId));
        return refusal.orElseGet(() -> new Admission.Result.Watching(watcher(spec, userId), ALL));
    }

    private Watcher watcher(WatchSpec spec, long userId) {
        return channel.register(spec, userId, ALL).orElseThrow();
    }

    /** Who watches the list of transfers as this user; the test holds it, too. */
    Watcher transfers(long userId) {
        return watcher(
                new WatchSpec("amanat.transfer", OptionalLong.empty(), Optional.empty(), Optional.empty(), List.of(1L)),
                userId);
    }

    /** Everything up to this offset was decided. */
    void reached(long newest) {
        odoo.reached(newest);
    }

    void deliver(Delivery... decided) {
        odoo.deliver(List.of(decided));
    }

    /** An Odoo in which everybody may read everything. */
    private static final class Generous implements RightsOracle {
        @Override
        public List<List<Answer>> readable(List<Question> questions, boolean fresh) {
            throw new OracleException("the values tell", null);
        }

        @Override
        public List<RightsReply> rights(List<RightsQuestion> questions, boolean fresh) {
            return questions.stream()
                    .map(it -> new RightsReply(
                            it.viewers().stream().map(viewer -> ALL).toList()))
                    .toList();
        }
    }

    /** Proves that this user's tab was sent nothing before now: an event that is delivered now is the next frame. */
    void gotNothing(Tab tab, long user, Long... companies) {
        deliver(event(999, viewer(user, companies)));
        if (tab.expect("event").path("offset").asLong() != 999) {
            throw new AssertionError("another event came before");
        }
    }

    static Delivery event(long offset, Viewer... to) {
        var actor = new Actor(1, "Odoo", Optional.empty());
        var event = new Change.Event("ready", "amanat.transfer", actor, START, Set.of(), List.of(), Set.of());
        return new Delivery.Event(offset, event, List.of(to));
    }

    static Viewer viewer(long user, Long... companies) {
        return new Viewer(user, companies.length == 0 ? List.of(1L) : Arrays.asList(companies));
    }

    static Delivery revoked(long offset, Long... users) {
        return new Delivery.Revoked(offset, Optional.of(Set.of(users)), Optional.empty());
    }

    static Delivery loggedOut(long offset, long user, String login) {
        return new Delivery.Revoked(offset, Optional.of(Set.of(user)), Optional.of(login));
    }

    @Override
    public void close() {
        presences.close();
        sessions.close();
        book.close();
    }
}
