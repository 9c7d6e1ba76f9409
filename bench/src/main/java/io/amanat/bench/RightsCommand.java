package io.amanat.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code bench rights}: needs the lab and the bridge's own judge. */
@Command(
        name = "rights",
        description = {
            "Compare a million verdicts with the lab's Odoo, look for leaks, and measure what rights cost;",
            "'bench rights --help' lists the options."
        })
final class RightsCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return LabModule.run("io.amanat.e2e.rights.Main", arguments);
    }
}
