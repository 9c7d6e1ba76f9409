package io.amanat.bridge.doctor;

import io.amanat.connector.source.tables.TableChecks;
import io.amanat.connector.source.wal.WalException;
import io.amanat.connector.source.wal.WalSettings;
import java.util.List;

/** What can be found out about a database whose tables are served. */
public final class TableFindings {

    private TableFindings() {}

    /**
     * Asks PostgreSQL, as the bridge; blocks for at most some seconds.
     *
     * @param tables that are to be served; empty for all that are published
     * @param roles that viewers have
     */
    public static List<Finding> examine(WalSettings settings, List<String> tables, List<String> roles) {
        try {
            return TableChecks.of(settings, tables, roles).stream()
                    .map(WalFindings::finding)
                    .toList();
        } catch (WalException e) {
            return List.of(Finding.fail(
                    "tables access",
                    String.valueOf(e.getMessage()),
                    "'amanat pg setup' prints everything that PostgreSQL needs"));
        }
    }
}
