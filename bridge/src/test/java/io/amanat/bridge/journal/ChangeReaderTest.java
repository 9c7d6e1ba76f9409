package io.amanat.bridge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChangeReaderTest {

    @Test
    void everyChangeIsReadAsItWasWritten() {
        long seed = new Random().nextLong();
        var changes = new RandomChanges(seed);
        var kinds = new HashSet<Class<?>>();
        for (int i = 0; i < 2_000; i++) {
            var written = changes.some(6);
            var read = stored(written).changes();
            assertThat(read).as("seed %d, turn %d", seed, i).isEqualTo(written);
            kinds.addAll(read.stream().map(Object::getClass).collect(Collectors.toSet()));
        }
        assertThat(kinds).hasSize(5);
    }

    @Test
    void nobodyIsNotEverybody() {
        var nobody = new Change.Rights("groups", Optional.of(Set.of()), Optional.of(Set.of()), Optional.empty());
        var everybody = new Change.Rights("groups", Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(stored(List.of(nobody, everybody)).changes()).containsExactly(nobody, everybody);
    }

    private static Stored stored(List<Change> changes) {
        var bytes = new Stored(1, changes.size(), 0, new Position("p"), ChangeWriter.write(changes)).bytes();
        return Stored.read(bytes).orElseThrow();
    }
}
