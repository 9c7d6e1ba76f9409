package io.amanat.connector.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    /** The largest number below 1, so that each wait shows its ceiling. */
    private static final RandomGenerator LONGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return -1;
        }
    };

    @Test
    void waitsUpToOneTwoFourEightSixteenThirtySeconds() {
        var backoff = backoff(LONGEST);

        assertThat(Stream.generate(backoff::next).limit(7).map(BackoffTest::rounded))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void aSuccessStartsOverWithTheShortestWait() {
        var backoff = backoff(LONGEST);
        backoff.next();
        backoff.next();
        backoff.reset();

        assertThat(rounded(backoff.next())).isEqualTo(1);
    }

    @Test
    void waitsAreSpreadOverTheWholeRange() {
        long seed = System.nanoTime();
        var random = new Random(seed);

        var waits = Stream.generate(() -> backoff(random).next()).limit(1000).toList();

        assertThat(waits).as("seed %d", seed).allMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) < 0);
        assertThat(waits).as("seed %d", seed).anyMatch(wait -> wait.toMillis() < 100);
        assertThat(waits).as("seed %d", seed).anyMatch(wait -> wait.toMillis() > 900);
    }

    private static Backoff backoff(RandomGenerator random) {
        return new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random);
    }

    private static long rounded(Duration wait) {
        return Math.round(wait.toNanos() / 1e9);
    }
}
