package io.amanat.bridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.bridge.access.Oracles.Records;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BoundedOracleTest {

    private static final List<Question> QUESTIONS =
            List.of(new Question("a", List.of(1L), List.of(new Viewer(7, List.of(1L)))));

    private final AccessMetrics metrics = new AccessMetrics();

    @Test
    void passesOnWhatFits() {
        var answers = List.of(List.of(new Answer(true, Set.of(1L), Set.of("id"))));

        assertThat(bounded((questions, fresh) -> answers).readable(QUESTIONS, true))
                .isEqualTo(answers);
        assertThat(metrics.calls()).isEqualTo(1);
        assertThat(metrics.failures()).isZero();
    }

    @Test
    void aThinkerThatTakesTooLongHasNoAnswer() {
        var never = new CountDownLatch(1);

        var impatient = bounded(
                (questions, fresh) -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return List.of();
                },
                Duration.ofMillis(200));
        assertThatThrownBy(() -> impatient.readable(QUESTIONS, false)).isInstanceOf(OracleException.class);
        assertThat(metrics.failures()).isEqualTo(1);
    }

    @Test
    void answersThatDoNotFitAreNotUsed() {
        refuses((questions, fresh) -> List.of());
        refuses((questions, fresh) -> List.of(List.of()));
        refuses((questions, fresh) -> List.of(List.of(new Answer(true, Set.of(2L), Set.of("id")))));
    }

    @Test
    void anyFailureIsNoAnswer() {
        refuses((questions, fresh) -> {
            throw new IllegalStateException("planted");
        });
    }

    private void refuses(Records oracle) {
        assertThatThrownBy(() -> bounded(oracle).readable(QUESTIONS, false)).isInstanceOf(OracleException.class);
    }

    private BoundedOracle bounded(Records oracle) {
        return bounded(oracle, Duration.ofMinutes(1));
    }

    private BoundedOracle bounded(Records oracle, Duration patience) {
        return new BoundedOracle(oracle, new AccessSettings(patience, 10, Duration.ZERO), metrics);
    }
}
