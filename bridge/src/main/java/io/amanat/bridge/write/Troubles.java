package io.amanat.bridge.write;

import io.amanat.bridge.protocol.TableRequest;
import io.amanat.connector.change.Operation;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What PostgreSQL's errors mean for whoever wrote. Its own messages are passed on only where a trigger raised them for people
 * (P0001): others may hold values of rows that the writer does not see. No message is logged.
 */
final class Troubles {

    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private static final Pattern PARAMETER = Pattern.compile("parameter \\$(\\d{1,5})");
    private static final int LONGEST_MESSAGE = 300;

    private final Privileges privileges;

    Troubles(Privileges privileges) {
        this.privileges = privileges;
    }

    Refusal refusal(SQLException e, String role, Optional<StepRun> at) {
        var state = Optional.ofNullable(e.getSQLState()).orElse("");
        if (at.isEmpty() && state.startsWith("23") && ours(e)) {
            return unavailable();
        }
        return switch (state) {
            case "42501" -> notAllowed(e, role, at);
            case "23502" -> about(Code.MISSING_VALUE, column(e), "%s must be given");
            case "23503" -> reference(e, at);
            case "23505" -> about(Code.DUPLICATE, constrained(e, at), "there is one with this %s already");
            case "23P01" -> about(Code.DUPLICATE, constrained(e, at), "it overlaps with another one; change %s");
            case "23514" -> about(Code.INVALID_VALUE, constrained(e, at), "%s must not be so here");
            case "22001", "54000", "54001" -> about(Code.TOO_LARGE, given(e, at), "%s is too long; shorten it");
            case "P0001" -> Refusal.of(Code.NOT_ALLOWED, raised(e));
            case "42703" -> Refusal.of(Code.UNKNOWN_COLUMN, "the table was altered; read it again");
            case "42P01" -> Refusal.of(Code.UNKNOWN_TABLE, "there is no such table any more");
            default -> other(state, e, at);
        };
    }

    private static Refusal other(String state, SQLException e, Optional<StepRun> at) {
        var kind = state.length() < 2 ? "" : state.substring(0, 2);
        return switch (kind) {
            case "22" -> about(Code.INVALID_VALUE, given(e, at), "%s is not written as such a value is");
            // Locks and time limits, lost connections, a server that stops, is full or only reads, or does not let the
            // bridge in.
            case "", "08", "25", "28", "3D", "40", "53", "55", "57", "58", "XX" -> {
                LOG.info("a write could not be done now (SQLSTATE {})", state);
                yield unavailable();
            }
            default -> {
                LOG.warn("the database refused a write for a reason of its own (SQLSTATE {})", state);
                yield Refusal.of(Code.NOT_ALLOWED, "the database refused it (%s); ask who keeps it".formatted(state));
            }
        };
    }

    private static Refusal unavailable() {
        return Refusal.of(Code.UNAVAILABLE, "it cannot be written just now; it is tried again");
    }

    /** Two devices at once, which the lock of an operation already keeps apart. */
    private static boolean ours(SQLException e) {
        return server(e)
                .map(ServerErrorMessage::getSchema)
                .filter("amanat"::equals)
                .isPresent();
    }

    /** A column without the privilege to read it is not told apart from none. */
    private Refusal notAllowed(SQLException e, String role, Optional<StepRun> at) {
        if (server(e)
                .map(ServerErrorMessage::getMessage)
                .filter(text -> text.contains("row-level"))
                .isPresent()) {
            return Refusal.of(Code.NOT_ALLOWED, "you may not have a row like this; is it of a branch of your own?");
        }
        return at.flatMap(run -> privileges.missing(role, run.step()))
                .orElseGet(() -> Refusal.of(Code.NOT_ALLOWED, "you may not do this here"));
    }

    private Refusal reference(SQLException e, Optional<StepRun> at) {
        boolean gone = at.map(StepRun::step)
                .map(TableRequest.Step::operation)
                .filter(Operation.DELETE::equals)
                .isPresent();
        return gone
                ? Refusal.of(Code.MISSING_REFERENCE, "others still refer to it; change them first")
                : about(
                        Code.MISSING_REFERENCE,
                        constrained(e, at),
                        "%s names a row that is not there, or is not yours");
    }

    private static Refusal about(Code code, Optional<String> column, String message) {
        return column.map(name -> Refusal.of(code, name, message.formatted(name)))
                .orElseGet(() -> Refusal.of(code, message.formatted("a value")));
    }

    private static Optional<String> column(SQLException e) {
        return server(e).map(ServerErrorMessage::getColumn);
    }

    /** Of the columns that a constraint looks at, the first that was written. */
    private Optional<String> constrained(SQLException e, Optional<StepRun> at) {
        return at.flatMap(run -> server(e)
                .flatMap(error -> privileges.constrained(error).stream()
                        .filter(column -> written(run, column))
                        .findFirst()));
    }

    private static boolean written(StepRun run, String column) {
        return run.statement()
                .filter(statement -> statement.columns().contains(column))
                .isPresent();
    }

    /** Of the values that were sent, the one that the server stumbled over. */
    private static Optional<String> given(SQLException e, Optional<StepRun> at) {
        var columns = at.flatMap(StepRun::statement).map(Statement::columns);
        var named = server(e).map(ServerErrorMessage::getWhere).flatMap(where -> {
            var parameter = PARAMETER.matcher(where);
            return parameter.find() ? Optional.of(Integer.parseInt(parameter.group(1))) : Optional.empty();
        });
        return named.flatMap(
                number -> columns.filter(names -> number <= names.size()).map(names -> names.get(number - 1)));
    }

    private static String raised(SQLException e) {
        var text = server(e).map(ServerErrorMessage::getMessage).orElse("the database refused it");
        return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text;
    }

    private static Optional<ServerErrorMessage> server(SQLException e) {
        return e instanceof PSQLException postgres
                ? Optional.ofNullable(postgres.getServerErrorMessage())
                : Optional.empty();
    }
}
