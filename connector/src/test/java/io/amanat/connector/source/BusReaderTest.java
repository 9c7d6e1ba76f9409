package io.amanat.connector.source;

import static io.amanat.connector.source.Samples.TRANSFER;
import static io.amanat.connector.source.Samples.created;
import static io.amanat.connector.source.Samples.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BusReaderTest {

    private static final Change LATE = new Change.Gap(Optional.of(TRANSFER), "found late");

    private final BusReader reader = new BusReader(new SeenIds(Duration.ofSeconds(130), 100, 0), 0);

    @Test
    void whatIsCommittedLateButSentByOdooKeepsItsValues() {
        reader.read(frame(created(6, 81, 2)), 0);
        reader.read(frame(created(5, 80, 1)), 0);

        assertThat(returned()).extracting(Transaction::position).containsExactly(new Position("6"), new Position("6"));
    }

    @Test
    void whatASweepFindsLateHasNoValuesSinceNewerOnesMayBeOnScreens() {
        reader.read(frame(created(6, 81, 1)), 0);
        returned();

        reader.catchUp(Samples.json(frame(created(5, 80, 1))), 0);

        assertThat(returned()).containsExactly(new Transaction(new Position("6"), List.of(LATE)));
    }

    @Test
    void anEarlierFlushOfATransactionThatASweepFindsLateBringsNoIntermediateStateBack() {
        reader.read(frame(created(200, 80, 1)), 0);
        returned();

        reader.catchUp(Samples.json(frame(created(100, 80, 1), created(200, 80, 1))), 0);

        assertThat(returned()).containsExactly(new Transaction(new Position("200"), List.of(LATE)));
    }

    @Test
    void whatASweepFindsBeforeOdooSendsItKeepsItsValuesAndComesOnce() {
        reader.read(frame(created(5, 80, 1)), 0);
        reader.catchUp(Samples.json(frame(created(5, 80, 1), created(6, 81, 2))), 0);
        reader.read(frame(created(6, 81, 2)), 0);

        assertThat(returned())
                .hasSize(2)
                .allSatisfy(
                        transaction -> assertThat(transaction.changes()).hasOnlyElementsOfType(Change.Records.class));
    }

    @Test
    void whatANewConnectionRepeatsFromBeforeTheLastMessageHasNoValues() {
        reader.read(frame(created(6, 81, 1)), 0);
        returned();

        reader.catchUp(frame(created(5, 80, 1), created(7, 82, 2)), 0);

        assertThat(returned())
                .extracting(transaction -> transaction.changes().getFirst() instanceof Change.Gap)
                .containsExactly(true, false);
    }

    @Test
    void anEventThatIsFoundLateIsStillAnEvent() {
        var event = created(5, 80, 1)
                .replace("\"create\"", "\"event\"")
                .replace("\"records\"", "\"action\": \"paid\", \"user_ids\": [7], \"records\"");
        reader.read(frame(created(6, 81, 1)), 0);
        returned();

        reader.catchUp(Samples.json(frame(event)), 0);

        assertThat(returned())
                .singleElement()
                .satisfies(transaction -> assertThat(transaction.changes()).hasOnlyElementsOfType(Change.Event.class));
    }

    private List<Transaction> returned() {
        var all = new ArrayList<Transaction>();
        for (var next = reader.poll(); next != null; next = reader.poll()) {
            all.add(next);
        }
        return all;
    }
}
