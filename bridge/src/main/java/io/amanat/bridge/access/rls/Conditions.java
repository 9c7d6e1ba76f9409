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
    private static final String NO_SUCH_ROLE = "22023";
    private static final String NO_SUCH_VALUE = "22";

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

    /** Why conditions are not judged for anybody of a role. */
    public enum Why {
        /** They are written wrongly. */
        WRONG,
        /** The role may not ask what they ask, or is not there. */
        NOT_ALLOWED,
        /** Something else; asking again may help. */
        NOT_NOW
    }

    /**
     * What keeps conditions from being judged.
     *
     * @param message for an operator; no values
     */
    public record Trouble(Why why, String message) {}

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
            var wrong = whatIsWrong(e);
            throw wrong.isPresent()
                    ? new WrongConditionException(wrong.get())
                    : new VisibilityException("a condition could not be judged (SQLSTATE %s)".formatted(state));
        }
    }

    /** What keeps these from being judged for this viewer, what {@link #hold} takes for a no included; empty if nothing does. */
    public Optional<Trouble> trouble(Claims claims, List<Bound> conditions) {
        try {
            viewers.run(claims, connection -> ask(connection, conditions));
            return Optional.empty();
        } catch (SQLException e) {
            var state = String.valueOf(e.getSQLState());
            var code = "SQLSTATE " + state;
            return switch (state) {
                case NO_PRIVILEGE, NO_SUCH_ROLE ->
                    Optional.of(new Trouble(
                            Why.NOT_ALLOWED, "the role '%s' may not ask it (%s)".formatted(claims.role(), code)));
                case String it when it.startsWith(NO_SUCH_VALUE) -> Optional.empty();
                default ->
                    Optional.of(whatIsWrong(e)
                            .map(it -> new Trouble(Why.WRONG, it))
                            .orElseGet(() -> new Trouble(Why.NOT_NOW, "it could not be asked (%s)".formatted(code))));
            };
        }
    }

    /**
     * What PostgreSQL says of a place in the conditions themselves holds nothing but what is written there: values come as parameters.
     * What it says while it runs them, or of what they call, may hold values of rows, and be due to a viewer's own value.
     */
    private static Optional<String> whatIsWrong(SQLException e) {
        return Optional.of(e)
                .filter(PSQLException.class::isInstance)
                .map(it -> ((PSQLException) it).getServerErrorMessage())
                .filter(said -> said.getPosition() > 0 && said.getInternalQuery() == null && said.getWhere() == null)
                .map(ServerErrorMessage::getMessage)
                .map(it -> "%s (SQLSTATE %s)".formatted(it, e.getSQLState()));
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
