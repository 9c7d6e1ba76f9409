package io.amanat.connector.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Transaction;
import io.amanat.connector.source.tables.Catalogue;
import io.amanat.connector.source.wal.Slots;
import io.amanat.connector.source.wal.TestDatabase;
import io.amanat.connector.source.wal.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever follows what the source says holds what the table holds, after each commit. */
class TableSourceDifferentialTest {

    private static final int TRANSACTIONS = 120;

    private final TestDatabase database = TestPostgres.empty();
    private final TableReplica replica = new TableReplica("every");

    @AfterEach
    void leaveNothingBehind() {
        try (var slots = Slots.of(database.settings(), Duration.ofSeconds(10))) {
            slots.drop(database.wal().slot(), true);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_122})
    void aReplicaHoldsWhatTheTableHolds(long seed) throws SQLException, InterruptedException {
        check(seed);
    }

    @Test
    void aReplicaHoldsItWhateverIsWritten() throws SQLException, InterruptedException {
        check(new Random().nextLong());
    }

    private void check(long seed) throws SQLException, InterruptedException {
        try (var writer = new RandomWriter(database, new Random(seed));
                var source = ChangeSource.tables(
                        database.wal(),
                        List.of("public.every"),
                        Optional.of(Catalogue.read(database.wal())),
                        List.of())) {
            await(source, 0);
            for (int i = 1; i <= TRANSACTIONS; i++) {
                var written = writer.write();
                var gaps = await(source, written.mark());
                assertThat(gaps)
                        .as("gaps, seed %d, transaction %d", seed, i)
                        .containsAll(written.gaps())
                        .isSubsetOf(written.possible());
                assertThat(replica.shown())
                        .as("seed %d, transaction %d", seed, i)
                        .isEqualTo(replica.stored(database));
            }
        }
    }

    /** Applies everything up to and including the transaction that left this mark; none is the beginning. */
    private Set<String> await(ChangeSource source, int mark) throws InterruptedException {
        var gaps = new HashSet<String>();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            var next = source.next(Duration.ofSeconds(60));
            if (next.isPresent() && applied(next.get(), mark, gaps)) {
                return gaps;
            }
        }
        throw new AssertionError("mark %d was not read".formatted(mark));
    }

    private boolean applied(Transaction transaction, int mark, Set<String> gaps) {
        boolean begun = mark == 0;
        for (var change : transaction.changes()) {
            switch (change) {
                case Change.Gap gap when gap.model().equals(Optional.of("every")) -> gaps.add(gap.reason());
                case Change.Records records
                when records.model().equals("every") && gaps.isEmpty() -> replica.apply(records);
                case Change.Records records
                when records.model().equals("mark") ->
                    begun |= Objects.requireNonNull(
                                            TableReplica.first(records.now()).get("n"))
                                    .asInt()
                            == mark;
                default -> {}
            }
        }
        if (!gaps.isEmpty()) {
            replica.reread(database);
        }
        return begun;
    }
}
