package io.amanat.bench.report;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.ObjectMapper;

/** What a run found, in the order it was put, printed for people and as the one JSON object of the last line. */
public final class Report {
    private static final double MICROS_PER_MS = 1_000;

    private final Map<String, Object> values = new LinkedHashMap<>();

    public Report(String bench, Map<String, ?> config) {
        values.put("bench", bench);
        values.put("config", config);
    }

    public Report put(String key, Object value) {
        values.put(key, value instanceof Double number ? round(number) : value);
        return this;
    }

    /** Puts the percentiles of a histogram of microseconds, their keys beginning with {@code prefix}. */
    public Report latency(String prefix, Histogram micros) {
        put(prefix + "p50_ms", micros.getValueAtPercentile(50) / MICROS_PER_MS);
        put(prefix + "p95_ms", micros.getValueAtPercentile(95) / MICROS_PER_MS);
        put(prefix + "p99_ms", micros.getValueAtPercentile(99) / MICROS_PER_MS);
        return put(prefix + "max_ms", micros.getMaxValue() / MICROS_PER_MS);
    }

    /** Puts what the machine was like. */
    public Report machine() {
        put("cores", Runtime.getRuntime().availableProcessors());
        return put("load_average", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    public void print(PrintWriter out, boolean json) {
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(values));
        } else {
            values.forEach((key, value) -> out.printf("%-24s %s%n", key, value));
        }
        out.flush();
    }

    private static double round(double value) {
        return Math.round(value * MICROS_PER_MS) / MICROS_PER_MS;
    }
}
