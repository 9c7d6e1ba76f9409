package io.amanat.bridge.app;

import io.amanat.bridge.access.Stamps;
import io.amanat.bridge.access.rls.AsViewer;
import io.amanat.bridge.access.rls.Conditions;
import io.amanat.bridge.access.rls.RowSecurity;
import io.amanat.bridge.access.rls.RowSecurityMetrics;
import io.amanat.bridge.access.rls.RowSecuritySettings;
import io.amanat.bridge.access.rls.Viewers;
import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.app.settings.TopicSettings;
import io.amanat.bridge.channel.Numbered;
import io.amanat.bridge.feed.FeedReader;
import io.amanat.bridge.feed.Follower;
import io.amanat.bridge.identity.IdentitySettings;
import io.amanat.bridge.identity.JwtVerifier;
import io.amanat.bridge.identity.Revocations;
import io.amanat.bridge.journal.Journal;
import io.amanat.bridge.session.Reports;
import io.amanat.bridge.session.SessionMetrics;
import io.amanat.bridge.session.SessionPorts;
import io.amanat.bridge.session.Sessions;
import io.amanat.bridge.session.TablePorts;
import io.amanat.bridge.session.TableSessions;
import io.amanat.bridge.table.TableJudge;
import io.amanat.bridge.table.TableSummary;
import io.amanat.bridge.table.Tables;
import io.amanat.bridge.topic.Rights;
import io.amanat.bridge.topic.SqlRights;
import io.amanat.bridge.websocket.Door;
import io.amanat.bridge.write.Reads;
import io.amanat.bridge.write.WriteSettings;
import io.amanat.bridge.write.Writes;
import io.amanat.connector.source.ChangeSource;
import io.amanat.connector.source.SourceFigures;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** The way of a change of PostgreSQL tables, built and running: source, journal, judge, sessions. Safe to share. */
final class TableCore implements AutoCloseable {

    private static final Duration GOODBYE = Duration.ofSeconds(3);

    /** How long a change that is not decided yet may hold the others up, until it is known what was committed meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SessionMetrics metrics = new SessionMetrics();
    private final RowSecurityMetrics rights = new RowSecurityMetrics();
    private final Reports reports = new Reports(System::nanoTime);
    private final Viewers viewers;
    private final Queue<Integer> leaving = new ConcurrentLinkedQueue<>();
    private final Journal journal;
    private final ChangeSource source;
    private final TableSessions tables;
    private final Sessions sessions;
    private final Follower follower;
    private final FeedReader reader;
    private final Door door;
    private final OldWrites oldWrites;

    /**
     * The neighbours of the core.
     *
     * @param journal open for longer than the core
     * @param source opened at the journal's positions; owned and closed by the core
     * @param judging connections for the one thread that decides
     * @param asking connections for what viewers ask and write
     * @param published by {@code judging}
     * @param tail is shown what was decided
     */
    record Ports(
            Journal journal,
            ChangeSource source,
            DataSource judging,
            DataSource asking,
            PublishedTables published,
            TailLines tail,
            InstantSource clock) {}

    private TableCore(TablesSettings settings, Ports ports) {
        journal = ports.journal();
        source = ports.source();
        viewers = new Viewers(settings.viewers());
        var feeds = new AtomicLong();
        var watched = new Tables(ports.published(), feeds::incrementAndGet);
        var asViewer = asViewer(settings, ports);
        var marks = new Marks(ports.judging(), journal, UUID.randomUUID().toString(), PATIENCE);
        var commits = new Commits(ports.asking(), marks, PATIENCE);
        var writes = new Writes(asViewer, ports.asking(), ports.published(), WriteSettings.DEFAULT, System::nanoTime);
        var queries = new TableQueries(commits, new Reads(asViewer, ports.published()), writes, LogName.here());
        tables = TableSessions.start(
                Wiring.session(settings.limits()),
                sessionPorts(settings, ports),
                tablePorts(settings, ports, watched, queries, feeds),
                metrics);
        sessions = tables.sessions();
        var security = new RowSecurity(
                ports.judging(), settings.wal().publication(), viewers, RowSecuritySettings.DEFAULT, marks, rights);
        var summary = new TableSummary(tables, ports.tail()::isFollowed, ports.tail());
        var judge = new TableJudge(watched, security, summary, Follower.BURST, System::nanoTime);
        follower = Follower.start(journal, entries -> decide(judge, summary, Past.numbered(entries)));
        reader = FeedReader.start(source, journal, commits, ports.clock());
        door = new Door(Wiring.door(settings), Wiring.session(settings.limits()), sessions, new Strangers());
        oldWrites = OldWrites.start(writes);
    }

    /** Builds everything and starts it. */
    static TableCore start(TablesSettings settings, Ports ports) {
        return new TableCore(settings, ports);
    }

    /** Names are looked up where the policies look them up: what a row's functions find, its reader and writer find too. */
    private static AsViewer asViewer(TablesSettings settings, Ports ports) {
        return new AsViewer(ports.asking(), RowSecuritySettings.DEFAULT.searchPath(), settings.statementTimeout());
    }

    private SessionPorts sessionPorts(TablesSettings settings, Ports ports) {
        var tokens =
                new JwtVerifier(settings.jwt(), new RolesPastPolicies(ports.asking(), System::nanoTime), ports.clock());
        var name = LogName.here();
        return new SessionPorts(
                (token, fromPage) -> name.during(() -> tokens.verify(token, fromPage)),
                new Revocations(IdentitySettings.DEFAULT, ports.clock()),
                new Past(journal),
                ports.clock());
    }

    private TablePorts tablePorts(
            TablesSettings settings, Ports ports, Tables watched, TableQueries queries, AtomicLong feeds) {
        return new TablePorts(
                viewers,
                leaving::add,
                watched,
                queries,
                new Stamps(journal.key()),
                feeds::incrementAndGet,
                TopicSettings.rules(settings.topics()),
                topicRights(new SqlRights(new Conditions(asViewer(settings, ports)), System::nanoTime), LogName.here()),
                reports);
    }

    /** Asked by threads that were started for a connection, of whichever database. */
    private static Rights topicRights(Rights rights, LogName name) {
        return (claims, topic) -> name.during(() -> rights.ask(claims, topic));
    }

    /** Numbers of viewers are given back between two bursts: nothing that was decided before holds one that was left. */
    private void decide(TableJudge judge, TableSummary summary, List<Numbered> changes) {
        int left = leaving.size();
        changes.forEach(it -> tables.changed(it.change()));
        summary.expect(changes);
        judge.decide(changes);
        for (int i = 0; i < left; i++) {
            Optional.ofNullable(leaving.poll()).ifPresent(viewers::leave);
        }
    }

    Door door() {
        return door;
    }

    SessionMetrics metrics() {
        return metrics;
    }

    /** How the policies were asked. */
    RowSecurityMetrics rights() {
        return rights;
    }

    /** What browsers measured. */
    Reports reports() {
        return reports;
    }

    SourceFigures source() {
        return source.figures();
    }

    /** How reading the source goes, and whether everything behind it still works. */
    FeedReader.State feed() {
        return isAlive() ? reader.state() : reader.state().lost("a thread of the bridge ended; restart it");
    }

    private boolean isAlive() {
        return reader.isAlive() && follower.isAlive() && tables.isAlive();
    }

    /** Tells browsers that are here to come back, and stops. Nobody may come in any more. */
    @Override
    public void close() {
        oldWrites.close();
        sessions.drain(GOODBYE);
        reader.close();
        follower.close();
        tables.close();
    }
}
