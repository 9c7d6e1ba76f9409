package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000L;

    private final TokenBucket bucket = new TokenBucket(10, 0);

    @Test
    void twoSecondsWorthMayComeAtOnce() {
        assertThat(taken(30, 0)).isEqualTo(20);
    }

    @Test
    void afterThatOnlyTheSteadyRateIsLetThrough() {
        taken(30, 0);

        assertThat(taken(30, SECOND)).isEqualTo(10);
        assertThat(taken(30, SECOND + SECOND / 2)).isEqualTo(5);
    }

    @Test
    void restingDoesNotSaveUpMore() {
        assertThat(taken(100, 3_600 * SECOND)).isEqualTo(20);
    }

    @Test
    void aBurstMayBeBoundedOtherwise() {
        var patient = new TokenBucket(10, 100, 0);

        assertThat(IntStream.range(0, 200).filter(i -> patient.take(0)).count()).isEqualTo(100);
        assertThat(IntStream.range(0, 200).filter(i -> patient.take(SECOND)).count())
                .isEqualTo(10);
    }

    private long taken(int tries, long now) {
        return IntStream.range(0, tries).filter(i -> bucket.take(now)).count();
    }
}
