package io.amanat.e2e.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.amanat.e2e.lab.Lab;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Random domains on random records, judged by real Odoo 19 and here. Repeat a run with {@code -Damanat.seed=…}; {@code
 * -Damanat.domains=…} sets how many domains each model gets.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DomainDifferentialTest {
    private static final int SHOWN = 20;

    private final int seed =
            Integer.getInteger("amanat.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    private OdooVerdicts odoo;

    @BeforeAll
    void askOdoo() throws IOException, InterruptedException {
        if (Lab.withOdoo().isEmpty()) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("the lab is not up; run './amanat lab up'");
            }
            abort("skipped: the lab is not up; run './amanat lab up'");
        }
        System.out.println("seed " + seed);
        odoo = OdooVerdicts.ask(new OdooVerdicts.Size(seed, 25, 40, Integer.getInteger("amanat.domains", 150)));
    }

    @Test
    void judgesAsOdooSearches() {
        var differential = new Differential();
        differential.compare(odoo);
        System.out.println(differential);
        assertThat(differential.wrong().stream().limit(SHOWN))
                .as("of %d domains, seed %d", differential.wrong().size(), seed)
                .isEmpty();
        assertThat(differential.verdicts()).isGreaterThanOrEqualTo(20_000);
        assertThat(differential.yes())
                .as("records that match")
                .isBetween(differential.verdicts() / 10, differential.verdicts() * 9 / 10);
        assertThat(differential.left()).as("left to Odoo").hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void seesWhenAnOperatorIsMisread() {
        Misreading.ALL.forEach((operator, instead) -> {
            var differential = new Differential(new Misreading(operator, instead));
            differential.compare(odoo);
            assertThat(differential.wrongVerdicts())
                    .as("verdicts wrong with '%s' read as '%s', seed %d", operator, instead, seed)
                    .isPositive();
        });
    }
}
