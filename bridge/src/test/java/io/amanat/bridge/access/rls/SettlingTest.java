package io.amanat.bridge.access.rls;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.source.wal.TestDatabase;
import io.amanat.connector.source.wal.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class SettlingTest {

    private final TestDatabase database = TestPostgres.empty();
    private final Settling settling = new Settling(connections(), Duration.ofMillis(100));

    private PGSimpleDataSource connections() {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {database.settings().port()});
        source.setDatabaseName(database.settings().database());
        source.setUser(database.settings().user());
        return source;
    }

    /** The lower half of its number, as the log says it. */
    private static String number(Connection connection) throws SQLException {
        try (var row = connection
                .createStatement()
                .executeQuery("SELECT (pg_current_xact_id()::text::numeric % 4294967296)::text")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void aTransactionThatIsReadIsWaitedForAndNoOther() throws SQLException {
        try (var read = database.connect();
                var other = database.connect()) {
            read.setAutoCommit(false);
            other.setAutoCommit(false);
            number(other);
            var number = number(read);

            assertThat(settling.seen(Optional.of(number))).isFalse();
            read.commit();
            assertThat(settling.seen(Optional.of(number))).isTrue();
        }
    }

    @Test
    void whereItIsNotKnownWhichNobodyWaitsForThoseThatWaitForTheirClient() throws SQLException {
        try (var idle = database.connect();
                var elsewhere = TestPostgres.empty().connect()) {
            idle.setAutoCommit(false);
            elsewhere.setAutoCommit(false);
            number(idle);
            number(elsewhere);

            assertThat(settling.seen(Optional.empty())).isTrue();
        }
    }
}
