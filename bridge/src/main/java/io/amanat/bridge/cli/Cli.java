package io.amanat.bridge.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole: its commands, and the one place where a failure becomes a sentence and an exit code. */
@Command(
        name = "amanat",
        synopsisSubcommandLabel = "COMMAND",
        description = "What one user saves in Odoo, everybody else who looks at it sees at once.")
public final class Cli {

    /** Commands that another program carries out: it gets the arguments as they are, {@code --help} too. */
    private static final Set<String> PASSED_THROUGH = Set.of("lab", "bench", "test", "fuzz");

    private Cli() {}

    /**
     * Puts the commands together.
     *
     * @param commands in the order that help lists them
     * @param exitCodes of exceptions by their type; any other one is {@link ExitCodes#FAILED}
     */
    public static CommandLine of(List<Object> commands, Map<Class<? extends Exception>, Integer> exitCodes) {
        var line = new CommandLine(new Cli());
        commands.forEach(line::addSubcommand);
        line.setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((misuse, _) -> misused(misuse));
        line.setExecutionExceptionHandler(
                (failure, at, parsed) -> explain(failure, at.getErr(), isDebug(parsed), exitCodes));
        line.setExitCodeExceptionMapper(_ -> ExitCodes.FAILED);
        addCommonOptions(line);
        line.getCommandSpec().version("Amanat Realtime " + VersionCommand.version());
        line.getCommandSpec()
                .addOption(OptionSpec.builder("--version")
                        .versionHelp(true)
                        .description("Print the version.")
                        .build());
        return line;
    }

    private static void addCommonOptions(CommandLine line) {
        line.getSubcommands().forEach((name, command) -> {
            if (PASSED_THROUGH.contains(name)) {
                command.setUnmatchedOptionsArePositionalParams(true);
            } else {
                addCommonOptions(command);
            }
        });
        var spec = line.getCommandSpec();
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Explain this command.")
                .build());
        spec.addOption(OptionSpec.builder("--debug")
                .description("If it fails, show where.")
                .build());
        spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(exitCodeList());
        if (!line.getSubcommands().isEmpty()) {
            spec.usageMessage().footer("", "'%s COMMAND --help' explains a command.".formatted(spec.qualifiedName()));
        }
    }

    private static Map<String, String> exitCodeList() {
        var list = new LinkedHashMap<String, String>();
        list.put(" 0", "done");
        list.put(" 1", "what was asked for failed or was refused");
        list.put(" 2", "wrong usage; of a benchmark: something was lost or leaked");
        list.put(" 3", "out of reach: Odoo, the bridge, or what this machine would need");
        list.put(" 4", "the settings have problems");
        return list;
    }

    private static int misused(ParameterException misuse) {
        var command = misuse.getCommandLine();
        var err = command.getErr();
        err.println("amanat: " + misuse.getMessage());
        if (UnmatchedArgumentException.printSuggestions(misuse, err)) {
            return ExitCodes.USAGE;
        }
        if (command.getSubcommands().isEmpty()) {
            err.printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
        } else {
            command.usage(err);
        }
        return ExitCodes.USAGE;
    }

    private static boolean isDebug(ParseResult parsed) {
        return parsed.asCommandLineList().stream()
                .anyMatch(command -> command.getParseResult().hasMatchedOption("--debug"));
    }

    private static int explain(
            Exception failure, PrintWriter err, boolean debug, Map<Class<? extends Exception>, Integer> exitCodes) {
        err.println("amanat: " + sentence(failure));
        if (debug) {
            failure.printStackTrace(err);
        }
        err.flush();
        return failure instanceof CommandFailure known
                ? known.exitCode()
                : exitCodes.entrySet().stream()
                        .filter(entry -> entry.getKey().isInstance(failure))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(ExitCodes.FAILED);
    }

    private static String sentence(Exception failure) {
        var message = failure.getMessage();
        return message == null || message.isBlank()
                ? "%s; --debug shows where".formatted(failure.getClass().getSimpleName())
                : message;
    }
}
