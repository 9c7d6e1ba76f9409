package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who comes in at once, who waits, and who is told to come later; the clock is the test's. */
class ArrivalsTest {

    /** So many come in at a time, and four times as many wait. */
    private static final int MOST = 2;

    private static final int WAITING = 4 * MOST;

    private final AtomicLong clock = new AtomicLong(1);
    private final Arrivals arrivals = new Arrivals(MOST, clock::get, new Random(7));
    private final List<Integer> inside = new ArrayList<>();

    @Test
    void whoComesWhenThereIsRoomComesInAtOnce() {
        come(MOST);

        assertThat(inside).containsExactly(1, 2);
    }

    @Test
    void theNextWaitAndComeInInTheirOrderAsOthersAreDone() {
        come(MOST + 2);
        assertThat(inside).containsExactly(1, 2);

        arrivals.leave();
        arrivals.leave();

        assertThat(inside).containsExactly(1, 2, 3, 4);
    }

    @Test
    void whenAllWhoCameAreDoneThereIsRoomAgain() {
        come(MOST + WAITING);
        for (int done = 0; done < MOST + WAITING; done++) {
            arrivals.leave();
        }
        inside.clear();

        come(MOST + 1);

        assertThat(inside).containsExactly(1, 2);
    }

    @Test
    void whoIsGoneBeforeTheirTurnIsPassedOver() {
        var many = new Arrivals(10_000, clock::get, new Random(7));
        for (int i = 0; i < 10_000; i++) {
            many.come(() -> true);
        }
        for (int i = 0; i < 39_999; i++) {
            many.come(() -> false);
        }
        many.come(() -> inside.add(1));

        many.leave();

        assertThat(inside).containsExactly(1);
    }

    @Test
    void whoIsGoneKeepsNobodyAwayOnceAnybodyIsDone() {
        come(MOST);
        for (int gone = 0; gone < WAITING; gone++) {
            assertThat(arrivals.come(() -> false)).isEmpty();
        }
        assertThat(arrivals.come(() -> true)).isPresent();

        arrivals.leave();

        assertThat(arrivals.come(() -> inside.add(3))).isEmpty();
        assertThat(inside).containsExactly(1, 2, 3);
    }

    @Test
    void ofTheRestEachIsToldAnotherMoment() {
        come(MOST + WAITING);

        var pauses = comeLater(1_000);

        assertThat(pauses.stream().distinct().count()).isGreaterThan(600);
        assertThat(inside).containsExactly(1, 2);
    }

    @Test
    void theyAreSpreadOverTheTimeThatTheyTake() {
        come(MOST + WAITING);

        var pauses = comeLater(1_000);

        // 2 ms each, as long as nothing was measured; each comes in the second half of the time before its turn
        assertThat(pauses.stream().mapToLong(it -> it).max().orElseThrow()).isBetween(1_800L, 2_100L);
        assertThat(pauses.stream().mapToLong(it -> it).average().orElseThrow()).isBetween(700.0, 850.0);
    }

    @Test
    void whereItGoesSlowlyTheyAreToldToComeLater() {
        come(MOST + WAITING);
        for (int done = 0; done < 1_000; done++) {
            clock.addAndGet(Duration.ofMillis(10).toNanos());
            arrivals.leave();
            arrivals.come(() -> true);
        }

        var pauses = comeLater(1_000);

        assertThat(pauses.stream().mapToLong(it -> it).average().orElseThrow()).isBetween(3_500.0, 4_500.0);
    }

    @Test
    void nobodyIsToldToStayAwayForLong() {
        come(MOST + WAITING);

        assertThat(comeLater(100_000)).allMatch(pause -> pause <= 15_000);
    }

    @Test
    void whoComesWhenTheOthersHaveComeInIsNotSentAwayForTheirSake() {
        come(MOST + WAITING);
        comeLater(1_000);
        for (int done = 0; done < MOST + WAITING; done++) {
            arrivals.leave();
        }

        assertThat(arrivals.come(() -> true)).isEmpty();
    }

    private void come(int many) {
        for (int number = 1; number <= many; number++) {
            int mine = number;
            assertThat(arrivals.come(() -> inside.add(mine))).isEmpty();
        }
    }

    private List<Long> comeLater(int many) {
        var pauses = new ArrayList<Long>();
        for (int i = 0; i < many; i++) {
            pauses.add(arrivals.come(() -> inside.add(0)).orElseThrow());
        }
        return pauses;
    }
}
