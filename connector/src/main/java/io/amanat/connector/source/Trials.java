package io.amanat.connector.source;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.odoo.OdooSession;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.source.wal.WalCheck;
import io.amanat.connector.source.wal.WalChecks;
import io.amanat.connector.source.wal.WalException;
import io.amanat.connector.source.wal.WalReport;
import io.amanat.connector.source.wal.WalSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks which ways of reading Odoo's bus are open, for {@code auto}. */
public final class Trials {

    /** The first with a websocket. */
    private static final int WITH_WEBSOCKET = 16;

    private static final Duration MOMENT = Duration.ofMillis(500);
    private static final Pattern MAJOR = Pattern.compile("(?:saas[~-])?(\\d{1,3})\\b.*");

    private Trials() {}

    /** Whether PostgreSQL's log can be read. */
    public static Candidate.Trial wal(WalSettings settings) {
        return () -> {
            try {
                return WalChecks.of(settings, BusTable.PUBLISHED, WalReport.of(settings)).stream()
                        .filter(check -> check.verdict() == WalCheck.Verdict.FAIL)
                        .map(check -> "%s (%s)".formatted(check.detail(), check.remedy()))
                        .findFirst();
            } catch (WalException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        };
    }

    /** Whether Odoo is of a series with a websocket, and it stays open for a moment. */
    public static Candidate.Trial websocket(OdooSettings at, OdooRpc odoo, WebSocketSettings settings) {
        return () -> {
            var version = odoo.version();
            return isAtLeast(version, WITH_WEBSOCKET)
                    ? listens(at, settings)
                    : Optional.of("Odoo " + version + " has none");
        };
    }

    private static Optional<String> listens(OdooSettings at, WebSocketSettings settings) throws InterruptedException {
        try (var probe = new BusProbe(at, settings);
                var session = new OdooSession(at)) {
            probe.listen(session, MOMENT);
            return Optional.empty();
        }
    }

    /** Whether Odoo is of a series that has the long poll. */
    public static Candidate.Trial longPolling(OdooRpc odoo) {
        return () -> {
            var version = odoo.version();
            return isAtLeast(version, WITH_WEBSOCKET)
                    ? Optional.of("Odoo " + version + " has none any more")
                    : Optional.empty();
        };
    }

    /** Whether the add-on can be asked. */
    public static Candidate.Trial poll(OdooRpc odoo) {
        return () -> {
            try {
                odoo.call("amanat.bridge", "poll", List.of(), Map.of("after", Integer.MAX_VALUE, "limit", 1));
                return Optional.empty();
            } catch (OdooException.ModuleMissing e) {
                var version = odoo.version();
                return isAtLeast(version, WITH_WEBSOCKET)
                        ? Optional.empty()
                        : Optional.of(String.valueOf(e.getMessage()));
            }
        };
    }

    static boolean isAtLeast(String version, int series) {
        var major = MAJOR.matcher(version);
        return major.matches() && Integer.parseInt(major.group(1)) >= series;
    }
}
