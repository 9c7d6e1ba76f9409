package io.amanat.bridge.table.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Column;
import io.amanat.connector.change.TableShape;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Every filter means the rows that PostgreSQL means by the same comparisons. */
class FilterAgainstPostgresTest {

    private static final int ROWS = 300;
    private static final int FILTERS = 1_500;

    /** Values of each column: what rows hold, and what filters ask for. */
    private static final Map<String, List<String>> VALUES = Map.ofEntries(
            Map.entry("small", List.of("-32768", "0", "7", "32767")),
            Map.entry("whole", List.of("-2147483648", "-1", "0", "7", "+8", "2147483647")),
            Map.entry(
                    "exact",
                    List.of(
                            "0",
                            "0.000000000000000000001",
                            "1.5",
                            "1.50",
                            "12345678901234567890.12",
                            "-3",
                            "1e3",
                            "NaN",
                            "Infinity",
                            "-Infinity")),
            Map.entry(
                    "single",
                    List.of("0", "-0", "0.1", "0.1000000001", "16777217", "1e30", "1e-40", "NaN", "-Infinity")),
            Map.entry("double", List.of("0", "-0", "0.1", "0.1000000001", "1e300", "5e-324", "NaN", "Infinity")),
            Map.entry(
                    "title",
                    List.of(
                            "",
                            "a",
                            "A",
                            "abc",
                            "a\\c",
                            "50% off",
                            "50\\%%",
                            "%b%",
                            "_b_",
                            "a,b",
                            "say \"hi\" (now)",
                            "\u0417\u0430\u043A\u0430\u0437",
                            "\u0437\u0430\u043A\u0430\u0437",
                            "\uD83D\uDE9A go",
                            "_ go",
                            "a ",
                            "%\\_%",
                            "x_y")),
            Map.entry("short", List.of("", "a", "a ", "b")),
            Map.entry("padded", List.of("", "a", "a  ", " a", "abcd")),
            Map.entry("flag", List.of("true", "false", "t", "f")),
            Map.entry(
                    "who",
                    List.of(
                            "00000000-0000-0000-0000-000000000000",
                            "7fffffff-ffff-4fff-bfff-ffffffffffff",
                            "80000000-0000-4000-8000-000000000000",
                            "FFFFFFFF-ffff-ffff-ffff-ffffffffffff")),
            Map.entry("day", List.of("0001-01-01", "1582-10-10", "2026-11-23", "9999-12-31")),
            Map.entry("clock", List.of("00:00", "10:00:00", "10:00:00.5", "23:59:59.999999")),
            Map.entry("moment", List.of("0001-01-01", "2026-11-23", "2026-11-23T10:00:00.5", "2026-11-23 10:00")),
            Map.entry(
                    "instant",
                    List.of(
                            "0001-01-01T00:00:00Z",
                            "2026-11-23T10:00:00.000001+00:00",
                            "2026-11-23T15:30:00.000001+0530",
                            "2026-11-23 00:00-11",
                            "2026-11-22T23:59:59Z")),
            Map.entry("status", List.of("sad", "happy")));

    /** What rows hold, and no filter can write. */
    private static final Map<String, List<String>> MORE = Map.of(
            "day", List.of("infinity", "-infinity", "0044-03-15 BC", "12026-01-01"),
            "clock", List.of("24:00:00"),
            "moment", List.of("infinity", "0044-03-15 10:00:00 BC"),
            "instant", List.of("-infinity", "0044-03-15 10:00:00+00 BC", "12026-01-01 00:00:00+00"));

