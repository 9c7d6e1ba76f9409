package io.amanat.bridge.app;

import io.amanat.bridge.access.BoundedOracle;
import io.amanat.bridge.access.Inquiries;
import io.amanat.bridge.access.RightsBook;
import io.amanat.bridge.access.Stamps;
import io.amanat.bridge.channel.Admission;
import io.amanat.bridge.channel.Channel;
import io.amanat.bridge.channel.Decided;
import io.amanat.bridge.channel.Judge;
import io.amanat.bridge.channel.Numbered;
import io.amanat.bridge.channel.Replays;
import io.amanat.bridge.channel.WatchSpec;
import io.amanat.bridge.feed.Admit;
import io.amanat.bridge.feed.FeedReader;
import io.amanat.bridge.feed.Follower;
import io.amanat.bridge.identity.Revocations;
import io.amanat.bridge.identity.TokenVerifier;
import io.amanat.bridge.journal.Journal;
import io.amanat.bridge.policy.Policy;
import io.amanat.bridge.presence.Presences;
import io.amanat.bridge.session.Admitting;
import io.amanat.bridge.session.OdooPorts;
import io.amanat.bridge.session.OdooSessions;
import io.amanat.bridge.session.SessionPorts;
import io.amanat.bridge.session.SessionView;
import io.amanat.bridge.session.Sessions;
import io.amanat.bridge.websocket.Door;
import io.amanat.connector.change.Change;
import io.amanat.connector.source.ChangeSource;
import io.amanat.connector.source.SourceFigures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a change of one database, built and running: source, journal, judge, sessions. Safe to share. */
public final class DatabaseCore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCore.class);
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final CoreMetrics metrics = new CoreMetrics();
    private final List<Consumer<Decided>> tails = new CopyOnWriteArrayList<>();
    private final Journal journal;
    private final ChangeSource source;
    private final Inquiries inquiries;
    private final Inquiries writes;
    private final Presences presences;
    private final RightsBook book;
    private final Sessions sessions;
    private final Follower follower;
    private final FeedReader reader;
    private final Door door;

    private DatabaseCore(CoreSettings settings, CorePorts ports) {
        journal = ports.journal();
        source = ports.source();
        var oracle = new BoundedOracle(ports.oracle(), settings.access(), metrics.access());
        var channel = new Channel();
        book = new RightsBook(oracle, settings.access(), metrics.access(), ports.clock());
        inquiries = new Inquiries(book, settings.access());
        writes = new Inquiries(book.writing(), settings.access());
        presences = new Presences(book, System::nanoTime);
        var past = new Past(journal);
        var odoo = OdooSessions.start(
                settings.session(),
                sessionPorts(settings, ports, past),
                odooPorts(settings, ports, channel, past),
                metrics.session());
        sessions = odoo.sessions();
        var judgePorts = new Judge.Ports(channel, ports.policy(), book, odoo, System::nanoTime);
        var judge = new Judge(judgePorts, settings.ownChanges(), metrics.channel(), this::decided);
        presences.start(odoo);
        follower = Follower.start(journal, entries -> decide(judge, Past.numbered(entries)));
        reader = FeedReader.start(source, journal, admitting(ports.policy()), ports.clock());
        door = new Door(settings.door(), settings.session(), sessions, new Strangers());
    }

    private void decide(Judge judge, List<Numbered> changes) {
        try (var _ = presences.hold(changes)) {
            judge.judge(changes);
        }
    }

    private SessionPorts sessionPorts(CoreSettings settings, CorePorts ports, Past past) {
        var revocations = new Revocations(settings.identity(), ports.clock());
        PastRevocations.apply(journal, settings.identity(), ports.clock(), revocations);
        var tokens = new TokenVerifier(ports.trust(), settings.identity(), ports.clock(), revocations);
        var name = LogName.here();
        return new SessionPorts(
                (token, fromPage) -> name.during(() -> tokens.verify(token, fromPage)),
                revocations,
                past,
                ports.clock());
    }

    private OdooPorts odooPorts(CoreSettings settings, CorePorts ports, Channel channel, Past past) {
        return new OdooPorts(
                admitting(new Admission(channel, ports.policy(), book, inquiries, writes), LogName.here()),
                channel,
                presences,
                new Stamps(journal.key()),
                new Replays(past, ports.policy(), book, settings.ownChanges(), System::nanoTime),
                metrics.channel());
    }

    private static Admit admitting(Supplier<Policy> policy) {
        return new Admit() {
            @Override
            public Optional<Change> admit(Change change) {
                return policy.get().admit(change);
            }

            @Override
            public boolean isKnown() {
                return policy.get().isKnown();
            }
        };
    }

    /** Asked by threads that were started for a connection, of whichever database. */
    private static Admitting admitting(Admission admission, LogName name) {
        return new Admitting() {
            @Override
            public Admission.Result watch(WatchSpec spec, List<String> order, long userId) {
                return name.during(() -> admission.watch(spec, order, userId));
            }

            @Override
            public Admission.Result touch(WatchSpec form, long userId) {
                return name.during(() -> admission.touch(form, userId));
            }

            @Override
            public boolean isStillAllowed(Admission.Result.Watching watching) {
                return name.during(() -> admission.isStillAllowed(watching));
            }
        };
    }

    /** Builds everything and starts it. */
    public static DatabaseCore start(CoreSettings settings, CorePorts ports) {
        return new DatabaseCore(settings, ports);
    }

    /** Where browsers come in. */
    public Door door() {
        return door;
    }

    /** The counters; they only grow, but for sessions and watches. */
    public CoreMetrics metrics() {
        return metrics;
    }

    /** What the source counts. */
    public SourceFigures source() {
        return source.figures();
    }

    /** How reading the source goes, and whether everything behind it still works. */
    public FeedReader.State feed() {
        return isAlive() ? reader.state() : reader.state().lost("a thread of the bridge ended; restart it");
    }

    private boolean isAlive() {
        return reader.isAlive()
                && follower.isAlive()
                && inquiries.isAlive()
                && writes.isAlive()
                && book.isAlive()
                && presences.isAlive()
                && sessions.isAlive();
    }

    /** What viewers may read, as far as it is known. */
    RightsBook rights() {
        return book;
    }

    /** The newest offset and its epoch. */
    public Journal journal() {
        return journal;
    }

    /** The open sessions, without values. */
    public List<SessionView> sessions() {
        return sessions.views();
    }

    /**
     * Tells {@code listener} of every decision from now on, without values.
     *
     * @param listener must return at once and may be called by any thread
     * @return ends it
     */
    public Runnable addTail(Consumer<Decided> listener) {
        tails.add(listener);
        return () -> tails.remove(listener);
    }

    private void decided(Decided decided) {
        for (var tail : tails) {
            try {
                tail.accept(decided);
            } catch (RuntimeException e) {
                LOG.warn("a listener of decisions failed", e);
            }
        }
    }

    /** Tells browsers that are here to come back, and stops. Nobody may come in any more. */
    @Override
    public void close() {
        sessions.drain(GOODBYE);
        reader.close();
        follower.close();
        inquiries.close();
        writes.close();
        presences.close();
        book.close();
        sessions.close();
    }
}
