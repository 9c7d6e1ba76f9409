package io.amanat.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code bench e2e}: needs the lab and a browser. */
@Command(
        name = "e2e",
        description = {
            "Change records in the lab's Odoo and measure when another user's open list in Chromium shows them;",
            "'bench e2e --help' lists the options."
        })
final class EndToEndCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return LabModule.run("io.amanat.e2e.measure.Main", arguments);
    }
}
