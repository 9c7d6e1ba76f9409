package io.amanat.e2e.tables;

import io.amanat.bench.report.Outcome;
import io.amanat.bench.report.Report;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.source.ChangeSource;
import io.amanat.connector.source.tables.Catalogue;
import io.amanat.e2e.cost.Budgets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures how many rows a second come out of PostgreSQL's log as changes. They are all committed before reading begins. */
final class TablesRun {

    private static final double PER_SECOND = 100_000;
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final long PATIENCE = Duration.ofMinutes(2).toNanos();

    private final int rows;
    private final Budgets budgets = new Budgets();
    private Position position = Position.NOW;

    TablesRun(int rows) {
        this.rows = rows;
    }

    Outcome measure() throws Exception {
        var report = new Report("tables", Map.of("rows", rows));
        try (var flood = Flood.start()) {
            begin(flood);
            for (int i = 0; i < 2; i++) { // the first time is Java's warming up
                flood.insert(rows);
                double inserted = read(flood, rows);
                flood.update();
                double updated = read(flood, rows);
                if (i == 1) {
                    add(report, "insert", inserted);
                    add(report, "update", updated);
                }
                empty(flood);
            }
        }
        report.put("budgets_missed", budgets.missed().size()).machine();
        return new Outcome(report, budgets.missed(), !budgets.missed().isEmpty());
    }

    private void add(Report report, String kind, double perSecond) {
        report.put(kind + "_rows_per_second", perSecond);
        budgets.atLeast("rows a second by " + kind, perSecond, PER_SECOND);
    }

    /** Makes the slot: what is committed from now on is read. */
    private void begin(Flood flood) throws Exception {
        try (var source = open(flood, List.of())) {
            long until = System.nanoTime() + PATIENCE;
            var first = source.next(WAIT);
            while (first.isEmpty() && System.nanoTime() < until) {
                first = source.next(WAIT);
            }
            position = first.orElseThrow().position();
        }
    }

    private static ChangeSource open(Flood flood, List<Position> from) throws SQLException {
        try (var connection = flood.connect()) {
            return ChangeSource.tables(
                    flood.wal(), List.of(Flood.TABLE), Optional.of(Catalogue.read(connection, "amanat")), from);
        }
    }

    /** Reads so many rows, and says how many there were a second from the first transaction to the last. */
    private double read(Flood flood, int expected) throws Exception {
        try (var source = open(flood, List.of(position))) {
            long until = System.nanoTime() + PATIENCE;
            int first = 0;
            long began = 0;
            for (int read = 0; read < expected; ) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException("only %d of %d rows came".formatted(read, expected));
                }
                var transaction = source.next(WAIT);
                if (transaction.isPresent()) {
                    read += transaction.get().changes().stream()
                            .mapToInt(TablesRun::rows)
                            .sum();
                    position = transaction.get().position();
                    if (began == 0) {
                        began = System.nanoTime();
                        first = read;
                    }
                }
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            source.confirm(position);
            return (expected - first) / seconds;
        }
    }

    private static int rows(Change change) {
        return switch (change) {
            case Change.Records records -> records.now().size();
            default -> throw new IllegalStateException("something was read that nobody wrote: " + change.getClass());
        };
    }

    /** Without a trace in what is read next. */
    private void empty(Flood flood) throws Exception {
        try (var connection = flood.connect();
                var statement = connection.createStatement()) {
            statement.execute("alter publication amanat set (publish = 'insert, update, delete')");
            statement.execute("truncate flood");
            statement.execute("alter publication amanat set (publish = 'insert, update, delete, truncate')");
        }
    }
}