    private static EmbeddedPostgres server;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(90))
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void everyFilterMeansTheRowsThatPostgresMeans() throws SQLException, FilterException {
        try (var connection = server.getPostgresDatabase().getConnection()) {
            create(connection);
            var rows = rows(connection);
            int meant = 0;
            for (int i = 0; i < FILTERS; i++) {
                var conditions = IntStream.rangeClosed(0, random.nextInt(2))
                        .mapToObj(it -> condition())
                        .toList();
                var filter = written(conditions);
                var expected = expected(connection, conditions);
                assertThat(matching(filter, rows))
                        .as("%s (seed %d)", filter, seed)
                        .isEqualTo(expected);
                meant += expected.isEmpty() ? 0 : 1;
            }
            assertThat(meant).as("filters that mean something (seed %d)", seed).isGreaterThan(FILTERS / 4);
        }
    }

    private void create(Connection connection) throws SQLException {
        run(connection, "SET TIME ZONE 'UTC'");
        run(connection, "CREATE TYPE mood AS ENUM ('happy', 'sad')");
        run(
                connection,
                "CREATE TABLE kinds (%s)"
                        .formatted(Shapes.KINDS.columns().stream()
                                .map(it -> TableShape.quoted(it.name()) + " " + type(it))
                                .collect(Collectors.joining(", "))));
        for (int id = 1; id <= ROWS; id++) {
            var values = new TreeMap<String, String>(Map.of("id", "" + id));
            VALUES.forEach((column, some) -> {
                if (random.nextInt(6) > 0) {
                    values.put(column, value(column, some));
                }
            });
            run(
                    connection,
                    "INSERT INTO kinds (%s) VALUES (%s)"
                            .formatted(
                                    values.keySet().stream()
                                            .map(TableShape::quoted)
                                            .collect(Collectors.joining(", ")),
                                    values.values().stream()
                                            .map(FilterAgainstPostgresTest::quoted)
                                            .collect(Collectors.joining(", "))));
        }
    }

    private String value(String column, List<String> some) {
        var more = MORE.getOrDefault(column, List.of());
        int chosen = random.nextInt(some.size() + more.size());
        return chosen < some.size() ? some.get(chosen) : more.get(chosen - some.size());
    }

    /** The collation is the same whatever the machine's language is. */
    private static String type(Column column) {
        return switch (column.type()) {
            case "character" -> "character(5)";
            case "text" -> "text COLLATE pg_c_utf8";
            default -> column.type();
        };
    }

    private Condition condition() {
        var column = pick(Shapes.KINDS.columns().stream()
                .filter(it -> VALUES.containsKey(it.name()))
                .toList());
        var operator = pick(operators(column.kind()));
        var values = switch (operator) {
            case IS ->
                List.of(column.kind() == Column.Kind.BOOL ? pick(List.of("null", "true", "false", "unknown")) : "null");
            case IN ->
                IntStream.rangeClosed(0, random.nextInt(3))
                        .mapToObj(it -> pick(VALUES.getOrDefault(column.name(), List.of())))
                        .toList();
            case LIKE, ILIKE -> List.of(pattern(pick(VALUES.getOrDefault(column.name(), List.of()))));
            case EQ, NEQ, LT, LTE, GT, GTE -> List.of(pick(VALUES.getOrDefault(column.name(), List.of())));
        };
        return new Condition(column.name(), random.nextInt(3) == 0, operator, values);
    }

    private static List<Operator> operators(Column.Kind kind) {
        return switch (kind) {
            case TEXT -> List.of(Operator.EQ, Operator.NEQ, Operator.IN, Operator.IS, Operator.LIKE, Operator.ILIKE);
            case ENUM -> List.of(Operator.EQ, Operator.NEQ, Operator.IN, Operator.IS);
            case NUMBER, BOOL, UUID, MOMENT, JSON, ARRAY, OTHER ->
                List.of(
                        Operator.EQ,
                        Operator.NEQ,
                        Operator.LT,
                        Operator.LTE,
                        Operator.GT,
                        Operator.GTE,
                        Operator.IN,
                        Operator.IS);
        };
    }

    /** Some letters of a text replaced; a backslash at its end would be no pattern. */
    private String pattern(String text) {
        var pattern = text.codePoints()
                .mapToObj(it -> random.nextInt(3) > 0 ? Character.toString(it) : pick(List.of("%", "_", "", "%_")))
                .collect(Collectors.joining());
        return trailing(pattern) % 2 == 0 ? pattern : pattern + "\\";
    }

    private static int trailing(String pattern) {
        return pattern.length() - pattern.replaceAll("\\\\+$", "").length();
    }

    private static String written(List<Condition> conditions) {
        return conditions.stream()
                .map(it -> it.column() + "=" + (it.negated() ? "not." : "")
                        + it.operator().word() + "." + written(it))
                .collect(Collectors.joining(","));
    }

    private static String written(Condition condition) {
        var values = condition.values().stream()
                .map(it -> "\"" + it.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(","));
        return condition.operator() == Operator.IN ? "(%s)".formatted(values) : values;
    }

    private static Set<Long> expected(Connection connection, List<Condition> conditions) throws SQLException {
        var where = conditions.stream().map(FilterAgainstPostgresTest::sql).collect(Collectors.joining(" AND "));
        var ids = new HashSet<Long>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id FROM kinds WHERE " + where)) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }

    private static String sql(Condition condition) {
        var column = Shapes.KINDS.column(condition.column()).orElseThrow();
        var literals =
                condition.values().stream().map(it -> literal(it, column)).collect(Collectors.joining(", "));
        var operator = Map.of(
                Operator.EQ, "= %s",
                Operator.NEQ, "<> %s",
                Operator.LT, "< %s",
                Operator.LTE, "<= %s",
                Operator.GT, "> %s",
                Operator.GTE, ">= %s",
                Operator.IN, "IN (%s)",
                Operator.LIKE, "LIKE %s",
                Operator.ILIKE, "ILIKE %s",
                Operator.IS, "IS " + condition.value());
        var comparison = TableShape.quoted(column.name()) + " "
                + operator.getOrDefault(condition.operator(), "").formatted(literals);
        return condition.negated() ? "NOT (%s)".formatted(comparison) : "(%s)".formatted(comparison);
    }

    private static String literal(String value, Column column) {
        return quoted(value) + (column.kind() == Column.Kind.TEXT ? "" : "::" + column.type());
    }

    private static Set<Long> matching(String text, List<Map<String, JsonNode>> rows) throws FilterException {
        var filter = RowFilter.compile(Filter.parse(text), Shapes.KINDS);
        var index = new Index<String>();
        index.add(text, filter);
        var ids = new HashSet<Long>();
        for (var row : rows) {
            var found = new HashSet<String>();
            index.candidates(row, found::add);
            if (!found.isEmpty() && filter.matches(row)) {
                ids.add(row.getOrDefault("id", NullNode.getInstance()).asLong());
            }
        }
        return ids;
    }

    private static List<Map<String, JsonNode>> rows(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT to_json(k) FROM kinds k")) {
            var rows = new ArrayList<Map<String, JsonNode>>();
            while (found.next()) {
                rows.add(Shapes.row(found.getString(1)));
            }
            return rows;
        }
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
