package io.amanat.connector.source;

import io.amanat.connector.source.wal.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes to a table of many types in random transactions, and says which of them somebody must re-read. */
final class RandomWriter implements AutoCloseable {

    /** Types and values of them, as SQL. */
    static final Map<String, List<String>> TYPES = types();

    private static final int KEYS = 12;

    private final Random random;
    private final Connection connection;
    private final List<String> columns = new ArrayList<>();
    private int added;
    private int marks;

    RandomWriter(TestDatabase database, Random random) throws SQLException {
        this.random = random;
        database.run("CREATE TYPE mood AS ENUM ('good', 'bad', 'so so'); CREATE DOMAIN email AS text;"
                + "CREATE DOMAIN positive AS int CHECK (value > 0); CREATE DOMAIN emails AS email[]");
        var definition = new StringBuilder("CREATE TABLE every (id uuid PRIMARY KEY");
        for (var type : TYPES.keySet()) {
            var column = "c" + columns.size();
            columns.add(column + " " + type);
            definition.append(", ").append(column).append(' ').append(type);
        }
        database.run(
                definition + "); ALTER TABLE every REPLICA IDENTITY FULL; ALTER TABLE every ENABLE ROW LEVEL SECURITY;"
                        + "CREATE TABLE mark (id int PRIMARY KEY, n int); ALTER TABLE mark REPLICA IDENTITY FULL;"
                        + "ALTER TABLE mark ENABLE ROW LEVEL SECURITY; INSERT INTO mark VALUES (1, 0);"
                        + "CREATE PUBLICATION amanat FOR TABLE every, mark");
        this.connection = database.connect();
        connection.setAutoCommit(false);
    }

    /** How one transaction ended: the mark it left, and why the table has to be re-read, and may have to be. */
    record Written(int mark, Set<String> gaps, Set<String> possible) {}

    /** Commits a transaction; some are rolled back before it. */
    Written write() throws SQLException {
        if (random.nextInt(5) == 0) {
            var before = List.copyOf(columns);
            some(new HashSet<>());
            connection.rollback();
            restore(before);
        }
        var before = List.copyOf(columns);
        var possible = new HashSet<String>();
        some(possible);
        var gaps = new HashSet<>(possible);
        if (columns.equals(before)) {
            gaps.remove("columns");
        } else {
            run("INSERT INTO every (id) VALUES (" + key() + ") ON CONFLICT (id) DO UPDATE SET id = excluded.id");
        }
        run("UPDATE mark SET n = " + ++marks);
        connection.commit();
        return new Written(marks, gaps, possible);
    }

    private void some(Set<String> gaps) throws SQLException {
        int statements = 1 + random.nextInt(8);
        for (int i = 0; i < statements; i++) {
            var inner = new HashSet<String>();
            var inside = List.copyOf(columns);
            var savepoint = connection.setSavepoint();
            try {
                run(statement(inner));
                if (random.nextInt(6) == 0) {
                    restore(inside);
                    connection.rollback(savepoint);
                } else {
                    gaps.addAll(inner);
                }
            } catch (SQLException e) {
                restore(inside);
                connection.rollback(savepoint);
            }
        }
    }

    private void restore(List<String> before) {
        columns.clear();
        columns.addAll(before);
    }

    private String statement(Set<String> gaps) {
        return switch (random.nextInt(40)) {
            case 0 -> {
                gaps.add("truncated");
                yield "TRUNCATE every";
            }
            case 1 -> {
                gaps.add("columns");
                yield addColumn();
            }
            case 2 -> {
                gaps.add("columns");
                yield dropColumn();
            }
            case 3, 4 -> "UPDATE every SET id = " + key() + " WHERE id = " + key();
            case 5, 6, 7, 8 -> "DELETE FROM every WHERE id = " + key();
            case 9 -> "UPDATE every SET " + assignment();
            case 10, 11, 12, 13, 14, 15, 16, 17 -> insert();
            default ->
                "UPDATE every SET " + assignment() + ", " + assignment() + " WHERE id IN (" + key() + ", " + key()
                        + ")";
        };
    }

    private String addColumn() {
        var type = List.copyOf(TYPES.keySet()).get(random.nextInt(TYPES.size()));
        var column = "d" + added++;
        columns.add(column + " " + type);
        return "ALTER TABLE every ADD " + column + " " + type + " DEFAULT " + value(type);
    }

    private String dropColumn() {
        var column = columns.remove(random.nextInt(columns.size()));
        return "ALTER TABLE every DROP " + name(column);
    }

    private String insert() {
        var some = columns.stream().filter(_ -> random.nextInt(3) > 0).toList();
        var names = some.stream().map(RandomWriter::name).map(it -> ", " + it).collect(Collectors.joining());
        var values = some.stream().map(it -> ", " + value(type(it))).collect(Collectors.joining());
        return "INSERT INTO every (id%s) VALUES (%s%s)".formatted(names, key(), values);
    }

    private String assignment() {
        var column = columns.get(random.nextInt(columns.size()));
        return name(column) + " = " + value(type(column));
    }

