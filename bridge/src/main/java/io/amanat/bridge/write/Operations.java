package io.amanat.bridge.write;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.connector.change.RecordRef;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** The writes that were done, by their user and the name that the device gave them. In the table {@code amanat.operation}. */
final class Operations {

    /** A row that a write was about. */
    record Row(String table, RecordRef.Key key) {}

    private Operations() {}

    /**
     * Says what this write was about if it was done already, and makes every other attempt at it wait until this transaction ends.
     * Called before anything else; the transaction must be the bridge's own.
     */
    static Optional<List<Row>> done(Connection connection, Claims claims, UUID id) throws SQLException {
        try (var lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, id + " " + claims.subject());
            lock.execute();
        }
        try (var query =
                connection.prepareStatement("SELECT keys FROM amanat.operation WHERE subject = ? AND op_id = ?")) {
            query.setString(1, claims.subject());
            query.setObject(2, id);
            try (var found = query.executeQuery()) {
                return found.next() ? Optional.of(rows(found.getString(1))) : Optional.empty();
            }
        }
    }

    private static List<Row> rows(String json) {
        var rows = new ArrayList<Row>();
        for (var row : JsonMapper.shared().readTree(json)) {
            rows.add(new Row(
                    row.path("table").stringValue(), Keys.key(row.path("id").stringValue())));
        }
        return rows;
    }

    /** Notes that it is done, with everything else in this transaction, which must be the bridge's own again. */
    static void note(Connection connection, Claims claims, UUID id, List<Row> rows) throws SQLException {
        var keys = JsonMapper.shared().createArrayNode();
        rows.forEach(row -> keys.addObject().put("table", row.table()).put("id", Keys.text(row.key())));
        try (var insert = connection.prepareStatement(
                "INSERT INTO amanat.operation (subject, op_id, keys) VALUES (?, ?, ?::jsonb)")) {
            insert.setString(1, claims.subject());
            insert.setObject(2, id);
            insert.setString(3, keys.toString());
            insert.executeUpdate();
        }
    }

    /**
     * Forgets some that are older than this.
     *
     * @return how many; the caller goes on while it is {@code most}
     */
    static int forget(DataSource connections, Duration age, int most) throws SQLException {
        try (var connection = connections.getConnection();
                var delete = connection.prepareStatement("""
                        DELETE FROM amanat.operation WHERE (subject, op_id) IN (
                          SELECT subject, op_id FROM amanat.operation
                          WHERE at < clock_timestamp() - ? * interval '1 second' ORDER BY at LIMIT ?)""")) {
            delete.setLong(1, age.toSeconds());
            delete.setInt(2, most);
            return delete.executeUpdate();
        }
    }
}
