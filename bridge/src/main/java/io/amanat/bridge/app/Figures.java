package io.amanat.bridge.app;

import io.amanat.bridge.access.AccessMetrics;
import io.amanat.bridge.access.RightsSummary;
import io.amanat.bridge.channel.ResetReason;
import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.session.SessionMetrics;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The figures of a running bridge, for monitoring. Names are stable; a unit is part of the name. */
final class Figures {

    private Figures() {}

    static String of(BridgeCore core, boolean ready) {
        var text = new Prometheus();
        text.gauge("amanat_ready", "Whether the bridge does its work: 1 or 0.", ready ? 1 : 0);
        text.gauge(
                "amanat_source_connected",
                "Whether changes are being read: 1 or 0.",
                core.feed().connected() ? 1 : 0);
        text.gauge(
                "amanat_journal_offset",
                "Number of the newest change.",
                core.journal().last());
        decisions(text, core);
        delivery(text, core);
        machine(text);
        return text.toString();
    }

    private static void decisions(Prometheus text, BridgeCore core) {
        var channel = core.metrics().channel();
        var access = core.metrics().access();
        text.counter("amanat_changes_total", "Changes decided.", channel.changes());
        text.counter("amanat_changes_held_total", "Changes of which nothing may travel.", channel.refused());
        text.counter("amanat_bursts_total", "Bursts in which changes were decided together.", channel.bursts());
        text.counter("amanat_deliveries_total", "Decisions in favour of a viewer.", channel.yes());
        text.counters(
                "amanat_resets_total",
                "Viewers told to re-read.",
                "reason",
                counts(ResetReason.values(), channel::resets));
        text.counters(
                "amanat_rights_calls_total",
                "Calls to Odoo asking who may read what.",
                "kind",
                counts(AccessMetrics.Call.values(), access::calls));
        text.counter("amanat_rights_failures_total", "Such calls that brought no answer.", access.failures());
        text.counter("amanat_rights_seconds_total", "Time spent waiting for their answers.", access.seconds());
        text.counter(
                "amanat_rights_denied_total",
                "Answers that denied a viewer because rules raise or the answer could not be used.",
                access.denials());
        rights(text, core.rights().summaries());
    }

    private static void rights(Prometheus text, List<RightsSummary> known) {
        text.gauge(
                "amanat_rights_known",
                "Viewers and models whose rights are known.",
                sum(known, RightsSummary::viewers));
        text.gauge("amanat_rights_distinct", "Different rights among them.", sum(known, RightsSummary::distinct));
        text.gauge(
                "amanat_rights_undecidable",
                "Those of them whose records only Odoo can tell.",
                sum(known, RightsSummary::undecidable));
    }

    private static long sum(List<RightsSummary> summaries, ToLongFunction<RightsSummary> figure) {
        return summaries.stream().mapToLong(figure).sum();
    }

    private static void delivery(Prometheus text, BridgeCore core) {
        var session = core.metrics().session();
        text.gauge("amanat_sessions", "Open connections of browsers.", session.sessions());
        text.gauge("amanat_watches", "Views that are being watched.", session.watches());
        text.counter(
                "amanat_frames_encoded_total", "Frames encoded, each for any number of viewers.", session.encoded());
        text.counter("amanat_frames_sent_total", "Frames written to browsers.", session.frames());
        text.counter("amanat_sent_bytes_total", "Bytes written to browsers.", session.bytes());
        text.counter("amanat_outbox_overflows_total", "Slow browsers told to re-read instead.", session.overflows());
        text.counter(
                "amanat_connections_cut_total", "Connections ended for giving no sign of life.", session.stalled());
        text.counter("amanat_connections_refused_total", "Connections beyond the limits.", core.refusedConnections());
        text.counters(
                "amanat_refusals_total",
                "Requests of browsers refused.",
                "code",
                counts(ErrorCode.values(), session::refusals));
        lag(text, session);
    }

    private static void lag(Prometheus text, SessionMetrics session) {
        var name = "amanat_commit_to_frame_seconds";
        text.head(name, "histogram", "From the commit in Odoo to the encoded frame.");
        long count = 0;
        for (var bucket : session.lag()) {
            count = bucket.count();
            text.sample(name + "_bucket", "{le=\"%s\"}".formatted(Prometheus.number(bucket.millis() / 1e3)), count);
        }
        text.sample(name + "_sum", "", session.lagSeconds()).sample(name + "_count", "", count);
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
