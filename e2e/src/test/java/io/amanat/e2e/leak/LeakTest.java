package io.amanat.e2e.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.amanat.e2e.lab.Lab;
import io.amanat.e2e.leak.Findings.Kind;
import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nobody is told more than Odoo lets them read. Repeat a run with {@code -Damanat.seed=…}. */
@Tag("lab")
class LeakTest {
    /** Each is some changes and a comparison of everybody's screen. */
    private static final int ROUNDS = "true".equals(System.getenv("AMANAT_LONG")) ? 60 : 25;

    private static final String NO_LAB = "skipped: the lab is not up; run './amanat lab up'";

    static Lab lab() {
        return Lab.withOdoo().orElseGet(() -> {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(NO_LAB);
            }
            return abort(NO_LAB);
        });
    }

    @Test
    void nobodyIsToldMoreThanOdooLetsThemRead() throws IOException, InterruptedException {
        var lab = lab();
        int seed = Integer.getInteger("amanat.seed", ThreadLocalRandom.current().nextInt(1_000_000));
        System.out.println("seed " + seed);

        var outcome = new LeakRun(
                        lab, new LeakPlan(seed, 44, Integer.getInteger("amanat.rounds", ROUNDS), 30, Tampering.NONE))
                .run();

        System.out.println(outcome);
        var wrong = EnumSet.complementOf(EnumSet.of(Kind.SLOW));
        assertThat(wrong.stream().mapToInt(outcome.findings()::count).sum())
                .as("seed %d: %s", seed, outcome.findings())
                .isZero();
        assertThat(outcome.frames()).isGreaterThan(1_000);
    }
}
