package io.amanat.connector.source.tables;

import io.amanat.connector.change.TableShape;
import io.amanat.connector.source.wal.Postgres;
import io.amanat.connector.source.wal.PublishedTables;
import io.amanat.connector.source.wal.WalException;
import io.amanat.connector.source.wal.WalSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Prepares a database whose tables are to be served: the statements that are still needed, to be read first and then run. */
public final class TableSetup {

    private static final String NO_PRIVILEGE = "42501";

    private final WalSettings at;
    private final TableReport report;
    private final Scripts scripts;
    private final String bridge;
    private final List<String> roles;

    /**
     * What is not made of this database's own names.
     *
     * @param outfit makes the bridge's schema, table, roles and helpers; may be run again
     * @param events makes the event trigger that tells of changed rights; may be run again
     */
    public record Scripts(String outfit, String events) {}

    /**
     * What is needed.
     *
     * @param together statements that belong together
     * @param byHand what this does not do, in words and statements; comments for {@code psql}
     * @param missing names of tables that were asked for and do not exist
     * @param left what is not served, in words
     * @param slot whether the replication slot is missing
     */
    public record Plan(
            List<String> together, List<String> byHand, List<String> missing, Optional<String> left, boolean slot) {
        public Plan {
            together = List.copyOf(together);
            byHand = List.copyOf(byHand);
            missing = List.copyOf(missing);
        }

        public boolean isEmpty() {
            return together.isEmpty() && !slot;
        }
    }

    private TableSetup(WalSettings at, TableReport report, Scripts scripts, String bridge, List<String> roles) {
        this.at = at;
        this.report = report;
        this.scripts = scripts;
        this.bridge = bridge;
        this.roles = List.copyOf(roles);
    }

    /**
     * Looks at a database.
     *
     * @param at where it is, and as whom to look and to run: the owner of the tables, for the outfit a superuser
     * @param wanted the tables that are to be served; empty for those that are published, or else all of {@code public} under
     *     row-level security
     * @param bridge the role by which the bridge will connect
     * @param roles those that viewers have
     * @throws WalException if it is out of reach
     */
    public static TableSetup of(
            WalSettings at, List<String> wanted, Scripts scripts, String bridge, List<String> roles) {
        return new TableSetup(at, TableReport.of(at, wanted, bridge, roles), scripts, bridge, roles);
    }

    /** What is needed; empty lists if nothing is. */
    public Plan plan() {
        var together = new ArrayList<String>();
        if (!report.outfit().operation()) {
            together.add(scripts.outfit());
        }
        if (!report.outfit().events()) {
            together.add(scripts.events());
        }
        together.addAll(role());
        together.addAll(identities());
        together.addAll(publication());
        return new Plan(
                together,
                byHand(),
                report.missing(),
                left(),
                report.server().slot().isEmpty());
    }

    private List<String> role() {
        var statements = new ArrayList<String>();
        var name = TableShape.quoted(bridge);
        boolean made = !report.outfit().operation() && bridge.equals("amanat");
        if (report.role().isEmpty() && !made) {
            statements.add("CREATE ROLE %s LOGIN REPLICATION NOINHERIT".formatted(name));
        }
        report.role()
                .filter(role -> !role.replicates())
                .ifPresent(_ -> statements.add("ALTER ROLE %s REPLICATION".formatted(name)));
        var member = report.role().map(TableReport.Role::memberOf).orElse(List.of());
        for (var role : roles) {
            if (!member.contains(role) && !made) {
                statements.add("GRANT %s TO %s".formatted(TableShape.quoted(role), name));
            }
        }
        if (!report.outfit().writable() && !made) {
            statements.addAll(BridgeRole.writing(bridge));
        }
        return statements;
    }

    private List<String> identities() {
        return report.logged().stream()
                .filter(table -> table.identity() != 'f')
                .map(table -> "ALTER TABLE %s REPLICA IDENTITY FULL".formatted(table.quoted()))
                .toList();
    }

    private List<String> publication() {
        return Publishing.statements(at.publication(), report.server().publication(), report.needed());
    }

    private List<String> byHand() {
        var notes = new ArrayList<String>();
        if (!report.server().level().equals("logical")) {
            notes.add("ALTER SYSTEM SET wal_level = 'logical'; then restart PostgreSQL");
        }
        if (report.server().keepMegabytes().orElse(0L) < 0) {
            notes.add("ALTER SYSTEM SET max_slot_wal_keep_size = '8GB'; SELECT pg_reload_conf()");
        }
        report.missing().forEach(name -> notes.add("there is no table " + name));
        report.tables().forEach(table -> notes.addAll(notes(table)));
        if (report.role().map(TableReport.Role::passwordless).orElse(true)) {
            notes.add("%s has no password; give it one, unless pg_hba.conf lets it in without: \\password %s"
                    .formatted(bridge, bridge));
        }
        return notes;
    }

    /** Why a table cannot be watched when the statements were run. */
    private List<String> notes(FoundTable table) {
        return Judgement.unfit(table, report.types())
                .map(it -> List.of("%s %s, and is left out".formatted(it.table(), it.reason())))
                .orElseGet(() -> Judgement.refusals(table.logged(), report.types(), at.publication()).stream()
                        .map(it -> "%s %s: %s".formatted(it.table(), it.reason(), it.statement()))
                        .toList());
    }

    private Optional<String> left() {
        if (report.tables().isEmpty() && report.missing().isEmpty()) {
            return Optional.of(
                    "no table is served yet: there is none under row-level security in public; come again when there is");
        }
        var published = report.needed();
        var left = report.unpublished().stream()
                .filter(it -> !published.contains("public." + it))
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of("not served, though under row-level security: %s; --table NAME adds one"
                        .formatted(String.join(", ", left)));
    }

    /**
     * Runs the statements of a plan: all of them, or none; then makes the slot.
     *
     * @throws WalException if one is refused; nothing but the slot is missing then, or everything
     * @throws IllegalStateException if the server's log is at another level, or this user may not; nothing was run then
     */
    public void apply(Plan plan) {
        if (!report.server().level().equals("logical")) {
            throw new IllegalStateException(
                    "nothing was run: PostgreSQL writes its log at level %s; ALTER SYSTEM SET wal_level = 'logical', restart it, and come again"
                            .formatted(report.server().level()));
        }
        try (var connection = new Postgres(at.postgres(), at.attempt()).statements("amanat-setup")) {
            run(connection, plan.together());
            if (plan.slot()) {
                slot(connection);
            }
        } catch (SQLException e) {
            if (NO_PRIVILEGE.equals(e.getSQLState())) {
                throw new IllegalStateException(
                        "%s may not do this (%s): come again as a superuser, or have one run what is printed"
                                .formatted(at.postgres().user(), firstLine(e)),
                        e);
            }
            throw WalException.of("the database is not prepared", e);
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void slot(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pg_create_logical_replication_slot(?, 'pgoutput')")) {
            statement.setString(1, at.slot());
            Objects.requireNonNull(statement.executeQuery());
        }
    }

    /** Everything that must be published. */
    public PublishedTables published() {
        return new PublishedTables(report.needed());
    }
}
