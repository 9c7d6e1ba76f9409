package io.amanat.bridge.app;

import io.amanat.bridge.access.AccessMetrics;
import io.amanat.bridge.access.RightsSummary;
import io.amanat.bridge.channel.ChannelMetrics;
import io.amanat.bridge.channel.ResetReason;
import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.connector.source.wal.Slot;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The figures of a running bridge, for monitoring. Names are stable; a unit is part of the name. Each is told of each database. */
final class Figures {

    private final Prometheus text = new Prometheus();
    private final List<ServedDatabase> databases;
    private final List<Database> odoo;

    private Figures(List<ServedDatabase> databases, List<Database> odoo) {
        this.databases = databases;
        this.odoo = odoo;
    }

    static String of(List<Tenant> tenants) {
        var figures = new Figures(
                tenants.stream().flatMap(it -> it.database().stream()).toList(),
                tenants.stream().flatMap(it -> it.odoo().stream()).toList());
        figures.ready(tenants);
        figures.feed();
        figures.slots();
        figures.decisions();
        figures.rights();
        figures.delivery();
        figures.lag();
        PolicyFigures.write(figures.text, ofTables(tenants, TableDatabase::policies));
        Promises.write(figures.text, ofTables(tenants, TableDatabase::reports));
        machine(figures.text);
        return figures.text.toString();
    }

    private static <T> Map<String, T> ofTables(List<Tenant> tenants, Function<TableDatabase, T> part) {
        var parts = new LinkedHashMap<String, T>();
        tenants.forEach(tenant -> tenant.tables().ifPresent(it -> parts.put(tenant.name(), part.apply(it))));
        return parts;
    }

    private void ready(List<Tenant> tenants) {
        var name = "amanat_ready";
        text.head(name, "gauge", "Whether the database is served as it should be: 1 or 0.");
        tenants.forEach(it -> text.sample(name, label(it.name()), it.ready() ? 1 : 0));
    }

    private void feed() {
        gauge(
                "amanat_source_connected",
                "Whether changes are being read: 1 or 0.",
                it -> it.feed().connected() ? 1 : 0);
        lagOfSource();
        counter(
                "amanat_source_messages_total",
                "Messages taken from the bus, each once.",
                it -> it.source().messages());
        counter(
                "amanat_source_duplicates_total",
                "Messages that came again and were left out.",
                it -> it.source().duplicates());
        counter(
                "amanat_source_late_total",
                "Messages that came after younger ones.",
                it -> it.source().late());
        counter(
                "amanat_source_gaps_total",
                "Times that something may have been missed, so that views re-read.",
                it -> it.source().gaps());
        gauge(
                "amanat_journal_offset",
                "Number of the newest change.",
                it -> it.journal().last());
        gauge(
                "amanat_journal_durable_offset",
                "Number of the newest change that no crash can take away.",
                it -> it.journal().durable().offset());
        gauge(
                "amanat_journal_first_offset",
                "Number of the oldest change that is kept.",
                it -> it.journal().first());
        gauge(
                "amanat_journal_bytes",
                "Size of the journal on disk.",
                it -> it.journal().state().bytes());
        gauge(
                "amanat_journal_trouble",
                "Whether something keeps changes from becoming durable: 1 or 0.",
                it -> it.journal().state().trouble().isPresent() ? 1 : 0);
        gauge(
                "amanat_journal_segments",
                "Files that the journal is in.",
                it -> it.journal().state().segments());
        counter(
                "amanat_journal_syncs_total",
                "How often the journal was made durable.",
                it -> it.journal().state().syncs());
        counter(
                "amanat_journal_sync_seconds_total",
                "Time spent waiting for the disk to make it durable.",
                it -> it.journal().state().syncSeconds());
        counter(
                "amanat_journal_lost_total",
                "Changes that could not be kept on disk.",
                it -> it.journal().state().lost());
    }

