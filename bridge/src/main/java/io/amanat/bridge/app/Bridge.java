package io.amanat.bridge.app;

import io.amanat.bridge.admin.AdminServer;
import io.amanat.bridge.admin.Tail;
import io.amanat.bridge.app.settings.Settings;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.odoo.XmlRpcOdoo;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running bridge: one Odoo, its browsers and its operators. */
final class Bridge implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private final Settings settings;
    private final BridgeCore core;
    private final Parts parts;

    private Bridge(Settings settings, BridgeCore core, Parts parts) {
        this.settings = settings;
        this.core = core;
        this.parts = parts;
    }

    /**
     * Starts it; Odoo may be away meanwhile.
     *
     * @throws RuntimeException with a sentence for the operator, if a port or socket cannot be had
     */
    static Bridge start(Settings settings) {
        var parts = new Parts();
        try {
            var bridge = new Bridge(settings, start(settings, parts), parts);
            LOG.info("browsers connect to {}, operators to {}", bridge.url(), settings.admin());
            return bridge;
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static BridgeCore start(Settings settings, Parts parts) {
        if (settings.databases().size() > 1) {
            throw new IllegalStateException("this version serves one database; set only one");
        }
        var database = settings.databases().firstEntry().getValue();
        OdooRpc odoo = parts.keep(new XmlRpcOdoo(database.odoo()));
        var addon = parts.keep(AddonWatch.start(odoo, AddonWatch.Pace.DEFAULT, RandomGenerator.getDefault()));
        var core = parts.keep(
                BridgeCore.start(Wiring.settings(settings.browsers(), database), Wiring.ports(database, odoo, addon)));
        var tail = new Tail();
        core.addTail(new TailLines(tail, InstantSource.system()));
        var explainer = new Explainer(odoo, addon::info, core.rights(), InstantSource.system());
        parts.keep(
                AdminServer.start(settings.admin(), new BridgePages(settings, database, core, addon, explainer, tail)));
        return core;
    }

    /** Where browsers connect, if there is no proxy in front. */
    String url() {
        return "ws://%s:%d/amanat.v1".formatted(settings.browsers().host(), core.port());
    }

    int port() {
        return core.port();
    }

    /** Tells browsers to come back later, and stops everything. */
    @Override
    public void close() {
        LOG.info("stopping");
        parts.close();
        LOG.info("stopped");
    }
}
