package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.DatabaseSettings;
import io.amanat.connector.source.wal.Slot;
import io.amanat.connector.source.wal.SlotWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One database that is served: its Odoo, what the add-on says of itself, and the way of its changes. Safe to share. */
final class Database implements AutoCloseable {

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

    String name() {
        return name;
    }

    DatabaseSettings settings() {
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

    /** The replication slot as it was at the last look; empty if there is none. */
    Optional<Slot> slot() {
        return slot.flatMap(it -> it.state().slot());
    }

    /** Whether changes are delivered: a disk that fails keeps nobody from that. */
    boolean ready() {
        return deliveryTroubles().isEmpty();
    }

    /** What is wrong with it just now; empty if nothing is. */
    List<String> troubles() {
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

    /** Tells its browsers to come back later, and stops it. */
    @Override
    public void close() {
        parts.close();
    }
}
