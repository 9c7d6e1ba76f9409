package io.amanat.bridge.write;

import io.amanat.bridge.protocol.TableRequest;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.TableShape;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out afterwards which column a refusal is about; what cannot be found out is left out. Shared. */
final class Privileges {

    private static final Logger LOG = LoggerFactory.getLogger(Privileges.class);

    private final DataSource connections;
    private final Catalogue catalogue;

    Privileges(DataSource connections, Catalogue catalogue) {
        this.connections = connections;
        this.catalogue = catalogue;
    }

    /** The first column of this step that the role may not write. */
    Optional<Refusal> missing(String role, TableRequest.Step step) {
        return catalogue.table(step.table()).flatMap(table -> missing(role, table, step));
    }

    private Optional<Refusal> missing(String role, TableShape table, TableRequest.Step step) {
        var privilege = step.operation() == Operation.CREATE ? "INSERT" : "UPDATE";
        try (var connection = connections.getConnection();
                var query = connection.prepareStatement("""
                        SELECT column_, has_column_privilege(?, ?, column_, 'SELECT')
                        FROM unnest(?) WITH ORDINALITY AS given (column_, place)
                        WHERE NOT has_column_privilege(?, ?, column_, ?) ORDER BY place LIMIT 1""")) {
            query.setString(1, role);
            query.setString(2, table.quoted());
            query.setArray(
                    3, connection.createArrayOf("text", step.values().keySet().toArray()));
            query.setString(4, role);
            query.setString(5, table.quoted());
            query.setString(6, privilege);
            try (var found = query.executeQuery()) {
                return found.next() ? Optional.of(refusal(found.getString(1), found.getBoolean(2))) : Optional.empty();
            }
        } catch (SQLException e) {
            return unknown(e);
        }
    }

    private static Refusal refusal(String column, boolean readable) {
        return readable
                ? Refusal.of(Code.NOT_ALLOWED, column, "%s is not yours to set".formatted(column))
                : Refusal.of(
                        Code.UNKNOWN_COLUMN, column, "there is no column of this name, or it is not yours to know");
    }

    /** The columns that the constraint of this error looks at, in its order. */
    List<String> constrained(ServerErrorMessage error) {
        if (error.getConstraint() == null || error.getTable() == null || error.getSchema() == null) {
            return List.of();
        }
        var columns = new ArrayList<String>();
        try (var connection = connections.getConnection();
                var query = connection.prepareStatement("""
                        SELECT a.attname FROM pg_catalog.pg_constraint c
                        JOIN pg_catalog.pg_class t ON t.oid = c.conrelid
                        JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
                        CROSS JOIN unnest(c.conkey) WITH ORDINALITY AS k (attnum, place)
                        JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum
                        WHERE n.nspname = ? AND t.relname = ? AND c.conname = ? ORDER BY k.place""")) {
            query.setString(1, error.getSchema());
            query.setString(2, error.getTable());
            query.setString(3, error.getConstraint());
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    columns.add(found.getString(1));
                }
            }
        } catch (SQLException e) {
            unknown(e);
        }
        return columns;
    }

    private static Optional<Refusal> unknown(SQLException e) {
        LOG.info("which column was refused could not be found out (SQLSTATE {})", e.getSQLState());
        return Optional.empty();
    }
}
