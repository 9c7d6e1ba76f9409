package io.amanat.bridge.app;

import io.amanat.bridge.access.rls.RowSecurityMetrics;
import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.feed.FeedReader;
import io.amanat.bridge.journal.Journal;
import io.amanat.bridge.session.Reports;
import io.amanat.bridge.session.SessionMetrics;
import io.amanat.bridge.websocket.Door;
import io.amanat.connector.source.ChangeSource;
import io.amanat.connector.source.SourceFigures;
import io.amanat.connector.source.tables.Catalogue;
import io.amanat.connector.source.wal.Slot;
import io.amanat.connector.source.wal.SlotWatch;
import io.amanat.connector.source.wal.WalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL tables that are served: connections, the journal, and the way of their changes. Safe to share. */
final class TableDatabase implements ServedDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(TableDatabase.class);

    /** How far back the journal's places are looked for. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** For the one that decides, and those that help it. */
    private static final int JUDGING = 6;

    private final String name;
    private final TablesSettings settings;
    private final Journal journal;
    private final TableCore core;
    private final SlotWatch slot;
    private final Parts parts;

    private TableDatabase(String name, TablesSettings settings, Shared shared, Parts parts) {
        this.name = name;
        this.settings = settings;
        this.parts = parts;
        var postgres = settings.wal().postgres();
        var timeout = settings.statementTimeout();
        journal = parts.keep(Wiring.journal(name, settings, shared));
        var judging = parts.keep(PostgresPool.of(postgres, "amanat-judge-" + name, JUDGING, timeout));
        var asking = parts.keep(PostgresPool.of(postgres, "amanat-" + name, settings.connections(), timeout));
        var published = new PublishedTables(judging, settings.wal().publication(), Set.copyOf(settings.tables()));
        var tail = new TailLines(name, shared.tail(), shared.clock());
        var ports = new TableCore.Ports(journal, open(), judging, asking, published, tail, shared.clock());
        core = parts.keep(TableCore.start(settings, ports));
        slot = parts.keep(SlotWatch.start(settings.wal()));
    }

    /**
     * Starts it; PostgreSQL may be away meanwhile.
     *
     * @throws RuntimeException with a sentence for the operator, if something on this machine is in the way
     */
    static TableDatabase start(String name, TablesSettings settings, Shared shared) {
        var parts = new Parts();
        try {
            return new TableDatabase(name, settings, shared, parts);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private ChangeSource open() {
        var required = settings.tables().stream()
                .map(it -> it.contains(".") ? it : "public." + it)
                .toList();
        return ChangeSource.tables(settings.wal(), required, catalogue(), journal.positions(REMEMBERED));
    }

    /** As those know it who will be told of changes: nobody has come yet. Empty while PostgreSQL is away. */
    private Optional<Catalogue> catalogue() {
        try {
            return Optional.of(Catalogue.read(settings.wal()));
        } catch (WalException e) {
            LOG.warn("{}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TablesSettings settings() {
        return settings;
    }

    /** How the policies were asked. */
    RowSecurityMetrics policies() {
        return core.rights();
    }

    /** What browsers measured. */
    Reports reports() {
        return core.reports();
    }

    @Override
    public Door door() {
        return core.door();
    }

    @Override
    public FeedReader.State feed() {
        return core.feed();
    }

    @Override
    public SourceFigures source() {
        return core.source();
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public SessionMetrics sessions() {
        return core.metrics();
    }

    @Override
    public Optional<Slot> slot() {
        return slot.state().slot();
    }

    @Override
    public boolean ready() {
        return core.feed().trouble().isEmpty();
    }

    @Override
    public List<String> troubles() {
        var troubles = new ArrayList<String>();
        core.feed().trouble().ifPresent(troubles::add);
        journal.state().trouble().ifPresent(troubles::add);
        slot.state().trouble().ifPresent(troubles::add);
        return troubles;
    }

    @Override
    public void close() {
        parts.close();
    }
}
