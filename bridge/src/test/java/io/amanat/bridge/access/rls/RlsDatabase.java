package io.amanat.bridge.access.rls;

import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.source.wal.TestDatabase;
import io.amanat.connector.source.wal.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real database with row-level security, and whom the tests ask it as. */
final class RlsDatabase {

    static final String ROLE = "rls_user";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestDatabase database;

    private RlsDatabase(TestDatabase database) {
        this.database = database;
    }

    /** A new one, with the roles of these tests and nothing else. */
    static RlsDatabase empty() {
        var database = TestPostgres.empty();
        for (var role : List.of("rls_user", "rls_other")) {
            database.run("do $$ begin if to_regrole('%1$s') is null then create role %1$s nologin; end if; end $$"
                    .formatted(role));
        }
        database.run("""
                do $$ begin
                  if to_regrole('rls_bridge') is null then create role rls_bridge login noinherit; end if;
                end $$;
                grant rls_user, rls_other to rls_bridge;
                grant usage on schema public to rls_user, rls_other""");
        return new RlsDatabase(database);
    }

    static RlsDatabase withSpellings() throws IOException {
        var database = empty();
        try (var sql = RlsDatabase.class.getResourceAsStream("spellings.sql")) {
            database.run(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
        return database;
    }

    void run(String sql) {
        database.run(sql);
    }

    String name() {
        return database.settings().database();
    }

    /** Connections of the bridge's own role. */
    DataSource bridge() {
        return as("rls_bridge");
    }

    Connection admin() throws SQLException {
        return as("postgres").getConnection();
    }

    private DataSource as(String role) {
        var settings = database.settings();
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {settings.host()});
        source.setPortNumbers(new int[] {settings.port()});
        source.setDatabaseName(settings.database());
        source.setUser(role);
        source.setPrepareThreshold(1);
        return source;
    }

    AsViewer asViewer() {
        return new AsViewer(bridge(), "public", Duration.ofSeconds(30));
    }

    /** A user of the tests: a member of the role, with a branch in its claims. */
    static Claims user(int number) {
        var subject = new UUID(0xA, number).toString();
        return new Claims(
                ROLE,
                subject,
                "{\"sub\":\"%s\",\"role\":\"%s\",\"branch_id\":\"%d\"}".formatted(subject, ROLE, number % 7));
    }

    /** The row with this id as the log would have it, if there is one. */
    static Optional<Image> image(Connection admin, String table, UUID id) throws SQLException {
        try (var query = admin.prepareStatement("select to_jsonb(t) from %s t where id = ?".formatted(table))) {
            query.setObject(1, id);
            try (var rows = query.executeQuery()) {
                return rows.next() ? Optional.of(image(id, rows.getString(1))) : Optional.empty();
            }
        }
    }

    static Image image(UUID id, String json) {
        var values = new HashMap<String, JsonNode>();
        JSON.readTree(json).properties().forEach(field -> values.put(field.getKey(), field.getValue()));
        return new Image(new RecordRef.Uuid(id), values);
    }
}
