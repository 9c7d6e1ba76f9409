package io.amanat.e2e.cost;

import io.amanat.bench.report.Outcome;
import io.amanat.bench.report.OutputMixin;
import io.amanat.bench.report.Program;
import io.amanat.e2e.lab.Lab;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench browser}. */
@Command(
        name = "amanat bench browser",
        description = {
            "Measure what one change costs the Chromium that shows it: script time, memory, and requests to Odoo,",
            "with real lists of the lab's Odoo."
        },
        exitCodeList = {"0:within all budgets", "1:could not run", "2:a budget was missed, or a change did not arrive"},
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    private static final int BROKEN = 2;
    private static final int FEWEST_CHANGES = 50;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--changes",
            defaultValue = "50",
            description = "Changes of each list that is timed, at least 50 (default: ${DEFAULT-VALUE}).")
    private int changes;

    @Option(
            names = "--heap-changes",
            defaultValue = "5000",
            description = "Changes between the two looks at the heap (default: ${DEFAULT-VALUE}).")
    private int heapChanges;

    @Option(
            names = "--lists",
            split = ",",
            defaultValue = "1,10,50",
            description = "How many lists are open when requests are counted, growing (default: ${DEFAULT-VALUE}).")
    private List<Integer> lists;

    @Option(
            names = "--parts",
            split = ",",
            defaultValue = "drawing,heap,requests",
            description = "What is measured: drawing, heap, requests (default: ${DEFAULT-VALUE}).")
    private Set<BrowserRun.Part> parts = Set.of();

    @Option(names = "--seed", defaultValue = "1", description = "Which rows change (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private OutputMixin output;

    public static void main(String[] arguments) {
        Program.run(new Main(), arguments);
    }

    @Override
    public Integer call() {
        if (changes < FEWEST_CHANGES || heapChanges < 1 || lists.getFirst() < 1 || !isGrowing()) {
            throw new IllegalArgumentException(
                    "--changes is at least 50, --heap-changes at least 1, --lists are growing numbers from 1 on");
        }
        Lab lab = Lab.running()
                .orElseThrow(() -> new IllegalStateException("the lab is not up: run './amanat lab up' first"));
        var size = new BrowserRun.Size(parts, changes, heapChanges, lists, seed);
        Outcome outcome = new BrowserRun(lab, spec.commandLine().getErr()).measure(size);
        outcome.complaints().forEach(it -> spec.commandLine().getErr().println(it));
        outcome.report().print(spec.commandLine().getOut(), output.isJson());
        return outcome.broken() ? BROKEN : 0;
    }

    private boolean isGrowing() {
        return lists.equals(lists.stream().sorted().distinct().toList());
    }
}
