package io.amanat.connector.source.wal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The replication slots of a server: lists, makes and drops them. Used by one thread. */
public final class Slots implements AutoCloseable {

    private static final String NAME = "amanat-slots";

    private final Connection connection;

    Slots(Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @throws WalException if that does not work
     */
    public static Slots of(PostgresSettings settings, Duration patience) {
        try {
            return new Slots(new Postgres(settings, patience).statements(NAME));
        } catch (SQLException e) {
            throw WalException.of("PostgreSQL at " + settings.address() + " cannot be asked", e);
        }
    }

    /** All slots of the server, by name. */
    public List<Slot> list() {
        return read(Optional.empty());
    }

    /** One slot, if it exists. */
    public Optional<Slot> find(String name) {
        return read(Optional.of(name)).stream().findFirst();
    }

    /**
     * Drops a slot: the server forgets where its reader stopped.
     *
     * @param force end its reader first, if it has one
     * @throws WalException if it does not exist, or is read and {@code force} is false
     */
    public void drop(String name, boolean force) {
        try {
            if (force) {
                call(
                        "SELECT pg_terminate_backend(active_pid), pg_sleep(1) FROM pg_replication_slots"
                                + " WHERE slot_name = ? AND active_pid IS NOT NULL",
                        name);
            }
            call("SELECT pg_drop_replication_slot(?)", name);
        } catch (SQLException e) {
            throw WalException.of("slot %s is not dropped".formatted(name), e);
        }
    }

    /**
     * Makes a slot that begins now; waits until the transactions that are open have ended.
     *
     * @return where it begins
     */
    Lsn create(String name, Duration patience) throws SQLException {
        connection.setNetworkTimeout(null, Math.toIntExact(patience.toMillis()));
        try (var statement =
                prepared("SELECT lsn::text FROM pg_create_logical_replication_slot(?, 'pgoutput')", name)) {
            var row = statement.executeQuery();
            row.next();
            return Lsn.parse(row.getString(1));
        }
    }

    /** Ends the process that reads a slot; only one's own, or with more rights than one needs. */
    void end(Slot.Reader reader) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pg_terminate_backend(?)")) {
            statement.setInt(1, reader.pid());
            statement.executeQuery();
        }
    }

    private List<Slot> read(Optional<String> name) {
        try (var statement = prepared(query(connection.getMetaData().getDatabaseMajorVersion()), name.orElse(""))) {
            var rows = statement.executeQuery();
            var slots = new ArrayList<Slot>();
            while (rows.next()) {
                slots.add(slot(rows));
            }
            return slots;
        } catch (SQLException e) {
            throw WalException.of("the replication slots cannot be read", e);
        }
    }

    /** What a server before version 13 does not know is left out. */
    private static String query(int version) {
        var guard = version >= 13 ? "coalesce(s.wal_status, ''), s.safe_wal_size" : "'', NULL::bigint";
        return "SELECT s.slot_name, coalesce(s.plugin, ''), coalesce(s.database, ''), s.active_pid,"
                + " coalesce(a.application_name, ''), coalesce(s.confirmed_flush_lsn::text, '0/0'), " + guard
                + ", CASE WHEN pg_is_in_recovery() THEN 0"
                + " ELSE coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn), -1) END::bigint"
                + " FROM pg_replication_slots s LEFT JOIN pg_stat_activity a ON a.pid = s.active_pid"
                + " WHERE ? IN ('', s.slot_name) ORDER BY s.slot_name";
    }

    private static Slot slot(ResultSet row) throws SQLException {
        int pid = row.getInt(4);
        long safe = row.getLong(8);
        var safeBytes = row.wasNull() ? Optional.<Long>empty() : Optional.of(safe);
        return new Slot(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                pid == 0 ? Optional.empty() : Optional.of(new Slot.Reader(pid, row.getString(5))),
                Lsn.parse(row.getString(6)),
                row.getString(7),
                row.getLong(9),
                safeBytes);
    }

    private void call(String sql, String name) throws SQLException {
        try (var statement = prepared(sql, name)) {
            statement.executeQuery();
        }
    }

    private PreparedStatement prepared(String sql, String name) throws SQLException {
        var statement = connection.prepareStatement(sql);
        statement.setString(1, name);
        return statement;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw WalException.of("the connection does not close", e);
        }
    }
}
