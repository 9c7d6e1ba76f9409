package io.amanat.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code bench board}: needs a browser, the bridge, and a PostgreSQL that starts by itself. */
@Command(
        name = "board",
        description = {
            "Measure the plan board in a real browser while rows change and its list is scrolled;",
            "'bench board --help' lists the options."
        })
final class BoardCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return LabModule.run("io.amanat.e2e.board.Main", arguments);
    }
}
