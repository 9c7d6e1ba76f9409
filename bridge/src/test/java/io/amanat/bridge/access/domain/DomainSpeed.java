package io.amanat.bridge.access.domain;

import io.amanat.connector.change.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Measures how many verdicts one core gives a second: a domain of six conditions, distinct records, about half of them matching. */
final class DomainSpeed {
    private static final int RECORDS = 20_000;
    private static final long SECOND = 1_000_000_000L;
    private static final String DOMAIN = """
            ['&', '|', ['company_id', '=', false], ['company_id', 'in', [1, 2, 3]],
             '|', '&', ['state', 'in', ['open', 'done']], ['name', 'ilike', 'r-1'],
             '&', ['amount', '>', 50], ['date', '>=', '2024-01-03']]
            """;

    private DomainSpeed() {}

    public static void main(String[] arguments) {
        var decider = Spec.decider(DOMAIN);
        var images = images(new Random(1));
        for (int round = 0; round < 5; round++) {
            measure(decider, images);
        }
    }

    private static void measure(Decider decider, List<Image> images) {
        long start = System.nanoTime();
        long verdicts = 0;
        long yes = 0;
        while (System.nanoTime() - start < SECOND) {
            for (var image : images) {
                yes += decider.verdict(image) == Verdict.YES ? 1 : 0;
            }
            verdicts += images.size();
        }
        double seconds = (System.nanoTime() - start) / (double) SECOND;
        System.out.printf("%,.0f verdicts/s, %d %% of them yes%n", verdicts / seconds, 100 * yes / verdicts);
    }

    private static List<Image> images(Random random) {
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            images.add(Spec.image("""
                    {'name': 'TR-%d', 'state': '%s', 'amount': %d.5, 'date': '2024-01-0%d', 'company_id': [%d, 'C'], 'active': true,
                     'user_id': [7, 'A'], 'note': 'some words', 'count': %d}
                    """.formatted(
                            random.nextInt(1_000_000),
                            random.nextBoolean() ? "open" : "draft",
                            random.nextInt(100),
                            1 + random.nextInt(5),
                            1 + random.nextInt(4),
                            i)));
        }
        return images;
    }
}
