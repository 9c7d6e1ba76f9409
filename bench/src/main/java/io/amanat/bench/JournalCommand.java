package io.amanat.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code bench journal}: needs the bridge's own journal. */
@Command(
        name = "journal",
        description = {
            "Measure how many changes a second become durable, and how fast a gap is read again;",
            "'bench journal --help' lists the options."
        })
final class JournalCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return LabModule.run("io.amanat.e2e.journal.Main", arguments);
    }
}
