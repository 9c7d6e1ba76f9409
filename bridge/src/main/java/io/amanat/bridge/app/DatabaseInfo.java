package io.amanat.bridge.app;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        var odoo = new LinkedHashMap<String, Object>();
        odoo.put("url", tenant.settings().odoo().url().toString());
        odoo.put("database", tenant.settings().odoo().database());
        info.put("odoo", odoo);
        tenant.database().ifPresent(running -> {
            addOn(odoo, running);
            info.put("source", source(running));
            info.put("journal", journal(running));
            info.put("rights", running.core().rights().summaries());
            info.put("sessions", running.core().metrics().session().sessions());
            info.put("watches", running.core().metrics().session().watches());
        });
        return info;
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

    private static Map<String, ?> source(Database running) {
        var feed = running.core().feed();
        var figures = running.core().source();
        var source = new LinkedHashMap<String, Object>();
        source.put("wanted", running.settings().source().kind().name().toLowerCase(Locale.ROOT));
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

    /** Where the source would go on after a crash. */
    private static String position(Database running) {
        var text = running.core().journal().durable().position().text();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static Map<String, ?> journal(Database running) {
        var journal = running.core().journal();
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
