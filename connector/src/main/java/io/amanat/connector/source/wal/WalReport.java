package io.amanat.connector.source.wal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a server and a database look like to somebody who wants to read their log.
 *
 * @param version of PostgreSQL, such as 17
 * @param level {@code wal_level}
 * @param keepMegabytes {@code max_slot_wal_keep_size}; -1 without a limit, empty before PostgreSQL 13, which has none
 * @param delayed whether a commit reaches the log only some time after it ({@code synchronous_commit = off})
 * @param mayReplicate whether the user has the attribute {@code REPLICATION}, or may do everything
 * @param publication empty if there is none of the name
 * @param slot empty if there is none of the name
 */
public record WalReport(
        int version,
        String level,
        Room slots,
        Room senders,
        Optional<Long> keepMegabytes,
        boolean delayed,
        boolean mayReplicate,
        Optional<Publication> publication,
        Optional<Slot> slot) {

    /** Of something the server has a fixed number of. */
    public record Room(int used, int most) {

        boolean isFull() {
            return used >= most;
        }
    }

    /**
     * Asks the server.
     *
     * @throws WalException if it is out of reach, or does not admit us for replication
     */
    public static WalReport of(WalSettings settings) {
        var postgres = new Postgres(settings.postgres(), settings.attempt());
        try (var statements = postgres.statements("amanat-probe")) {
            var report = read(statements, settings);
            if (report.mayReplicate()) {
                postgres.replication("amanat-probe", "").close();
            }
            return report;
        } catch (SQLException e) {
            throw WalException.of(
                    "PostgreSQL at %s cannot be asked"
                            .formatted(settings.postgres().address()),
                    e);
        }
    }

    private static WalReport read(Connection connection, WalSettings settings) throws SQLException {
        var slots = new Slots(connection).list();
        var publication = Publication.find(connection, settings.publication());
        try (var statement = connection.createStatement()) {
            var row = statement.executeQuery(
                    "SELECT current_setting('wal_level'), current_setting('max_replication_slots')::int,"
                            + " current_setting('max_wal_senders')::int, (SELECT count(*) FROM pg_stat_replication)::int,"
                            + " (SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user),"
                            + " (SELECT setting::bigint FROM pg_settings WHERE name = 'max_slot_wal_keep_size'),"
                            + " current_setting('synchronous_commit') = 'off'");
            row.next();
            return new WalReport(
                    connection.getMetaData().getDatabaseMajorVersion(),
                    row.getString(1),
                    new Room(slots.size(), row.getInt(2)),
                    new Room(row.getInt(4), row.getInt(3)),
                    number(row, 6),
                    row.getBoolean(7),
                    row.getBoolean(5),
                    publication,
                    slots.stream()
                            .filter(it -> it.name().equals(settings.slot()))
                            .findFirst());
        }
    }

    private static Optional<Long> number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(number);
    }
}
