package io.amanat.bridge.app;

import io.amanat.bridge.admin.AdminPages;
import io.amanat.bridge.admin.Readiness;
import io.amanat.bridge.admin.RightsQuery;
import io.amanat.bridge.admin.Tail;
import io.amanat.bridge.app.settings.DatabaseSettings;
import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.cli.VersionCommand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What operators are shown of a running bridge. */
final class BridgePages implements AdminPages {

    private final Settings settings;
    private final DatabaseSettings database;
    private final BridgeCore core;
    private final AddonWatch addon;
    private final Explainer explainer;
    private final Tail tail;

    BridgePages(
            Settings settings,
            DatabaseSettings database,
            BridgeCore core,
            AddonWatch addon,
            Explainer explainer,
            Tail tail) {
        this.settings = settings;
        this.database = database;
        this.core = core;
        this.addon = addon;
        this.explainer = explainer;
        this.tail = tail;
    }

    @Override
    public Readiness readiness() {
        var reasons = new ArrayList<String>();
        addon.trouble().ifPresent(reasons::add);
        core.feed().trouble().ifPresent(reasons::add);
        return new Readiness(reasons);
    }

    @Override
    public String metrics() {
        return Figures.of(core, readiness().ready());
    }

    @Override
    public Map<String, ?> info() {
        var info = new LinkedHashMap<String, Object>();
        info.put("version", VersionCommand.version());
        info.put("java", Runtime.version().toString());
        info.put(
                "browsers",
                Map.of("host", settings.browsers().host(), "port", core.port(), "origins", database.origins()));
        info.put("odoo", odoo());
        info.put("source", source());
        info.put("epoch", core.journal().epoch());
        info.put("offset", core.journal().last());
        info.put("rights", core.rights().summaries());
        info.put("sessions", core.metrics().session().sessions());
        return info;
    }

    private Map<String, ?> odoo() {
        var odoo = new LinkedHashMap<String, Object>();
        odoo.put("url", database.odoo().url().toString());
        odoo.put("database", database.odoo().database());
        odoo.put("addon", addon.info().map(AddonInfo::version).orElse(""));
        odoo.put("channel_guard", addon.info().map(AddonInfo::guarded).orElse(false));
        odoo.put(
                "models",
                addon.info()
                        .map(it -> List.copyOf(new TreeSet<>(it.models().keySet())))
                        .orElse(List.of()));
        return odoo;
    }

    private Map<String, ?> source() {
        return Map.of(
                "kind", "websocket",
                "url", database.source().websocketUrl().toString(),
                "connected", core.feed().connected(),
                "last_change", core.feed().lastChange().map(Instant::toString).orElse(""));
    }

    @Override
    public Map<String, ?> rights(RightsQuery query) {
        return explainer.explain(query);
    }

    @Override
    public Tail tail() {
        return tail;
    }
}
