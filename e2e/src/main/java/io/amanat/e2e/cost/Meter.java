package io.amanat.e2e.cost;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.HashMap;
import java.util.Map;

/** The browser's own counters of one page; reading them runs nothing in the page. */
final class Meter {
    private final CDPSession devtools;

    Meter(Page page) {
        devtools = page.context().newCDPSession(page);
        JsonObject ownTime = new JsonObject();
        ownTime.addProperty("timeDomain", "threadTicks");
        devtools.send("Performance.enable", ownTime);
        devtools.send("HeapProfiler.enable");
    }

    Spent spent() {
        return Spent.of(metrics());
    }

    /** What lives in the page's heap, in bytes: all garbage is collected before. */
    double heap() {
        devtools.send("HeapProfiler.collectGarbage");
        devtools.send("HeapProfiler.collectGarbage"); // what only the finalizers of the first one let go
        return metrics().getOrDefault("JSHeapUsedSize", 0.0);
    }

    double nodes() {
        return metrics().getOrDefault("Nodes", 0.0);
    }

    private Map<String, Double> metrics() {
        Map<String, Double> metrics = new HashMap<>();
        for (JsonElement metric : devtools.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject pair = metric.getAsJsonObject();
            metrics.put(pair.get("name").getAsString(), pair.get("value").getAsDouble());
        }
        return metrics;
    }
}
