package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.DatabaseSettings;
import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.app.settings.TenantSettings;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What operators are told of one database, without values. */
final class DatabaseInfo {

    /** Of a position: those of sources by ids name every id of a while. */
    private static final int LONGEST = 60;

    private DatabaseInfo() {}

    static Map<String, ?> of(Tenant tenant) {
        var info = new LinkedHashMap<String, Object>();
        info.put("ready", tenant.ready());
        info.put("troubles", tenant.troubles());
        info.put("origins", tenant.settings().origins());
        switch (tenant.settings()) {
            case DatabaseSettings odoo -> info.put("odoo", odoo(odoo, tenant.odoo()));
            case TablesSettings tables -> info.put("postgres", postgres(tables));
        }
        tenant.database().ifPresent(running -> {
            info.put("source", source(running));
            info.put("journal", journal(running));
            tenant.odoo().ifPresent(it -> info.put("rights", it.core().rights().summaries()));
            info.put("sessions", running.sessions().sessions());
            info.put("watches", running.sessions().watches());
            tenant.tables().ifPresent(it -> info.put("slo", Promises.of(it.reports())));
        });
        return info;
    }

    private static Map<String, ?> odoo(DatabaseSettings settings, Optional<Database> running) {
        var odoo = new LinkedHashMap<String, Object>();
        odoo.put("url", settings.odoo().url().toString());
        odoo.put("database", settings.odoo().database());
        running.ifPresent(it -> addOn(odoo, it));
        return odoo;
    }

    private static Map<String, ?> postgres(TablesSettings settings) {
        return Map.of(
                "address", settings.wal().postgres().address(),
                "publication", settings.wal().publication(),
                "slot", settings.wal().slot());
    }

    private static void addOn(Map<String, Object> odoo, Database running) {
        var addon = running.addon().info();
        odoo.put("addon", addon.map(AddonInfo::version).orElse(""));
        odoo.put("channel_guard", addon.map(AddonInfo::guarded).orElse(false));
        odoo.put(
                "models",
                addon.map(it -> List.copyOf(new TreeSet<>(it.models().keySet())))
                        .orElse(List.of()));
    }

    private static Map<String, ?> source(ServedDatabase running) {
        var feed = running.feed();
        var figures = running.source();
        var source = new LinkedHashMap<String, Object>();
        source.put("wanted", wanted(running.settings()));
        source.put("kind", figures.kind());
        source.put("why", figures.why());
        source.put("connected", feed.connected());
        figures.lag().ifPresent(it -> source.put("lag_seconds", it.toMillis() / 1e3));
        source.put(
                "last_change",
                feed.lastChange()
                        .map(it -> it.truncatedTo(ChronoUnit.SECONDS).toString())
                        .orElse(""));
        source.put("position", position(running));
        source.put("messages", figures.messages());
        source.put("duplicates", figures.duplicates());
        source.put("late", figures.late());
        source.put("gaps", figures.gaps());
        return source;
    }

    private static String wanted(TenantSettings settings) {
        return switch (settings) {
            case DatabaseSettings odoo -> odoo.source().kind().name().toLowerCase(Locale.ROOT);
            case TablesSettings tables -> "wal";
        };
    }

    /** Where the source would go on after a crash. */
    private static String position(ServedDatabase running) {
        var text = running.journal().durable().position().text();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static Map<String, ?> journal(ServedDatabase running) {
        var journal = running.journal();
        var state = journal.state();
        return Map.of(
                "kind", state.kind(),
                "epoch", journal.epoch(),
                "first", journal.first(),
                "offset", journal.last(),
                "durable", journal.durable().offset(),
                "bytes", state.bytes(),
                "segments", state.segments(),
                "lost", state.lost());
    }
}
