package io.amanat.bridge.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement and the values for its parameters, none of which is ever part of its text.
 *
 * @param columns for each parameter the column it is for
 */
record Statement(String sql, List<String> columns, List<@Nullable String> values) {

    Statement {
        columns = List.copyOf(columns);
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** Ready to be executed; the server takes the types from the columns. */
    PreparedStatement on(Connection connection) throws SQLException {
        var prepared = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.size(); i++) {
                prepared.setObject(i + 1, values.get(i), Types.OTHER);
            }
            return prepared;
        } catch (SQLException e) {
            prepared.close();
            throw e;
        }
    }
}
