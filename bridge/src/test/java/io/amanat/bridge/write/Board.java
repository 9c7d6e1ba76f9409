package io.amanat.bridge.write;

import io.amanat.bridge.access.rls.AsViewer;
import io.amanat.bridge.access.rls.Claims;
import io.amanat.connector.change.Column;
import io.amanat.connector.change.TableShape;
import io.amanat.connector.source.wal.TestDatabase;
import io.amanat.connector.source.wal.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database set up with the files of {@code config/postgres}, as an admin would, and the demo's people in it. */
public final class Board implements Catalogue {

    /** Malika and Otabek are of Samarqand, Gulnora of Farg‘ona, Dilnoza directs all three branches. */
    public static final Claims MALIKA = person(201);

    public static final Claims OTABEK = person(202);
    public static final Claims GULNORA = person(301);
    public static final Claims DILNOZA = person(101);

    private final TestDatabase database;
    private final Map<String, TableShape> shapes = new LinkedHashMap<>();

    private Board(TestDatabase database) {
        this.database = database;
    }

    /** A database of its own. */
    public static Board create() {
        return create(TestPostgres.empty());
    }

    /** In this empty database. */
    public static Board create(TestDatabase database) {
        var board = new Board(database);
        for (var file : List.of("amanat", "amanat-events", "board", "board-demo")) {
            board.run(file(file));
        }
        board.served();
        return board;
    }

    public static String file(String name) {
        try {
            return Files.readString(Path.of("..", "config", "postgres", name + ".sql"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Claims person(int number) {
        var subject = id('e', number).toString();
        return new Claims("authenticated", subject, "{\"sub\":\"%s\",\"role\":\"authenticated\"}".formatted(subject));
    }

    /** What is called {@code c…205} in the demo's data. */
    public static UUID id(char kind, int number) {
        return UUID.fromString("%c0000000-0000-4000-8000-%012d".formatted(kind, number));
    }

    public TestDatabase database() {
        return database;
    }

    /** As the superuser. */
    public void run(String sql) {
        database.run(sql);
    }

    /** As the superuser: the first value of each row. */
    public List<String> ask(String sql) {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Connections of the bridge's own role. */
    public DataSource bridge() {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {database.settings().port()});
        source.setDatabaseName(database.settings().database());
        source.setUser("amanat");
        return source;
    }

    public AsViewer viewers() {
        return new AsViewer(bridge(), "", Duration.ofSeconds(20));
    }

    public Writes writes() {
        return writes(Duration.ofSeconds(20));
    }

    public Writes writes(Duration patience) {
        var settings = new WriteSettings(patience, Duration.ofMinutes(1), Duration.ofDays(30));
        return new Writes(viewers(), bridge(), this, settings, System::nanoTime);
    }

    /** Serves what is in the schema {@code public} now. */
    public void served() {
        shapes.clear();
        for (var table :
                ask("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")) {
            try (var connection = database.connect()) {
                shapes.put(table, shape(connection, table));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static TableShape shape(Connection connection, String table) throws SQLException {
        try (var query = connection.prepareStatement("""
                SELECT attname, format_type(atttypid, NULL), typcategory, typname FROM pg_attribute
                JOIN pg_type ON pg_type.oid = atttypid
                WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum""")) {
            query.setString(1, TableShape.quoted(table));
            try (var rows = query.executeQuery()) {
                var columns = new ArrayList<Column>();
                while (rows.next()) {
                    columns.add(new Column(
                            rows.getString(1), rows.getString(2), kind(rows.getString(3), rows.getString(4))));
                }
                return new TableShape(table, "id", columns);
            }
        }
    }

    private static Column.Kind kind(String category, String type) {
        return switch (category) {
            case "A" -> Column.Kind.ARRAY;
            case "N" -> Column.Kind.NUMBER;
            case "B" -> Column.Kind.BOOL;
            case "D" -> Column.Kind.MOMENT;
            case "E" -> Column.Kind.ENUM;
            case "S" -> Column.Kind.TEXT;
            default ->
                switch (type) {
                    case "uuid" -> Column.Kind.UUID;
                    case "json", "jsonb" -> Column.Kind.JSON;
                    default -> Column.Kind.OTHER;
                };
        };
    }

    @Override
    public Optional<TableShape> table(String name) {
        return Optional.ofNullable(shapes.get(name));
    }
}