    /** Only of databases whose source has measured it. */
    private void lagOfSource() {
        var name = "amanat_source_lag_seconds";
        text.head(name, "gauge", "How long a message to oneself took to come back over Odoo's bus.");
        databases.forEach(it ->
                it.source().lag().ifPresent(lag -> text.sample(name, label(it.name()), lag.toMillis() / 1e3)));
    }

    /** Only of databases that have a replication slot. */
    private void slots() {
        text.head("amanat_slot_held_bytes", "gauge", "Log that PostgreSQL keeps because of our replication slot.");
        slots(slot -> OptionalLong.of(slot.heldBytes()), "amanat_slot_held_bytes");
        text.head("amanat_slot_safe_bytes", "gauge", "Log that may still be written before the slot is lost.");
        slots(slot -> slot.safeBytes().map(OptionalLong::of).orElse(OptionalLong.empty()), "amanat_slot_safe_bytes");
    }

    private void slots(Function<Slot, OptionalLong> bytes, String name) {
        databases.forEach(it -> it.slot()
                .ifPresent(slot -> bytes.apply(slot).ifPresent(value -> text.sample(name, label(it.name()), value))));
    }

    private void decisions() {
        counterOfOdoo(
                "amanat_changes_total", "Changes decided.", it -> channel(it).changes());
        counterOfOdoo(
                "amanat_changes_held_total",
                "Changes of which nothing may travel.",
                it -> channel(it).refused());
        counterOfOdoo(
                "amanat_bursts_total",
                "Bursts in which changes were decided together.",
                it -> channel(it).bursts());
        counterOfOdoo(
                "amanat_deliveries_total",
                "Decisions in favour of a viewer.",
                it -> channel(it).yes());
        countersOfOdoo(
                "amanat_resets_total",
                "Viewers told to re-read.",
                "reason",
                it -> counts(ResetReason.values(), channel(it)::resets));
    }

    private void rights() {
        countersOfOdoo(
                "amanat_rights_calls_total",
                "Calls to Odoo asking who may read what.",
                "kind",
                it -> counts(AccessMetrics.Call.values(), access(it)::calls));
        counterOfOdoo(
                "amanat_rights_failures_total",
                "Such calls that brought no answer.",
                it -> access(it).failures());
        counterOfOdoo(
                "amanat_rights_seconds_total",
                "Time spent waiting for their answers.",
                it -> access(it).seconds());
        counterOfOdoo(
                "amanat_rights_denied_total",
                "Answers that denied a viewer because rules raise or the answer could not be used.",
                it -> access(it).denials());
        gaugeOfOdoo(
                "amanat_rights_known",
                "Viewers and models whose rights are known.",
                it -> sum(it, RightsSummary::viewers));
        gaugeOfOdoo("amanat_rights_distinct", "Different rights among them.", it -> sum(it, RightsSummary::distinct));
        gaugeOfOdoo(
                "amanat_rights_undecidable",
                "Those of them whose records only Odoo can tell.",
                it -> sum(it, RightsSummary::undecidable));
    }

    private static long sum(DatabaseCore core, ToLongFunction<RightsSummary> figure) {
        return core.rights().summaries().stream().mapToLong(figure).sum();
    }

    private void delivery() {
        gauge(
                "amanat_sessions",
                "Open connections of browsers.",
                it -> it.sessions().sessions());
        gauge(
                "amanat_watches",
                "Views that are being watched.",
                it -> it.sessions().watches());
        counter(
                "amanat_watches_resumed_total",
                "Watches that came back and were told what they missed.",
                it -> it.sessions().resumedWatches());
        counter(
                "amanat_frames_encoded_total",
                "Frames encoded, each for any number of viewers.",
                it -> it.sessions().encoded());
        counter(
                "amanat_frames_sent_total",
                "Frames written to browsers.",
                it -> it.sessions().frames());
        counter(
                "amanat_sent_bytes_total",
                "Bytes written to browsers.",
                it -> it.sessions().bytes());
        counter(
                "amanat_outbox_overflows_total",
                "Slow browsers told to re-read instead.",
                it -> it.sessions().overflows());
        counter(
                "amanat_connections_cut_total",
                "Connections ended for giving no sign of life.",
                it -> it.sessions().stalled());
        counter(
                "amanat_connections_refused_total",
                "Connections beyond the limits.",
                it -> it.door().refusedConnections());
        gauge(
                "amanat_shared_sockets",
                "Open sockets that the tabs of one browser share.",
                it -> it.door().sharedSockets());
        counter(
                "amanat_welcomes_total",
                "Browsers that came in.",
                it -> it.sessions().welcomes());
        counters(
                "amanat_refusals_total",
                "Requests of browsers refused.",
                "code",
                it -> counts(ErrorCode.values(), it.sessions()::refusals));
    }

