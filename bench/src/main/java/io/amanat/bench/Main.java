package io.amanat.bench;

import io.amanat.bench.fanout.FanoutCommand;
import io.amanat.bench.fanout.StandinHost;
import io.amanat.bench.resume.ResumeCommand;
import io.amanat.bench.stalled.StalledCommand;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benches' own main: measuring is never done by the process that is measured. */
@Command(
        name = "amanat bench",
        description = "Measure what Amanat Realtime promises.",
        subcommands = {
            BoardCommand.class,
            BrowserCommand.class,
            EndToEndCommand.class,
            FanoutCommand.class,
            JournalCommand.class,
            ResumeCommand.class,
            RightsCommand.class,
            RlsCommand.class,
            TablesCommand.class,
            WalCommand.class,
            ChaosCommand.class,
            StalledCommand.class,
            StandinHost.class
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    static CommandLine commandLine() {
        var line = new CommandLine(new Main()).setExecutionExceptionHandler((failure, command, result) -> {
            command.getErr().println("bench: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        line.getCommandSpec().version(version());
        line.getSubcommands().values().forEach(it -> it.getCommandSpec().version(version()));
        return line;
    }

    private static String version() {
        return "Amanat Realtime "
                + Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                        .orElse("unpackaged");
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }
}
