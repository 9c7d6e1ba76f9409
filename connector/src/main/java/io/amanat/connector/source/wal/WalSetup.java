package io.amanat.connector.source.wal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Prepares a database for its log to be read: as statements for a person, or by running those that need no restart. */
public final class WalSetup {

    private WalSetup() {}

    /** Everything, for a server that is not prepared at all; for {@code psql}, as a superuser, in the database. */
    public static String script(WalSettings settings, PublishedTable table) {
        var user = settings.postgres().user().replace("\"", "\"\"");
        return """
                -- For psql, as a superuser, connected to the database %1$s.
                -- 1. The log must say what rows held. This takes effect when PostgreSQL is restarted.
                ALTER SYSTEM SET wal_level = 'logical';
                -- 2. A slot that nobody reads may keep so much of the log, and no more (PostgreSQL 13 and later).
                ALTER SYSTEM SET max_slot_wal_keep_size = '8GB';
                SELECT pg_reload_conf();
                -- 3. The bridge's own user: it may read the log, and no table. Write its password into odoo.wal.password_file.
                CREATE ROLE "%2$s" LOGIN REPLICATION;
                \\password "%2$s"
                -- 4. Which rows go to the bridge (before PostgreSQL 15 without the list of columns and without WHERE).
                %3$s;
                -- 5. In pg_hba.conf, before other lines; then SELECT pg_reload_conf():
                --    host  %1$s  %2$s  <address of the bridge>/32  scram-sha-256
                -- The replication slot %4$s is made by the bridge when it first starts.
                """.formatted(
                        settings.postgres().database(),
                        user,
                        table.creation(settings.publication(), Publication.CHOOSY),
                        settings.slot());
    }

    /**
     * Makes or corrects the publication, and makes the slot, as far as they are missing.
     *
     * @return what was done, a sentence each
     * @throws WalException if the user may not; the message names the statement
     */
    public static List<String> apply(WalSettings settings, PublishedTable table) {
        var report = WalReport.of(settings);
        try (var connection = new Postgres(settings.postgres(), settings.attempt()).statements("amanat-setup")) {
            var done = new ArrayList<String>();
            publish(connection, settings, table, report, done);
            if (report.slot().isEmpty()) {
                new Slots(connection).create(settings.slot(), settings.attempt());
                done.add("made the slot " + settings.slot());
            }
            return done;
        } catch (SQLException e) {
            throw WalException.of("the slot %s is not made".formatted(settings.slot()), e);
        }
    }

    private static void publish(
            Connection connection, WalSettings settings, PublishedTable table, WalReport report, List<String> done) {
        var name = settings.publication();
        var found = report.publication();
        if (found.isEmpty()) {
            run(connection, table.creation(name, report.version()));
            done.add("made the publication " + name);
        } else if (table.trouble(name, found.get()).isPresent()) {
            run(connection, table.correction(name, report.version()));
            done.add("corrected the publication " + name);
        }
    }

    private static void run(Connection connection, String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw WalException.of(
                    "this needs the owner of the table and the right to create in the database: " + sql, e);
        }
    }
}
