package io.amanat.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code bench chaos}: needs the lab, a bridge of its own and the browser's client. */
@Command(
        name = "chaos",
        description = {
            "Inject faults into everything between the lab's Odoo and the browsers, and look for what was lost;",
            "'bench chaos --help' lists the options."
        })
final class ChaosCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return LabModule.run("io.amanat.e2e.chaos.Main", arguments);
    }
}
