package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.connector.source.tables.Catalogue;
import io.amanat.connector.source.wal.Postgres;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemoPostgresTest {

    @Test
    void everythingThatTheBoardNeedsIsPublishedAndNobodyIsBelievedWithoutAPassword() throws Exception {
        try (var demo = DemoPostgres.start(new SecureRandom())) {
            var catalogue = Catalogue.read(demo.wal());
            assertThat(catalogue.refusals()).isEmpty();
            assertThat(catalogue.tables()).hasSize(8);
            assertThat(demo.people())
                    .hasSize(16)
                    .first()
                    .satisfies(person -> assertThat(person.name()).isEqualTo("Dilnoza Karimova"));
            var url = "jdbc:postgresql://127.0.0.1:%d/postgres"
                    .formatted(demo.wal().postgres().port());
            for (var user : new String[] {"postgres", "amanat"}) {
                assertThatThrownBy(
                                () -> DriverManager.getConnection(url, user, "").close())
                        .hasMessageContaining("password");
                assertThatThrownBy(() -> DriverManager.getConnection(url, user, "postgres")
                                .close())
                        .hasMessageContaining("password");
            }
            try (var connection = new Postgres(demo.wal().postgres(), Duration.ofSeconds(10)).statements("test");
                    var query = connection.createStatement();
                    var row = query.executeQuery(
                            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")) {
                row.next();
                assertThat(row.getBoolean(1)).isFalse();
            }
        }
    }
}
