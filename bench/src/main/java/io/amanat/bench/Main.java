package io.amanat.bench;

import io.amanat.bench.fanout.FanoutCommand;
import io.amanat.bench.fanout.StandinHost;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benches' own main: measuring is never done by the process that is measured. */
@Command(
        name = "bench",
        description = "Measure what Amanat Realtime promises.",
        subcommands = {EndToEndCommand.class, FanoutCommand.class, StandinHost.class},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((failure, command, result) -> {
            command.getErr().println("bench: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }
}
