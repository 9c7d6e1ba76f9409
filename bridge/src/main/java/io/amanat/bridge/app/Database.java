package io.amanat.bridge.app;

import io.amanat.bridge.admin.Tail;
import io.amanat.bridge.app.settings.DatabaseSettings;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.odoo.XmlRpcOdoo;
import java.nio.file.Path;
import java.time.InstantSource;
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
    private final Parts parts;

    private Database(String name, DatabaseSettings settings, Optional<Path> dataDir, Tail tail, Parts parts) {
        this.name = name;
        this.settings = settings;
        this.parts = parts;
        var journal = parts.keep(Wiring.journal(dataDir, name, settings));
        OdooRpc odoo = parts.keep(new XmlRpcOdoo(settings.odoo()));
        addon = parts.keep(AddonWatch.start(odoo, AddonWatch.Pace.DEFAULT, RandomGenerator.getDefault()));
        core = parts.keep(DatabaseCore.start(Wiring.settings(settings), Wiring.ports(settings, odoo, addon, journal)));
        addon.tell(info -> info.incarnation().ifPresent(journal::incarnation));
        core.addTail(new TailLines(name, tail, InstantSource.system()));
        explainer = new Explainer(odoo, addon::info, core.rights(), InstantSource.system());
    }

    /**
     * Starts it; Odoo may be away meanwhile.
     *
     * @param dataDir where its journal is kept; empty to keep it in memory
     * @param tail is shown what passes
     * @throws RuntimeException with a sentence for the operator, if something on this machine is in the way
     */
    static Database start(String name, DatabaseSettings settings, Optional<Path> dataDir, Tail tail) {
        var parts = new Parts();
        try {
            return new Database(name, settings, dataDir, tail, parts);
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

    /** Whether changes are delivered: a disk that fails keeps nobody from that. */
    boolean ready() {
        return deliveryTroubles().isEmpty();
    }

    /** What is wrong with it just now; empty if nothing is. */
    List<String> troubles() {
        var troubles = deliveryTroubles();
        core.journal().state().trouble().ifPresent(troubles::add);
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
