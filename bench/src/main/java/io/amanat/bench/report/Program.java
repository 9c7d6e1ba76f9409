package io.amanat.bench.report;

import java.util.concurrent.Callable;
import picocli.CommandLine;

/** A measurement as a program of its own. */
public final class Program {

    private static final String LAUNCHER = "amanat ";

    private Program() {}

    /** Runs it, and ends with its exit code; what keeps it from measuring is said in one line, with exit code 1. */
    public static void run(Callable<Integer> command, String... arguments) {
        System.exit(new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, line, result) -> {
                    String name = line.getCommandName().replaceFirst("^" + LAUNCHER, "");
                    line.getErr().println(name + ": " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments));
    }
}
