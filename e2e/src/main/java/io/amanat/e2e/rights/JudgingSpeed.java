package io.amanat.e2e.rights;

import io.amanat.bridge.access.domain.Decider;
import io.amanat.bridge.access.domain.Domain;
import io.amanat.bridge.access.domain.DomainException;
import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.bridge.access.domain.ModelFields.Field;
import io.amanat.bridge.access.domain.ModelFields.Kind;
import io.amanat.bridge.access.domain.ModelFields.Relation;
import io.amanat.bridge.access.domain.Verdict;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** How many verdicts one core gives a second: a domain of six conditions, distinct records, about half of them matching, no memo. */
final class JudgingSpeed {
    private static final int RECORDS = 50_000;
    private static final long WARM_UP = 1_500_000_000L;
    private static final long MEASURED = 3_000_000_000L;
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOMAIN = """
            ["&", "&", ["company_id", "in", [false, 1, 2, 3, 4, 5, 6, 8, 21]], ["active", "=", true],
             "|", "&", ["state", "in", ["open", "done"]], ["name", "ilike", "tr-1"],
             "|", ["amount", ">", 70], ["date", ">=", "2024-01-05"]]
            """;
    private static final Map<String, Field> FIELDS = Map.of(
            "company_id", Field.to(Kind.MANY2ONE, new Relation("res.company", false, true)),
            "active", Field.of(Kind.BOOLEAN),
            "state", Field.of(Kind.SELECTION),
            "name", Field.of(Kind.CHAR),
            "amount", Field.number(2),
            "date", Field.of(Kind.DATE));

    private long verdicts;
    private long yes;
    private long nanos;

    private JudgingSpeed() {}

    /** Measures this thread's own time on a core, so that what else runs on the machine counts little; takes some seconds. */
    static JudgingSpeed measure() {
        var speed = new JudgingSpeed();
        var decider = decider();
        var images = images(new Random(1));
        new JudgingSpeed().judge(decider, images, WARM_UP);
        speed.judge(decider, images, MEASURED);
        return speed;
    }

    double perSecond() {
        return verdicts / (nanos / 1e9);
    }

    /** The share of records that matched. */
    double yesShare() {
        return (double) yes / verdicts;
    }

    private void judge(Decider decider, List<Image> images, long enough) {
        long start = THREAD.getCurrentThreadCpuTime();
        while (nanos < enough) {
            for (var image : images) {
                yes += decider.verdict(image) == Verdict.YES ? 1 : 0;
            }
            verdicts += images.size();
            nanos = THREAD.getCurrentThreadCpuTime() - start;
        }
    }

    private static Decider decider() {
        try {
            return Domain.parse(JSON.readTree(DOMAIN))
                    .compile(new ModelFields("bench.model", FIELDS, Optional.empty(), ModelFields.Texts.USUAL));
        } catch (DomainException e) {
            throw new IllegalStateException("the bench's own domain is broken", e);
        }
    }

    private static List<Image> images(Random random) {
        List<Image> images = new ArrayList<>();
        for (int i = 1; i <= RECORDS; i++) {
            Map<String, JsonNode> values = new HashMap<>();
            JSON.readTree("""
                    {"name": "TR-%d", "state": "%s", "amount": %d.5, "date": "2024-01-0%d", "company_id": [%d, "Company"],
                     "active": %s, "user_id": [7, "A"], "note": "some words", "count": %d}
                    """.formatted(
                                    random.nextInt(1_000_000),
                                    random.nextBoolean() ? "open" : "draft",
                                    random.nextInt(100),
                                    1 + random.nextInt(8),
                                    1 + random.nextInt(9),
                                    random.nextInt(20) > 0,
                                    i))
                    .properties()
                    .forEach(value -> values.put(value.getKey(), value.getValue()));
            images.add(new Image(new RecordRef.Serial(i), values));
        }
        return images;
    }
}