    private void lag() {
        var name = "amanat_commit_to_frame_seconds";
        text.head(name, "histogram", "From the commit to the encoded frame.");
        for (var database : databases) {
            long count = 0;
            for (var bucket : database.sessions().lag()) {
                count = bucket.count();
                var le = Prometheus.number(bucket.millis() / 1e3);
                text.sample(name + "_bucket", label(database.name(), "le", le), count);
            }
            text.sample(
                    name + "_sum", label(database.name()), database.sessions().lagSeconds());
            text.sample(name + "_count", label(database.name()), count);
        }
    }

    private void gauge(String name, String help, Function<ServedDatabase, Number> value) {
        each(databases, name, "gauge", help, value);
    }

    private void counter(String name, String help, Function<ServedDatabase, Number> value) {
        each(databases, name, "counter", help, value);
    }

    private void gaugeOfOdoo(String name, String help, Function<DatabaseCore, Number> value) {
        each(odoo, name, "gauge", help, value.compose(Database::core));
    }

    private void counterOfOdoo(String name, String help, Function<DatabaseCore, Number> value) {
        each(odoo, name, "counter", help, value.compose(Database::core));
    }

    private <D extends ServedDatabase> void each(
            List<D> of, String name, String type, String help, Function<D, Number> value) {
        text.head(name, type, help);
        of.forEach(it -> text.sample(name, label(it.name()), value.apply(it)));
    }

    private void counters(String name, String help, String key, Function<ServedDatabase, Map<String, Long>> values) {
        eachOf(databases, name, help, key, values);
    }

    private void countersOfOdoo(
            String name, String help, String key, Function<DatabaseCore, Map<String, Long>> values) {
        eachOf(odoo, name, help, key, values.compose(Database::core));
    }

    /** One counter for each value of a second label. */
    private <D extends ServedDatabase> void eachOf(
            List<D> of, String name, String help, String key, Function<D, Map<String, Long>> values) {
        text.head(name, "counter", help);
        of.forEach(it ->
                values.apply(it).forEach((value, count) -> text.sample(name, label(it.name(), key, value), count)));
    }

    private static String label(String database) {
        return "{database=\"%s\"}".formatted(database);
    }

    private static String label(String database, String key, String value) {
        return "{database=\"%s\",%s=\"%s\"}".formatted(database, key, value);
    }

    private static ChannelMetrics channel(DatabaseCore core) {
        return core.metrics().channel();
    }

    private static AccessMetrics access(DatabaseCore core) {
        return core.metrics().access();
    }

    private static void machine(Prometheus text) {
        var memory = ManagementFactory.getMemoryMXBean();
        text.gauge(
                "amanat_heap_used_bytes",
                "Memory used on Java's heap.",
                memory.getHeapMemoryUsage().getUsed());
        text.gauge(
                "amanat_threads",
                "Platform threads.",
                ManagementFactory.getThreadMXBean().getThreadCount());
        text.gauge(
                "amanat_uptime_seconds",
                "Since the start.",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
    }

    private static <E extends Enum<E>> Map<String, Long> counts(E[] values, ToLongFunction<E> count) {
        var counts = new TreeMap<String, Long>();
        for (E value : values) {
            counts.put(value.name().toLowerCase(Locale.ROOT), count.applyAsLong(value));
        }
        return counts;
    }
}
