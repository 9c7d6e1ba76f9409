package io.amanat.e2e.journal;

import io.amanat.bench.report.OutputMixin;
import io.amanat.bench.report.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench journal}. */
@Command(
        name = "amanat bench journal",
        description = {
            "Append changes to a journal on disk, each a transaction of its own, until the last one is durable;",
            "open it again, and read gaps that are not in memory any more."
        },
        exitCodeList = {
            "0:everything kept, fast enough",
            "1:could not run",
            "2:a change was lost, or something took longer than promised"
        },
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
    private static final int BROKEN = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--changes",
            defaultValue = "200000",
            description = "How many are appended, 20,000 to 1,000,000 (default: ${DEFAULT-VALUE}).")
    private int changes;

    @Option(
            names = "--directory",
            defaultValue = ".",
            description =
                    "A folder on the disk to be measured; a temporary one is made in it (default: the current one).")
    private Path directory;

    @Mixin
    private OutputMixin output;

    public static void main(String[] arguments) {
        Program.run(new Main(), arguments);
    }

    @Override
    public Integer call() throws Exception {
        if (changes < 20_000 || changes > 1_000_000) {
            throw new IllegalArgumentException("--changes is from 20000 to 1000000");
        }
        var temporary = Files.createTempDirectory(directory, "bench-journal-");
        try {
            var run = new JournalRun(temporary.resolve("journal"), changes);
            run.measure().print(spec.commandLine().getOut(), output.isJson());
            return run.broken() ? BROKEN : 0;
        } finally {
            remove(temporary);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
