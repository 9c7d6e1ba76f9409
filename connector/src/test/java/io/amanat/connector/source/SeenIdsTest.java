package io.amanat.connector.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeenIdsTest {

    private static final long SECOND = 1_000_000_000L;

    private final SeenIds seen = new SeenIds(Duration.ofSeconds(130), 3, 0);

    @Test
    void anIdIsNewOnce() {
        assertThat(seen.add(5, 0)).isTrue();
        assertThat(seen.add(5, SECOND)).isFalse();
    }

    @Test
    void aLowerIdAfterAHigherOneIsNew() {
        seen.add(6, 0);

        assertThat(seen.add(5, SECOND)).isTrue();
    }

    @Test
    void theFloorRisesToWhatWasSeenBeforeTheLateness() {
        seen.add(5, 0);
        seen.add(6, 100 * SECOND);

        assertThat(seen.floor(131 * SECOND)).isEqualTo(5);
    }

    @Test
    void withoutAFloorOdooIsAskedForItsLastFiftySecondsOnlyAsLongAsThatReachesBackToTheStart() {
        seen.add(300, 0);

        assertThat(seen.floor(49 * SECOND)).isZero();
        assertThat(seen.floor(51 * SECOND)).isEqualTo(299);
    }

    @Test
    void beyondItsCapacityTheOldestIsForgottenAndTheFloorRises() {
        for (long id = 1; id <= 4; id++) {
            seen.add(id, 0);
        }

        assertThat(seen.floor(0)).isEqualTo(1);
    }

    @Test
    void theFloorStartsWhereReadingGoesOn() {
        assertThat(new SeenIds(Duration.ofSeconds(130), 3, 77).floor(0)).isEqualTo(77);
    }
}
