package io.amanat.bridge.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Another program that does the work of a command. */
final class Program {

    private Program() {}

    /** Runs it on this terminal and returns its exit code. */
    static int run(List<String> command, List<String> arguments) {
        var line = new ArrayList<>(command);
        line.addAll(arguments);
        try {
            return await(new ProcessBuilder(line).inheritIO().start());
        } catch (IOException e) {
            throw notStarted(command, e);
        }
    }

    /** Runs it and returns what it printed. */
    static String output(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = await(process);
            if (code != 0) {
                throw new CommandFailure(code, "%s ended with %d".formatted(String.join(" ", command), code));
            }
            return text;
        } catch (IOException e) {
            throw notStarted(command, e);
        }
    }

    private static int await(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException _) {
            process.destroy();
            Thread.currentThread().interrupt();
            return ExitCodes.FAILED;
        }
    }

    private static CommandFailure notStarted(List<String> command, IOException e) {
        return new CommandFailure(
                ExitCodes.UNAVAILABLE, "%s could not be started: %s".formatted(command.getFirst(), e.getMessage()), e);
    }
}
