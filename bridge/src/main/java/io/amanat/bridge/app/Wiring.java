package io.amanat.bridge.app;

import io.amanat.bridge.access.AccessSettings;
import io.amanat.bridge.app.settings.DatabaseSettings;
import io.amanat.bridge.app.settings.Limits;
import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.app.settings.TenantSettings;
import io.amanat.bridge.identity.IdentitySettings;
import io.amanat.bridge.journal.DiskJournal;
import io.amanat.bridge.journal.Journal;
import io.amanat.bridge.journal.MemoryJournal;
import io.amanat.bridge.session.SessionSettings;
import io.amanat.bridge.session.SessionSettings.Outbox;
import io.amanat.bridge.websocket.Door;
import io.amanat.bridge.websocket.Pages;
import io.amanat.bridge.websocket.WebsocketSettings;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.source.wal.SlotWatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Turns the operator's settings into those of the packages, and Odoo into the ports that a database's core asks for. */
public final class Wiring {

    /** Beyond the tolerated lateness, a source needs to know what it saw for somewhat longer. */
    private static final Duration MORE = Duration.ofMinutes(1);

    private Wiring() {}

    public static CoreSettings settings(DatabaseSettings settings) {
        return new CoreSettings(
                new AccessSettings(
                        settings.odoo().callTimeout(),
                        AccessSettings.DEFAULT.waiting(),
                        AccessSettings.DEFAULT.gather()),
                IdentitySettings.DEFAULT,
                settings.ownChanges(),
                session(settings.limits()),
                door(settings));
    }

    /** The plan board, if it is to be served, for whoever the company's own web server has a token for. */
    static Pages pages(Settings.Browsers browsers) {
        return browsers.planBoard()
                .map(it -> JsonMapper.shared()
                        .writeValueAsString(Map.of("bridge", "/amanat.v1/" + it.database(), "token", it.token())))
                .map(config -> Pages.board(Map.of("config.json", () -> config)))
                .orElseGet(Pages::none);
    }

    static SessionSettings session(Limits limits) {
        var usual = SessionSettings.DEFAULT;
        return new SessionSettings(
                usual.helloTimeout(),
                usual.heartbeat(),
                limits.frameBytes(),
                limits.watches(),
                limits.messagesPerSecond(),
                new Outbox(
                        limits.outboxBytes(),
                        usual.outbox().age(),
                        usual.outbox().stalled()),
                perUser(limits.perUser()),
                usual.drain(),
                limits.arrivals());
    }

    private static SessionSettings.PerUser perUser(Limits.PerUser limits) {
        return new SessionSettings.PerUser(limits.connections(), limits.watches(), limits.messagesPerSecond());
    }

    static Door.Settings door(TenantSettings settings) {
        var limits = settings.limits();
        return new Door.Settings(
                Set.copyOf(settings.origins()), false, limits.connections(), limits.connectionsPerAddress());
    }

    static WebsocketSettings port(Settings.Browsers browsers) {
        return new WebsocketSettings(
                browsers.host(), browsers.port(), browsers.connections(), Set.copyOf(browsers.proxies()));
    }

    static Journal journal(String name, TenantSettings settings, Shared shared) {
        return shared.dataDir()
                .<Journal>map(
                        it -> DiskJournal.open(it.resolve(name).resolve("journal"), settings.journal(), shared.clock()))
                .orElseGet(() -> new MemoryJournal(settings.journal()));
    }

    public static CorePorts ports(
            DatabaseSettings settings, OdooRpc odoo, AddonWatch addon, Journal journal, InstantSource clock) {
        return new CorePorts(
                journal,
                new Sources(settings, odoo).open(journal.positions(remembered(settings))),
                new OdooRights(odoo),
                addon,
                new LivePolicy(addon::info, settings.models()),
                clock);
    }

    /** Looks after the replication slot, where one may be read. */
    static Optional<SlotWatch> slotWatch(DatabaseSettings settings) {
        var source = settings.source();
        return switch (source.kind()) {
            case AUTO, WAL -> source.wal().map(SlotWatch::start);
            case WEBSOCKET, LONGPOLLING, POLL -> Optional.empty();
        };
    }

    /** A source's floor is as old as the lateness, and stands still for as long again after a restart. */
    private static Duration remembered(DatabaseSettings settings) {
        return settings.source().lateness().multipliedBy(2).plus(MORE);
    }
}
