package io.amanat.bridge.doctor;

import io.amanat.connector.source.BusTable;
import io.amanat.connector.source.wal.WalCheck;
import io.amanat.connector.source.wal.WalChecks;
import io.amanat.connector.source.wal.WalException;
import io.amanat.connector.source.wal.WalReport;
import io.amanat.connector.source.wal.WalSettings;
import java.util.List;

/** What can be found out about PostgreSQL's log. */
public final class WalFindings {

    private WalFindings() {}

    /** Asks PostgreSQL; blocks for at most some seconds. */
    public static List<Finding> examine(WalSettings settings) {
        try {
            var report = WalReport.of(settings);
            return WalChecks.of(settings, BusTable.PUBLISHED, report).stream()
                    .map(WalFindings::finding)
                    .toList();
        } catch (WalException e) {
            return List.of(Finding.fail(
                    "wal access",
                    String.valueOf(e.getMessage()),
                    "'amanat slot setup' prints everything that PostgreSQL needs"));
        }
    }

    static Finding finding(WalCheck check) {
        return switch (check.verdict()) {
            case OK -> Finding.ok(check.name(), check.detail());
            case WARN -> Finding.warn(check.name(), check.detail(), check.remedy());
            case FAIL -> Finding.fail(check.name(), check.detail(), check.remedy());
        };
    }
}
