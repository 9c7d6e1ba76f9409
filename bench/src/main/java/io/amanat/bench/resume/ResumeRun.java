package io.amanat.bench.resume;

import io.amanat.bench.fanout.Logins;
import io.amanat.bench.fanout.Stage;
import io.amanat.bench.process.Usage;
import io.amanat.bench.report.Outcome;
import io.amanat.bench.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One run: the stand-in and the bridge in processes of their own, the tabs in this one. */
final class ResumeRun {
    private final Path jar;
    private final List<String> javaOptions;
    private final Plan plan;
    private final Consumer<String> progress;

    /** @param progress told what is done just now */
    ResumeRun(Path jar, List<String> javaOptions, Plan plan, Consumer<String> progress) {
        this.jar = jar;
        this.javaOptions = javaOptions;
        this.plan = plan;
        this.progress = progress;
    }

    /** Measures; whatever happens, the processes it started have ended when it returns. */
    Outcome measure() throws IOException, InterruptedException {
        try (Stage stage = Stage.start(jar, javaOptions, plan.load())) {
            progress.accept("logs %d viewers in".formatted(plan.clients()));
            List<Logins.Login> logins = stage.logins().of(plan.load());
            List<Logins.Grant> grants = stage.logins().grants(logins);
            try (Tabs tabs = new Tabs(stage.bridge().url(), plan.load(), grants, plan.seed());
                    Renewals renewals = new Renewals(stage.logins(), tabs, plan.seed())) {
                renewals.begin(logins, grants);
                return measure(new Scenes(stage, tabs, plan, progress), tabs, stage);
            }
        }
    }

    private Outcome measure(Scenes scenes, Tabs tabs, Stage stage) throws IOException, InterruptedException {
        Report report = new Report("resume", config());
        scenes.arrive(0, plan.few());
        scenes.kill(plan.few(), report, "kill_");
        scenes.arrive(plan.few(), plan.clients());
        scenes.kill(plan.clients(), report, "restart_");
        scenes.gap(report);
        Tally tally = tabs.tally();
        report.put("count", scenes.written())
                .put("losses", scenes.losses())
                .put("leaks", tally.leaks)
                .put("spoiled", tally.spoiled)
                .put("stopped", tally.stopped)
                .put("standin_cpu_s", stage.standinCpuSeconds())
                .put("viewers_cpu_s", Usage.of(ProcessHandle.current().pid()).cpuSeconds())
                .machine();
        boolean broken = scenes.losses() + tally.leaks + tally.spoiled + tally.stopped > 0;
        return new Outcome(report, tally.complaints(), broken);
    }

    private Map<String, ?> config() {
        return new TreeMap<>(Map.of(
                "clients", plan.clients(),
                "gap", plan.gap(),
                "rate", plan.load().rate(),
                "seed", plan.seed(),
                "classes", plan.load().classes(),
                "users", plan.load().users(),
                "not_entitled_percent", 20,
                "bridge_java_options", javaOptions));
    }
}
