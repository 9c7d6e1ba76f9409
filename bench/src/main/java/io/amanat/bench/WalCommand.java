package io.amanat.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code bench wal}: needs the lab's PostgreSQL and the bridge's own source and journal. */
@Command(
        name = "wal",
        description = {
            "Measure reading PostgreSQL's log, from a commit to the journal;",
            "'bench wal --help' lists the options."
        })
final class WalCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return LabModule.run("io.amanat.e2e.wal.Main", arguments);
    }
}
