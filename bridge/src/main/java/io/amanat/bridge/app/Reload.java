package io.amanat.bridge.app;

import io.amanat.bridge.admin.PageException;
import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.app.settings.SettingsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the settings again and lets the running bridge follow them. Safe to share; one at a time. */
final class Reload {

    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final Supplier<Settings> reader;
    private final Databases databases;
    private final Settings started;
    private Settings.Logging logging;

    /**
     * Nothing is read yet.
     *
     * @param started the settings that the bridge started with
     */
    Reload(Supplier<Settings> reader, Databases databases, Settings started) {
        this.reader = reader;
        this.databases = databases;
        this.started = started;
        this.logging = started.logging();
    }

    /**
     * Reads the settings; if all is well with them, the databases become what they say.
     *
     * @return what was done, for the operator
     * @throws PageException with everything that is wrong with the settings; then nothing was changed
     */
    synchronized Map<String, ?> run() {
        var settings = read();
        if (!settings.logging().equals(logging)) {
            Logs.configure(settings.logging());
            logging = settings.logging();
        }
        var moves = databases.become(settings.databases());
        var report = new LinkedHashMap<String, List<String>>();
        report.put("started", moves.started());
        report.put("stopped", moves.stopped());
        report.put("restarted", moves.restarted());
        report.put("untouched", moves.untouched());
        report.put("needs_restart", onlyAtStart(settings));
        LOG.info("settings read again: {}", report);
        return report;
    }

    private Settings read() {
        try {
            return reader.get();
        } catch (SettingsException e) {
            throw PageException.unusable(String.valueOf(e.getMessage()));
        }
    }

    /** What has another value now, but is used only when the bridge starts. */
    private List<String> onlyAtStart(Settings settings) {
        var differ = new ArrayList<String>();
        var parts = new LinkedHashMap<String, Function<Settings, Object>>();
        parts.put("browsers.host", it -> it.browsers().host());
        parts.put("browsers.port", it -> it.browsers().port());
        parts.put("browsers.proxies", it -> it.browsers().proxies());
        parts.put("browsers.plan_board", it -> it.browsers().planBoard());
        parts.put("browsers.limits.connections", it -> it.browsers().connections());
        parts.put("admin", Settings::admin);
        parts.put("data_dir", Settings::dataDir);
        parts.forEach((name, part) -> {
            if (!part.apply(settings).equals(part.apply(started))) {
                differ.add(name);
            }
        });
        return differ;
    }
}
