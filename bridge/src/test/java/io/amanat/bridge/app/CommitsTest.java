package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.write.Board;
import io.amanat.connector.change.Change;
import io.amanat.connector.source.wal.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Here a transaction is read before it is committed: to other connections it looks as one does that waits for a standby. */
class CommitsTest {

    private static final Board BOARD = Board.create();

    private final TestDatabase database = BOARD.database();

    private Commits commits(Duration patience) {
        return new Commits(BOARD.bridge(), Optional::of, patience);
    }

    /** What the log says of this connection's transaction. */
    private static Change changeOf(Connection connection) throws SQLException {
        try (var row = connection
                .createStatement()
                .executeQuery("SELECT (pg_current_xact_id()::text::numeric % 4294967296)::text")) {
            row.next();
            return new Change.Gap(Optional.of("task"), "truncated", Optional.of(row.getString(1)));
        }
    }

    private Connection begun() throws SQLException {
        var connection = database.connect();
        connection.setAutoCommit(false);
        return connection;
    }

    @Test
    void whoReadsWaitsForWhatWasReadFromTheLogAndForNothingElse() throws Exception {
        var commits = commits(Duration.ofSeconds(60));
        assertThat(commits.seen()).isTrue();
        try (var other = begun();
                var connection = begun()) {
            changeOf(other);
            var change = changeOf(connection);
            assertThat(commits.admit(change)).contains(change);
            commits.admit(change);
            var seen = CompletableFuture.supplyAsync(() -> {
                try {
                    return commits.seen();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(commits(Duration.ofMillis(50)).seen()).isTrue();
            assertThat(seen).isNotDone();
            connection.commit();
            assertThat(seen.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(commits.seen()).isTrue();
        }
    }

    @Test
    void whatIsNotSeenInTimeIsSaid() throws SQLException {
        var commits = commits(Duration.ofMillis(50));
        try (var connection = begun()) {
            commits.admit(changeOf(connection));
            assertThat(commits.seen()).isFalse();
            connection.commit();
        }
        assertThat(commits.seen()).isTrue();
    }
}
