package io.amanat.connector.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.source.wal.TestDatabase;
import io.amanat.connector.source.wal.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The source {@code wal} on a real PostgreSQL. */
class WalSourceTest {

    private final TestDatabase database = TestPostgres.database().published();
    private final List<ChangeSource> opened = new ArrayList<>();
    private long txid = 1000;

    @AfterEach
    void closeAll() {
        opened.forEach(ChangeSource::close);
    }

    @Test
    void aCommitIsReadAndItsPlaceIsKnown() throws InterruptedException {
        var source = from(List.of());
        var beginning = next(source);

        database.run(insert(41));
        var read = next(source);

        assertThat(beginning.changes()).isEmpty();
        assertThat(created(read)).containsExactly(41L);
        assertThat(read.position().text()).startsWith("wal ");
    }

    @Test
    void theOrderIsThatOfCommits() throws InterruptedException {
        var source = from(List.of());
        next(source);

        var late = database.begin().run(insert(1));
        database.run(insert(2));
        late.commit();

        assertThat(created(next(source))).containsExactly(2L);
        assertThat(created(next(source))).containsExactly(1L);
    }

    private ChangeSource from(List<Position> positions) {
        var source = ChangeSource.wal(database.wal(), false, positions);
        opened.add(source);
        return source;
    }

    private static Transaction next(ChangeSource source) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                var next = source.next(Duration.ofSeconds(1));
                if (next.isPresent()) {
                    return next.get();
                }
            } catch (SourceLostException e) {
                assertThat(e).hasMessageNotContaining("password");
            }
        }
        throw new AssertionError("nothing was read within a minute");
    }

    private static List<Long> created(Transaction transaction) {
        return transaction.changes().stream()
                .map(Change.Records.class::cast)
                .flatMap(change -> change.now().stream())
                .map(image -> ((RecordRef.Serial) image.key()).id())
                .toList();
    }

    private String insert(long id) {
        return insert("[\"odoo\",\"res.groups\",77,\"realtime_updates\"]", id);
    }

    private String insert(String channel, long id) {
        var message =
                "{\"type\":\"realtime_updates\",\"payload\":{\"v\":1,\"type\":\"create\",\"model\":\"amanat.transfer\","
                        + "\"user_id\":7,\"user_name\":\"Aziz\",\"timestamp\":\"2026-11-21T10:00:00Z\",\"txid\":%d,"
                                .formatted(++txid)
                        + "\"origin\":false,\"lang\":\"en_US\",\"records\":[{\"id\":%d,\"name\":\"TR\"}]}}"
                                .formatted(id);
        return "INSERT INTO bus_bus (create_uid, channel, message) VALUES (7, '%s', '%s')".formatted(channel, message);
    }
}
