package io.amanat.bridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GenerationsTest {

    private final Generations generations = new Generations();

    @Test
    void anAnnouncementBeginsANewGenerationForWhomItConcerns() {
        var aziz = generations.of("a", 7);
        var bobur = generations.of("a", 8);

        generations.count(Optional.of(Set.of(7L)), Optional.empty());

        assertThat(generations.of("a", 7)).isNotEqualTo(aziz);
        assertThat(generations.of("a", 8)).isEqualTo(bobur);
        generations.count(Optional.empty(), Optional.of(Set.of("a")));
        assertThat(generations.of("a", 8)).isNotEqualTo(bobur);
    }

    @Test
    void whoeverIsNotCountedAnyMoreIsInANewGeneration() {
        generations.count(Optional.of(Set.of(1L)), Optional.empty());
        var before = generations.of("a", 1);
        var untouched = generations.of("a", -1);

        for (long user = 2; user <= Generations.MAX + 1; user++) {
            generations.count(Optional.of(Set.of(user)), Optional.empty());
        }

        assertThat(generations.of("a", 1)).isNotEqualTo(before);
        assertThat(generations.of("a", -1)).isNotEqualTo(untouched);
    }
}
