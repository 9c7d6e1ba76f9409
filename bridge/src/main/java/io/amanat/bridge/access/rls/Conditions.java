package io.amanat.bridge.access.rls;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Judges conditions as a viewer: PostgreSQL evaluates them under the viewer's role, claims and policies. Shared. */
public final class Conditions {

    private static final String NO_PRIVILEGE = "42501";
    private static final String NO_SUCH_VALUE = "22";
    private static final String WRONG = "42";

    private final AsViewer viewers;

    public Conditions(AsViewer viewers) {
        this.viewers = viewers;
    }

    /**
     * A condition, and what it is about.
     *
     * @param sql of an operator; a {@code ?} for each value
     */
    public record Bound(String sql, List<String> values) {
        public Bound {
            values = List.copyOf(values);
        }
    }

    /**
     * Whether each of these holds. Null is no; so is what this viewer may not even ask, and all of them then.
     *
     * @throws WrongConditionException if that is the conditions' own fault
     * @throws VisibilityException if it cannot be said; the message holds no values
     */
    public List<Boolean> hold(Claims claims, List<Bound> conditions) throws VisibilityException {
        try {
            return viewers.run(claims, connection -> ask(connection, conditions));
        } catch (SQLException e) {
            var state = String.valueOf(e.getSQLState());
            if (state.equals(NO_PRIVILEGE) || state.startsWith(NO_SUCH_VALUE)) {
                return conditions.stream().map(it -> false).toList();
            }
            throw state.startsWith(WRONG)
                    ? new WrongConditionException("%s (SQLSTATE %s)".formatted(whatIsWrong(e), state))
                    : new VisibilityException("a condition could not be judged (SQLSTATE %s)".formatted(state));
        }
    }

    /**
     * What PostgreSQL says of a place in the conditions themselves holds nothing but what is written there: values come as parameters.
     * What it says while it runs them, or of what they call, may hold values of rows.
     */
    private static String whatIsWrong(SQLException e) {
        return Optional.of(e)
                .filter(PSQLException.class::isInstance)
                .map(it -> ((PSQLException) it).getServerErrorMessage())
                .filter(said -> said.getPosition() > 0 && said.getInternalQuery() == null && said.getWhere() == null)
                .map(ServerErrorMessage::getMessage)
                .orElse("it fails while it is judged");
    }

    private static List<Boolean> ask(Connection connection, List<Bound> conditions) throws SQLException {
        var sql = conditions.stream()
                .map(it -> "(" + it.sql() + ") IS TRUE")
                .collect(Collectors.joining(", ", "SELECT ", ""));
        try (var query = connection.prepareStatement(sql)) {
            int index = 0;
            for (var condition : conditions) {
                for (var value : condition.values()) {
                    query.setString(++index, value);
                }
            }
            try (var rows = query.executeQuery()) {
                rows.next();
                var holding = new ArrayList<Boolean>();
                for (int column = 1; column <= conditions.size(); column++) {
                    holding.add(rows.getBoolean(column));
                }
                return holding;
            }
        }
    }
}
