package io.amanat.e2e.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.DomainException;
import io.amanat.bridge.access.domain.Verdict;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import io.amanat.e2e.lab.Lab;
import io.amanat.e2e.rights.OdooVerdicts.Asked;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Random domains on random records, judged by real Odoo 19 and here. Repeat a run with {@code -Damanat.seed=…}; {@code
 * -Damanat.domains=…} sets how many domains each model gets.
 */
@Tag("lab")
class DomainDifferentialTest {
    private static final int SHOWN = 20;

    /** One verdict of each domain that was judged wrongly. */
    private final Map<JsonNode, String> wrong = new LinkedHashMap<>();

    private int verdicts;
    private int refused;

    /** Of domains with a condition that Odoo refuses, but never came to look at because another one made it needless. */
    private int refusedHere;

    private int disagreements;
    private int yes;

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
        var odoo = OdooVerdicts.ask(Map.of(
                "seed", seed, "records", 25, "sample", 40, "domains", Integer.getInteger("amanat.domains", 120)));
        odoo.asked.forEach(asked -> compare(asked, odoo));
        System.out.printf(
                "%d verdicts, %d of them yes; %d domains that Odoo refuses and %d that it would if it looked at all of them; on %d domains its search and filtered_domain disagree;"
                        + " %d judged wrongly%n",
                verdicts, yes, refused, refusedHere, disagreements, wrong.size());
        assertThat(wrong.values().stream().limit(SHOWN))
                .as("of %d domains, seed %d", wrong.size(), seed)
                .isEmpty();
        assertThat(verdicts).isGreaterThanOrEqualTo(20_000);
        assertThat(yes).as("records that match").isBetween(verdicts / 10, verdicts * 9 / 10);
    }

    private void compare(Asked asked, OdooVerdicts odoo) {
        var model = odoo.model(asked);
        try {
            var decider = Domain.parse(asked.domain()).compile(model);
            if (asked.search().isNull()) {
                refused++;
                return;
            }
            if (decider.refusal().isPresent()) {
                refusedHere++;
                assertThat(odoo.images(asked)).allMatch(image -> decider.verdict(image) == Verdict.UNDECIDED);
                return;
            }
            var matching = ids(asked.search());
            disagreements += asked.filtered().isNull() || ids(asked.filtered()).equals(matching) ? 0 : 1;
            for (var image : odoo.images(asked)) {
                var said = decider.verdict(image);
                var truth = matching.contains(id(image)) ? Verdict.YES : Verdict.NO;
                verdicts++;
                yes += truth == Verdict.YES ? 1 : 0;
                if (said != truth) {
                    wrong.putIfAbsent(
                            asked.domain(),
                            "%s %s on %s: %s, Odoo says %s"
                                    .formatted(
                                            asked.model(), asked.domain(), shown(image, asked.domain()), said, truth));
                }
            }
        } catch (DomainException e) {
            wrong.putIfAbsent(asked.domain(), "%s: %s".formatted(asked.domain(), e.getMessage()));
        }
    }

    private static String shown(Image image, JsonNode domain) {
        var text = domain.toString();
        var named = new StringBuilder("id " + id(image));
        image.values().forEach((name, value) -> {
            if (text.contains("\"" + name + "\"") || text.contains("\"" + name + ".")) {
                named.append(", ").append(name).append(' ').append(value);
            }
        });
        return named.toString();
    }

    private static long id(Image image) {
        return ((RecordRef.Serial) image.key()).id();
    }

    private static Set<Long> ids(JsonNode list) {
        Set<Long> ids = new HashSet<>();
        list.forEach(id -> ids.add(id.asLong()));
        return ids;
    }
}
