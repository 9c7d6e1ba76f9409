package io.amanat.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code bench browser}: needs the lab and a browser. */
@Command(
        name = "browser",
        description = {
            "Measure what a change costs the Chromium that shows it, and how often Odoo is asked for it;",
            "'bench browser --help' lists the options."
        })
final class BrowserCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return LabModule.run("io.amanat.e2e.cost.Main", arguments);
    }
}
