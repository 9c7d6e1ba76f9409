package io.amanat.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.amanat.bench.report.Report;
import io.amanat.e2e.lab.Lab;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The short version of {@code bench chaos}. Repeat a run with {@code -Damanat.seed=…}. */
@Tag("lab")
class ChaosTest {
    private static final String NO_LAB = "skipped: the lab is not up; run './amanat lab up'";

    /** PostgreSQL stays up here: other tests use it. */
    private static final List<Fault> FAULTS = List.of(
            Fault.BRIDGE_KILLED,
            Fault.BUS_RESTARTED,
            Fault.BRIDGE_FROM_BROWSERS_CUT,
            Fault.BUS_FROM_BRIDGE_CUT,
            Fault.ODOO_FROM_BRIDGE_CUT,
            Fault.CLOCK_JUMPED,
            Fault.DISK_FULL,
            Fault.TOKENS_EXPIRED);

    private static Lab lab() {
        return Lab.withOdoo().orElseGet(() -> {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(NO_LAB);
            }
            return abort(NO_LAB);
        });
    }

    @Test
    void nothingIsLostWhateverBreaks() throws IOException, InterruptedException {
        var lab = lab();
        long seed = Long.getLong("amanat.seed", ThreadLocalRandom.current().nextInt(1_000_000));
        var plan = new ChaosPlan(Duration.ZERO, seed, 24, Duration.ofSeconds(10), Source.websocket, FAULTS);

        var outcome = new ChaosRun(
                        lab, plan, new PrintWriter(System.out, true, StandardCharsets.UTF_8), System::nanoTime)
                .run();

        var report = new Report("chaos", Map.of("seed", seed));
        outcome.fill(report);
        report.print(new PrintWriter(System.out, true, StandardCharsets.UTF_8), true);
        // a re-read too many loses nothing; the bench counts it
        int resets = outcome.findings().resetsTooMany();
        assertThat(outcome.findings()).as("seed %d", seed).isEqualTo(new Outcome.Findings(0, 0, 0, 0, resets));
        assertThat(outcome.suffered()).isEqualTo(FAULTS.size());
    }
}
