package io.amanat.bridge.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.channel.Numbered;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransactionsTest {

    private static Change row(String transaction) {
        var image = new Image(new RecordRef.Uuid(new UUID(0, 1)), Map.of(), Optional.of(transaction));
        return new Change.Records(
                "task",
                Operation.CREATE,
                new Actor(0, "", Optional.empty()),
                Instant.EPOCH,
                List.of(image),
                List.of(),
                List.of(),
                Set.of(),
                Set.of());
    }

    private static Change gap(String transaction) {
        return new Change.Gap(Optional.of("note"), "truncated", Optional.of(transaction));
    }

    private static Change rights(String transaction) {
        return new Change.Rights(
                "policy", Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(transaction));
    }

    private static List<List<Long>> split(Change... changes) {
        var numbered = IntStream.range(0, changes.length)
                .mapToObj(i -> new Numbered(i + 1, changes[i]))
                .toList();
        return Transactions.split(numbered).stream()
                .map(transaction -> transaction.stream().map(Numbered::offset).toList())
                .toList();
    }

    @Test
    void whatWasCommittedTogetherStaysTogetherWhateverItDid() {
        assertThat(split(row("7"), gap("7"), row("7"), rights("8"), row("8"), gap("9"), rights("10"), row("11")))
                .containsExactly(List.of(1L, 2L, 3L), List.of(4L, 5L), List.of(6L), List.of(7L), List.of(8L));
    }

    @Test
    void whatDoesNotSayOfWhichItIsCountsToTheNext() {
        assertThat(split(row("7"), new Change.Gap(Optional.empty(), "lost"), row("8")))
                .containsExactly(List.of(1L), List.of(2L, 3L));
    }
}
