package io.amanat.e2e.leak;

import io.amanat.bridge.app.AddonWatch;
import io.amanat.bridge.app.CorePorts;
import io.amanat.bridge.app.DatabaseCore;
import io.amanat.bridge.app.Wiring;
import io.amanat.bridge.app.settings.DatabaseSettings;
import io.amanat.bridge.app.settings.SourceSettings;
import io.amanat.bridge.journal.Entry;
import io.amanat.bridge.journal.Journal.Reading;
import io.amanat.bridge.journal.MemoryJournal;
import io.amanat.bridge.websocket.WebsocketServer;
import io.amanat.bridge.websocket.WebsocketSettings;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.odoo.XmlRpcOdoo;
import io.amanat.e2e.lab.Lab;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A bridge of our own on the lab's Odoo, in this process: the real one, wired as the service is. */
final class LabBridge implements AutoCloseable {
    private static final String SERVICE_USER = "amanat_bridge";
    private static final int MOST_ENTRIES = 1_000;

    private final OdooRpc odoo;
    private final AddonWatch addon;
    private final DatabaseCore core;
    private final WebsocketServer server;
    private long read;

    private LabBridge(OdooRpc odoo, AddonWatch addon, DatabaseCore core) {
        this.odoo = odoo;
        this.addon = addon;
        this.core = core;
        this.server = WebsocketServer.start(WebsocketSettings.of("127.0.0.1", 0), _ -> Optional.of(core.door()));
    }

    static LabBridge start(Lab lab, Tampering tampering) {
        var settings = settings(lab);
        var odoo = tampering.odoo().apply(new XmlRpcOdoo(settings.odoo()));
        var addon = AddonWatch.start(odoo, AddonWatch.Pace.DEFAULT, RandomGenerator.getDefault());
        addon.fetch();
        var ports = Wiring.ports(settings, odoo, addon, new MemoryJournal(settings.journal()), InstantSource.system());
        var source = tampering.source().apply(ports.source());
        var core = DatabaseCore.start(
                Wiring.settings(settings),
                new CorePorts(ports.journal(), source, ports.oracle(), ports.trust(), ports.policy(), ports.clock()));
        return new LabBridge(odoo, addon, core);
    }

    private static DatabaseSettings settings(Lab lab) {
        var password = Objects.requireNonNull(lab.passwords().get(SERVICE_USER));
        return DatabaseSettings.of(
                OdooSettings.of(lab.url(), lab.database(), SERVICE_USER, new Secret(password)),
                SourceSettings.at(lab.url(), lab.websocketUrl()),
                List.of(lab.url().toString()));
    }

    URI url() {
        return URI.create("ws://127.0.0.1:%d/amanat.v1".formatted(server.port()));
    }

    boolean connected() {
        return core.feed().connected();
    }

    /** The journal's entries since the last call. */
    List<Entry> entries() throws InterruptedException {
        var entries = new ArrayList<Entry>();
        while (read < core.journal().last()) {
            switch (core.journal().read(read, MOST_ENTRIES, Duration.ZERO)) {
                case Reading.Entries(var next) -> {
                    entries.addAll(next);
                    read = next.isEmpty() ? read : next.getLast().offset();
                }
                case Reading.Behind behind ->
                    throw new IllegalStateException("the journal kept too little: %s".formatted(behind));
            }
        }
        return entries;
    }

    @Override
    public void close() {
        server.shut();
        core.close();
        server.close();
        addon.close();
        odoo.close();
    }
}
