package io.amanat.e2e.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.amanat.e2e.lab.Lab;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random domains on random records, judged by real Odoo 19 and here. Repeat a run with {@code -Damanat.seed=…}; {@code
 * -Damanat.domains=…} sets how many domains each model gets.
 */
@Tag("lab")
class DomainDifferentialTest {
    private static final int SHOWN = 20;

    @Test
    void judgesAsOdooSearches() throws IOException, InterruptedException {
        if (Lab.withOdoo().isEmpty()) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("the lab is not up; run './amanat lab up'");
            }
            abort("skipped: the lab is not up; run './amanat lab up'");
        }
        int seed = Integer.getInteger("amanat.seed", ThreadLocalRandom.current().nextInt(1_000_000));
        System.out.println("seed " + seed);
        var odoo = OdooVerdicts.ask(new OdooVerdicts.Size(seed, 25, 40, Integer.getInteger("amanat.domains", 120)));
        var differential = new Differential();
        differential.compare(odoo);
        System.out.printf(
                "%d verdicts, %d of them yes; %d domains that Odoo refuses; on %d its search and filtered_domain disagree; %d judged wrongly; left to Odoo: %s%n",
                differential.verdicts(),
                differential.yes(),
                differential.refused(),
                differential.disagreements(),
                differential.wrong().size(),
                differential.left());
        assertThat(differential.wrong().stream().limit(SHOWN))
                .as("of %d domains, seed %d", differential.wrong().size(), seed)
                .isEmpty();
        assertThat(differential.verdicts()).isGreaterThanOrEqualTo(20_000);
        assertThat(differential.yes())
                .as("records that match")
                .isBetween(differential.verdicts() / 10, differential.verdicts() * 9 / 10);
    }
}
