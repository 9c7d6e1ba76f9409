package io.amanat.bridge.write;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.protocol.TableReply;
import io.amanat.bridge.protocol.TableReply.WrittenRow;
import io.amanat.bridge.protocol.TableRequest;
import io.amanat.bridge.write.Operations.Row;
import io.amanat.connector.change.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * One try at a write, in one transaction. First and last the bridge itself looks whether it was done and notes that it is; all
 * between, deferred triggers included, happens under the viewer's role. Used once, by one thread.
 */
final class Attempt {

    private static final String NOBODY = "none";

    private final Catalogue catalogue;
    private final Claims claims;
    private final TableRequest.Write write;
    private final Duration patience;
    private final Deadline deadline;
    private Optional<StepRun> running = Optional.empty();

    /** @param patience how long to wait for others who hold what is to be written */
    Attempt(Catalogue catalogue, Claims claims, TableRequest.Write write, Duration patience, Deadline deadline) {
        this.catalogue = catalogue;
        this.claims = claims;
        this.write = write;
        this.patience = patience;
        this.deadline = deadline;
    }

    /** @param connection whose transaction is the viewer's */
    TableReply.Written on(Connection connection) throws SQLException {
        prepare(connection);
        var done = Operations.done(connection, claims, write.id());
        become(connection, claims.role());
        var rows = done.isPresent() ? done.get() : steps(connection);
        deadline.hold(connection);
        var answer = new TableReply.Written(write.id(), seen(connection, rows), done.isPresent());
        if (done.isEmpty()) {
            become(connection, NOBODY);
            Operations.note(connection, claims, write.id(), rows);
        }
        return answer;
    }

    /**
     * The role is none for now: the one that the connection was made with. Whatever the server is set to, nothing is answered before
     * it is on the disk: a device that was told so says it never again.
     */
    private void prepare(Connection connection) throws SQLException {
        try (var set = connection.prepareStatement("""
                SELECT set_config('role', 'none', true), set_config('lock_timeout', ?, true),
                  set_config('timezone', 'UTC', true), set_config('synchronous_commit',
                    CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)""")) {
            set.setString(1, Long.toString(patience.toMillis()));
            set.execute();
        }
    }

    private static void become(Connection connection, String role) throws SQLException {
        try (var set = connection.prepareStatement("SELECT pg_catalog.set_config('role', ?, true)")) {
            set.setString(1, role);
            set.execute();
        }
    }

    private List<Row> steps(Connection connection) throws SQLException {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < write.steps().size(); i++) {
            var step = new StepRun(connection, write, i, rows);
            running = Optional.of(step);
            deadline.hold(connection);
            rows.add(step.run(catalogue));
        }
        running = Optional.empty();
        deadline.hold(connection);
        try (var now = connection.createStatement()) {
            now.execute("SET CONSTRAINTS ALL IMMEDIATE");
        }
        return rows;
    }

    /** The rows as they are at the end, whatever triggers made of them. */
    private List<WrittenRow> seen(Connection connection, List<Row> rows) throws SQLException {
        var sight = new Sight(connection);
        var seen = new HashMap<String, Map<String, JsonNode>>();
        for (var name : new LinkedHashSet<>(rows.stream().map(Row::table).toList())) {
            Optional<TableShape> table = catalogue.table(name);
            var keys = rows.stream()
                    .filter(row -> row.table().equals(name))
                    .map(row -> Keys.text(row.key()))
                    .distinct()
                    .toList();
            seen.put(name, table.isPresent() ? sight.rows(table.get(), keys) : Map.of());
        }
        return rows.stream()
                .map(row -> new WrittenRow(
                        row.table(),
                        row.key(),
                        Optional.ofNullable(
                                seen.getOrDefault(row.table(), Map.of()).get(Keys.text(row.key())))))
                .toList();
    }

    /** The step that was being done when it failed, if one was. */
    Optional<StepRun> running() {
        return running;
    }

    TableReply.WriteRefused refused(Refusal refusal) {
        return running.map(step -> refusal.reply(
                        write.id(),
                        OptionalInt.of(step.index()),
                        Optional.of(step.step().table())))
                .orElseGet(() -> refusal.reply(write.id()));
    }
}