    private String value(String type) {
        if (random.nextInt(6) == 0) {
            return "NULL";
        }
        var values = TYPES.getOrDefault(type, List.of("NULL"));
        return "(" + values.get(random.nextInt(values.size())) + ")::" + type;
    }

    private String key() {
        return "'00000000-0000-0000-0000-%012x'".formatted(random.nextInt(KEYS));
    }

    private static String name(String column) {
        return column.substring(0, column.indexOf(' '));
    }

    private static String type(String column) {
        return column.substring(column.indexOf(' ') + 1);
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Map<String, List<String>> types() {
        var large = "(SELECT string_agg(md5(random()::text), '') FROM generate_series(1, 300))";
        var types = new LinkedHashMap<String, List<String>>();
        types.put("boolean", List.of("true", "false"));
        types.put("smallint", List.of("-32768", "7"));
        types.put("integer", List.of("2147483647", "-1"));
        types.put("bigint", List.of("9223372036854775807", "-9223372036854775808", "5"));
        types.put("real", List.of("0.1", "1e20", "'NaN'", "'-Infinity'", "3"));
        types.put("double precision", List.of("0.1", "1e300", "5e-324", "'Infinity'", "-2.5", "1e15"));
        types.put(
                "numeric", List.of("1.50", "0.000", "'NaN'", "1e40", "-12345678901234567890.123456789", "1e-20", "7"));
        types.put("numeric(12,2)", List.of("1", "-0.5", "1234567890.12"));
        types.put("text", List.of("''", "'NULL'", "E'a\\\\b\"c\\n\\t{},'", "'Ўзбек 😀 \uFFFD'", large, large));
        types.put("varchar(20)", List.of("'x'", "' '"));
        types.put("char(5)", List.of("'a'", "''"));
        types.put("\"char\"", List.of("'q'"));
        types.put("name", List.of("'some_name'"));
        types.put(
                "timestamptz",
                List.of(
                        "'2026-11-21 10:00:00.123456+05'",
                        "'infinity'",
                        "'0044-03-15 01:02:03+00 BC'",
                        "'12026-01-01 00:00+00'",
                        "'2000-01-01 00:00+00'"));
        types.put("timestamp", List.of("'2026-11-21 10:00:00.5'", "'-infinity'", "'0001-01-01 00:00 BC'"));
        types.put("date", List.of("'2026-11-21'", "'infinity'", "'0044-03-15 BC'"));
        types.put("time", List.of("'10:00'", "'23:59:59.999999'", "'24:00'"));
        types.put("timetz", List.of("'10:00+05'"));
        types.put("interval", List.of("'1 year 2 mons -3 days 04:05:06.7'", "'0'"));
        types.put(
                "json",
                List.of("'{\"a\": [1.50, null, \"x\"], \"b\": {}}'", "'1e5'", "'\"\\ud83d\\ude00\"'", "'null'"));
        types.put("jsonb", List.of("'{\"a\": 1.50, \"b\": [true]}'", "'[]'", "'12345678901234567890.10'", "'null'"));
        types.put("text[]", List.of("'{}'", "ARRAY['a,b', 'NULL', NULL, '', E'q\"\\\\']", "ARRAY[['a'],['{}']]"));
        types.put("int[]", List.of("ARRAY[1,NULL,3]", "ARRAY[[1,2],[3,4]]"));
        types.put("boolean[]", List.of("ARRAY[true,false,NULL]"));
        types.put("numeric[]", List.of("ARRAY[1.50, 'NaN']"));
        types.put("timestamptz[]", List.of("ARRAY['2026-11-21 10:00:00+05'::timestamptz, 'infinity']"));
        types.put("jsonb[]", List.of("ARRAY['{\"a\": \"b,\"}'::jsonb, 'null']"));
        types.put("box[]", List.of("ARRAY['(1,2),(3,4)'::box, '(0,0),(1,1)']"));
        types.put("mood", List.of("'good'", "'so so'"));
        types.put("mood[]", List.of("ARRAY['so so', 'bad']"));
        types.put("email", List.of("'a@b.uz'"));
        types.put("positive", List.of("1"));
        types.put("positive[]", List.of("ARRAY[1, 2]"));
        types.put("emails", List.of("ARRAY['a', 'b']"));
        types.put("uuid", List.of("'6f2b5cbe-5f0a-4a44-9a3f-0d2f3f7f1a11'"));
        types.put("inet", List.of("'10.0.0.1/24'", "'::1'"));
        types.put("cidr", List.of("'10.0.0.0/8'"));
        types.put("macaddr", List.of("'08:00:2b:01:02:03'"));
        types.put("bit(3)", List.of("B'101'"));
        types.put("bit varying", List.of("B'10101'"));
        types.put("money", List.of("12.34", "-1"));
        types.put("int4range", List.of("'[1,5)'", "'empty'"));
        types.put("datemultirange", List.of("'{[2026-01-01,2026-02-01)}'"));
        types.put("tsvector", List.of("to_tsvector('simple', 'a b c')"));
        types.put("point", List.of("'(1.5,2)'"));
        types.put("oid", List.of("42"));
        return types;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
