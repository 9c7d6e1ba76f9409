package io.amanat.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code bench rls}: needs the bridge's own judge, and a PostgreSQL that starts by itself. */
@Command(
        name = "rls",
        description = {
            "Measure row-level security for many viewers, and look for leaks;",
            "'bench rls --help' lists the options."
        })
final class RlsCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return LabModule.run("io.amanat.e2e.rls.Main", arguments);
    }
}
