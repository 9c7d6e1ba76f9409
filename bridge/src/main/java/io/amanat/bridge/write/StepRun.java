package io.amanat.bridge.write;

import io.amanat.bridge.protocol.TableRequest;
import io.amanat.bridge.write.Operations.Row;
import io.amanat.connector.change.Column;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.change.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** One step of a write, under the viewer's role and policies. Used once, by one thread. */
final class StepRun {

    private final Connection connection;
    private final TableRequest.Write write;
    private final int index;
    private final List<Row> before;
    private Optional<Statement> statement = Optional.empty();

    /** @param before the rows of the steps before this one */
    StepRun(Connection connection, TableRequest.Write write, int index, List<Row> before) {
        this.connection = connection;
        this.write = write;
        this.index = index;
        this.before = before;
    }

    int index() {
        return index;
    }

    TableRequest.Step step() {
        return write.steps().get(index);
    }

    /** What was sent to the server last. */
    Optional<Statement> statement() {
        return statement;
    }

    Row run(Catalogue catalogue) throws SQLException {
        var table = catalogue
                .table(step().table())
                .orElseThrow(() -> new RefusedException(Refusal.of(
                        Code.UNKNOWN_TABLE,
                        "there is no table of this name here, or it is not served; check its spelling")));
        var key = step().operation() == Operation.CREATE ? insert(table) : change(table);
        return new Row(table.table(), served(table, key));
    }

    private static RecordRef.Key served(TableShape table, String key) {
        try {
            return Keys.key(key);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    Refusal.of(Code.INVALID_VALUE, table.key(), "a key is a uuid, or a number of at least 1"));
        }
    }

    private String insert(TableShape table) throws SQLException {
        var values = values(table, step().values());
        step().key().ifPresent(key -> {
            if (values.containsKey(table.key())) {
                throw new RefusedException(Refusal.of(
                        Code.INVALID_VALUE, table.key(), "the key stands in id, or among the values, not in both"));
            }
            values.put(table.key(), Keys.text(key));
        });
        return execute(new StepSql(table).insert(values))
                .orElseThrow(() -> new RefusedException(Refusal.of(
                        Code.NOT_ALLOWED, "the database let this row drop without a word; ask who keeps it")));
    }

    private String change(TableShape table) throws SQLException {
        var key = Keys.text(step().key()
                .orElseThrow(
                        () -> new RefusedException(Refusal.of(Code.MISSING_VALUE, "say which row: id is missing"))));
        var sql = new StepSql(table);
        if (write.ifBase()) {
            compare(table, sql, key);
        }
        var statement = step().operation() == Operation.DELETE ? sql.delete(key) : sql.update(key, changed(table));
        var changed = execute(statement);
        if (changed.isEmpty()) {
            throw absent(sql, key);
        }
        return changed.get();
    }

    private Map<String, @Nullable String> changed(TableShape table) {
        if (step().values().isEmpty()) {
            throw new RefusedException(Refusal.of(Code.MISSING_VALUE, "say what is to change: values is empty"));
        }
        return values(table, step().values());
    }

    /** Locks the row, and refuses when it is not what the device knew. */
    private void compare(TableShape table, StepSql sql, String key) throws SQLException {
        if (step().base().isEmpty()) {
            throw new RefusedException(Refusal.of(Code.MISSING_VALUE, "say what the row was: base is empty"));
        }
        var base = values(table, step().base());
        var names = List.copyOf(base.keySet());
        try (var query = sent(sql.lockAndCompare(key, base)).on(connection);
                var found = query.executeQuery()) {
            if (!found.next()) {
                throw absent(sql, key);
            }
            for (int i = 0; i < names.size(); i++) {
                if (!found.getBoolean(i + 1)) {
                    throw conflict(table, key, names.get(i));
                }
            }
        }
    }

    private RefusedException conflict(TableShape table, String key, String column) throws SQLException {
        var theirs = Optional.ofNullable(
                new Sight(connection).rows(table, List.of(key)).get(key));
        return new RefusedException(new Refusal(
                Code.CONFLICT,
                "somebody else changed %s meanwhile; look at the row and write again".formatted(column),
                Optional.of(column),
                theirs));
    }

    /** Who sees a row may know that it cannot be written; to others there is none. */
    private RefusedException absent(StepSql sql, String key) throws SQLException {
        return new RefusedException(
                execute(sql.exists(key)).isPresent()
                        ? Refusal.of(Code.NOT_ALLOWED, "you may read this row and not write it")
                        : Refusal.of(Code.NOT_FOUND, "there is no such row any more, or it is not yours"));
    }

    private Map<String, @Nullable String> values(TableShape table, Map<String, JsonNode> given) {
        var values = new LinkedHashMap<String, @Nullable String>();
        given.forEach((name, value) -> {
            var column = table.column(name)
                    .orElseThrow(() -> new RefusedException(Refusal.of(
                            Code.UNKNOWN_COLUMN, name, "there is no column of this name, or it is not yours to know")));
            values.put(name, Parameters.text(column, resolved(column, value)));
        });
        return values;
    }

    /** The key that an earlier step inserted, where a value stands for it. A document is always meant as it is. */
    private JsonNode resolved(Column column, JsonNode value) {
        var reference = value.path("$ref");
        if (column.kind() == Column.Kind.JSON || reference.isMissingNode()) {
            return value;
        }
        int to = reference.isIntegralNumber() && reference.canConvertToInt() ? reference.intValue() : -1;
        if (to < 0 || to >= before.size() || write.steps().get(to).operation() != Operation.CREATE) {
            throw new RefusedException(
                    Refusal.of(Code.INVALID_VALUE, column.name(), "$ref names no earlier step that inserted a row"));
        }
        return StringNode.valueOf(Keys.text(before.get(to).key()));
    }

    /** The first value of the first row. */
    private Optional<String> execute(Statement one) throws SQLException {
        try (var prepared = sent(one).on(connection);
                var found = prepared.executeQuery()) {
            return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
        }
    }

    private Statement sent(Statement one) {
        statement = Optional.of(one);
        return one;
    }
}
