package io.amanat.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code bench tables}: needs the bridge's own source, and a PostgreSQL that starts by itself. */
@Command(
        name = "tables",
        description = {
            "Measure how fast rows of tables come out of PostgreSQL's log;",
            "'bench tables --help' lists the options."
        })
final class TablesCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return LabModule.run("io.amanat.e2e.tables.Main", arguments);
    }
}
