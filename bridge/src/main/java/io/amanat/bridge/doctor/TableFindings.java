package io.amanat.bridge.doctor;

import io.amanat.connector.source.tables.TableChecks;
import io.amanat.connector.source.wal.WalException;
import io.amanat.connector.source.wal.WalSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What can be found out about a database whose tables are served. */
public final class TableFindings {

    /** The only finding there is where PostgreSQL does not let us in. */
    public static final String ACCESS = "tables access";

    private TableFindings() {}

    /**
     * Asks PostgreSQL, as the bridge; blocks for at most some seconds.
     *
     * @param tables that are to be served; empty for all that are published
     * @param roles that viewers have
     * @param command that prepares it
     */
    public static List<Finding> examine(WalSettings settings, List<String> tables, List<String> roles, String command) {
        try {
            var findings = TableChecks.of(settings, tables, roles).stream()
                    .map(WalFindings::finding)
                    .collect(Collectors.toCollection(ArrayList::new));
            if (findings.stream().anyMatch(it -> it.status() == Finding.Status.FAIL)) {
                findings.add(Finding.warn(
                        "tables setup",
                        "one command prints what PostgreSQL lacks of this, and runs it with --apply; what a person must decide it names",
                        "as a superuser of PostgreSQL: '%s'".formatted(command)));
            }
            return List.copyOf(findings);
        } catch (WalException e) {
            var remedy = e.isAway() ? "start PostgreSQL, or correct where it is in the settings" : "";
            return List.of(Finding.fail(ACCESS, String.valueOf(e.getMessage()), remedy));
        }
    }
}
