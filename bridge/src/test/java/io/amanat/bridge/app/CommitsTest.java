package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.write.Board;
import io.amanat.connector.change.Change;
import io.amanat.connector.source.wal.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Here a transaction is read before it is committed: to other connections it looks as one does that waits for a standby. */
class CommitsTest {

    private static final Board BOARD = Board.create();

    private static final Duration LONG = Duration.ofSeconds(60);

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
    void howeverManyWaitOneConnectionIsTaken() throws Exception {
        var open = new AtomicInteger();
        var most = new AtomicInteger();
        var counted = counted(open, most);
        var commits = new Commits(counted, Optional::of, Duration.ofSeconds(60));
        try (var connection = begun()) {
            commits.admit(changeOf(connection));
            var readers = IntStream.range(0, 4)
                    .mapToObj(it -> new FutureTask<>(commits::seen))
                    .toList();
            var threads = readers.stream().map(Thread::new).toList();
            threads.forEach(Thread::start);
            for (var thread : threads) {
                await().atMost(LONG).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            }
            connection.commit();
            for (var reader : readers) {
                assertThat(reader.get(60, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(most).hasValue(1);
        assertThat(open).hasValue(0);
    }

    /** The bridge's connections, counted while they are open. */
    private static DataSource counted(AtomicInteger open, AtomicInteger most) {
        var connections = BOARD.bridge();
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                    var connection = connections.getConnection();
                    most.accumulateAndGet(open.incrementAndGet(), Math::max);
                    return Proxy.newProxyInstance(
                            Connection.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (it, called, given) -> {
                                if (called.getName().equals("close")) {
                                    open.decrementAndGet();
                                }
                                return called.invoke(connection, given);
                            });
                });
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
