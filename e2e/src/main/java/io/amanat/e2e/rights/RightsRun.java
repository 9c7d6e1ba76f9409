package io.amanat.e2e.rights;

import io.amanat.bench.report.Report;
import io.amanat.e2e.lab.Lab;
import io.amanat.e2e.leak.Findings;
import io.amanat.e2e.leak.LeakPlan;
import io.amanat.e2e.leak.LeakRun;
import io.amanat.e2e.leak.Tampering;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of {@code bench rights}: is what the bridge decides right, does anybody learn too much, and what does it cost. */
final class RightsRun {
    private static final int SHOWN = 20;
    private static final int USERS = 44;
    private static final int RIGHTS_PERCENT = 25;
    private static final int COLD_VIEWERS = 200;

    private final Lab lab;
    private final PrintWriter progress;
    private final Report report;
    private boolean broken;

    RightsRun(Lab lab, Size size, PrintWriter progress) {
        this.lab = lab;
        this.progress = progress;
        report = new Report("rights", size.config());
    }

    /**
     * How much is done.
     *
     * @param verdicts compared with Odoo's, at least
     * @param rounds of the leak test; 0 leaves it out
     */
    record Size(long verdicts, int seed, int rounds) {

        Map<String, ?> config() {
            var config = new LinkedHashMap<String, Object>();
            config.put("verdicts", verdicts);
            config.put("seed", seed);
            config.put("rounds", rounds);
            return config;
        }
    }

    Report measure(Size size) throws IOException, InterruptedException {
        compare(size);
        leak(size);
        coldStart();
        calls();
        var speed = JudgingSpeed.measure();
        report.put("per_second", speed.perSecond())
                .put("yes_share", speed.yesShare())
                .put("memory_per_rights_bytes", RightsMemory.bytesPerRights())
                .machine();
        return report;
    }

    /** Whether anything was wrong, leaked, lost or asked needlessly. */
    boolean broken() {
        return broken;
    }

    private void compare(Size size) throws IOException, InterruptedException {
        long start = System.nanoTime();
        var differential = LongComparison.run(size.verdicts(), size.seed(), progress);
        say(differential.wrong());
        broken |= differential.wrongVerdicts() > 0;
        report.put("count", differential.verdicts())
                .put("wrong", differential.wrongVerdicts())
                .put("undecided_share", (double) differential.undecided() / differential.verdicts())
                .put("left_to_odoo", differential.left())
                .put("refused_domains", differential.refused())
                .put("compare_s", (System.nanoTime() - start) / 1e9);
    }

    private void leak(Size size) throws IOException, InterruptedException {
        if (size.rounds() == 0) {
            return;
        }
        var outcome =
                new LeakRun(lab, new LeakPlan(size.seed(), USERS, size.rounds(), RIGHTS_PERCENT, Tampering.NONE)).run();
        var findings = outcome.findings();
        say(findings.sentences());
        broken |= !findings.sentences().isEmpty();
        report.put("leaks", outcome.leaks())
                .put("missing", findings.count(Findings.Kind.MISSING))
                .put("misreported", findings.count(Findings.Kind.WRONG))
                .put("resets", findings.count(Findings.Kind.RESET))
                .put("leak_steps", outcome.steps())
                .put("leak_frames", outcome.frames())
                .put("leak_values", outcome.values())
                .put("leak_s", outcome.millis() / 1e3);
    }

    private void coldStart() throws IOException, InterruptedException {
        var cost = ColdStart.measure(lab, COLD_VIEWERS);
        broken |= cost.calls() != 1;
        report.put("cold_start_viewers", COLD_VIEWERS)
                .put("cold_start_calls", cost.calls())
                .put("cold_start_ms", cost.millis());
    }

    private void calls() {
        var runs = OdooCalls.measure();
        broken |= runs.stream().anyMatch(run -> !run.clean() || run.calls() > 0);
        report.put("steady_state", runs.stream().map(OdooCalls.Run::row).toList());
    }

    private void say(List<String> sentences) {
        sentences.stream().limit(SHOWN).forEach(progress::println);
        progress.flush();
    }
}
