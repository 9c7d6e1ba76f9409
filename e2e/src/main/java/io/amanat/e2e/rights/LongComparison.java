package io.amanat.e2e.rights;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Random;

/** The differential test, again and again with other seeds, until there are so many verdicts. */
final class LongComparison {
    /** Few enough that all answers of a round fit in memory many times over; each has other records. */
    private static final int DOMAINS = 500;

    private static final int RECORDS = 30;
    private static final int SAMPLE = 50;

    private LongComparison() {}

    static Differential run(long verdicts, int seed, PrintWriter progress) throws IOException, InterruptedException {
        var differential = new Differential();
        var seeds = new Random(seed);
        while (differential.verdicts() < verdicts) {
            int round = seeds.nextInt(1_000_000);
            differential.compare(OdooVerdicts.ask(new OdooVerdicts.Size(round, RECORDS, SAMPLE, DOMAINS)));
            progress.printf(
                    "%,d verdicts, %d wrong (seed %d)%n", differential.verdicts(), differential.wrongVerdicts(), round);
            progress.flush();
        }
        return differential;
    }
}
