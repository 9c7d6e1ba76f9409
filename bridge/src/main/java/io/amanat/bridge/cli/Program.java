package io.amanat.bridge.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Another program that does the work of a command. It ends with this one, also when that is told to end by a signal. */
final class Program {

    /** It may have to end programs of its own first. */
    private static final int PATIENCE_SECONDS = 20;

    private Program() {}

    /** Runs it on this terminal and returns its exit code. */
    static int run(List<String> command, List<String> arguments) {
        var line = new ArrayList<>(command);
        line.addAll(arguments);
        try {
            return await(start(new ProcessBuilder(line).inheritIO()));
        } catch (IOException e) {
            throw notStarted(command, e);
        }
    }

    /** Runs it and returns what it printed. */
    static String output(List<String> command) {
        try {
            var process = start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
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

    private static Process start(ProcessBuilder builder) throws IOException {
        var program = new Running();
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("amanat-program").unstarted(program::end));
        return program.start(builder);
    }

    /** Its process, once there is one: whoever ends it waits until it has begun. */
    private static final class Running {

        private Optional<Process> process = Optional.empty();

        synchronized Process start(ProcessBuilder builder) throws IOException {
            var started = builder.start();
            process = Optional.of(started);
            return started;
        }

        synchronized void end() {
            process.ifPresent(Program::end);
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
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
