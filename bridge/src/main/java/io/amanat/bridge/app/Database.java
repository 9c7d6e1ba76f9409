package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.DatabaseSettings;
import io.amanat.bridge.feed.FeedReader;
import io.amanat.bridge.journal.Journal;
import io.amanat.bridge.session.SessionMetrics;
import io.amanat.bridge.websocket.Door;
import io.amanat.connector.source.SourceFigures;
import io.amanat.connector.source.wal.Slot;
import io.amanat.connector.source.wal.SlotWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One database of Odoo that is served: its Odoo, what the add-on says of itself, and the way of its changes. Safe to share. */
final class Database implements ServedDatabase {

    private final String name;
    private final DatabaseSettings settings;
    private final AddonWatch addon;
    private final DatabaseCore core;
    private final Explainer explainer;
    private final Optional<SlotWatch> slot;
    private final Parts parts;

    private Database(String name, DatabaseSettings settings, Shared shared, Parts parts) {
        this.name = name;
        this.settings = settings;
        this.parts = parts;
        var journal = parts.keep(Wiring.journal(name, settings, shared));
        var odoo = parts.keep(Sources.odoo(settings));
        addon = parts.keep(AddonWatch.start(odoo, AddonWatch.Pace.DEFAULT, RandomGenerator.getDefault()));
        var ports = Wiring.ports(settings, odoo, addon, journal, shared.clock());
        core = parts.keep(DatabaseCore.start(Wiring.settings(settings), ports));
        slot = Wiring.slotWatch(settings).map(parts::keep);
        addon.tell(info -> info.incarnation().ifPresent(journal::incarnation));
        core.addTail(new TailLines(name, shared.tail(), shared.clock()));
        explainer = new Explainer(odoo, addon::info, core.rights(), shared.clock());
    }

    /**
     * Starts it; Odoo may be away meanwhile.
     *
     * @throws RuntimeException with a sentence for the operator, if something on this machine is in the way
     */
    static Database start(String name, DatabaseSettings settings, Shared shared) {
        var parts = new Parts();
        try {
            return new Database(name, settings, shared, parts);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public DatabaseSettings settings() {
        return settings;
    }

    AddonWatch addon() {
        return addon;
    }

    DatabaseCore core() {
        return core;
    }

    Explainer explainer() {
        return explainer;
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
        return core.journal();
    }

    @Override
    public SessionMetrics sessions() {
        return core.metrics().session();
    }

    @Override
    public Optional<Slot> slot() {
        return slot.flatMap(it -> it.state().slot());
    }

    @Override
    public boolean ready() {
        return deliveryTroubles().isEmpty();
    }

    @Override
    public List<String> troubles() {
        var troubles = deliveryTroubles();
        core.journal().state().trouble().ifPresent(troubles::add);
        slot.flatMap(it -> it.state().trouble()).ifPresent(troubles::add);
        return troubles;
    }

    private List<String> deliveryTroubles() {
        var troubles = new ArrayList<String>();
        addon.trouble().ifPresent(troubles::add);
        core.feed().trouble().ifPresent(troubles::add);
        return troubles;
    }

    @Override
    public void close() {
        parts.close();
    }
}
