package io.amanat.bridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A command whose work another program does, which says its process and does not end by itself. */
    static final class Working {

        public static void main(String[] arguments) {
            Program.run(List.of("sh", "-c", "echo $$; exec sleep 3600"), List.of());
        }
    }

    @Test
    void aCommandThatIsToldToEndEndsTheProgramThatDoesItsWork() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Working.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var program = process(command);
        try {
            command.toHandle().destroy();

            assertThat(program.onExit()).succeedsWithin(PATIENCE);
            assertThat(command.onExit()).succeedsWithin(PATIENCE);
        } finally {
            program.destroyForcibly();
            command.destroyForcibly();
        }
    }

    /** The process whose number this one prints first. */
    private static ProcessHandle process(Process command) throws IOException {
        var said = command.inputReader(StandardCharsets.US_ASCII).readLine();
        return ProcessHandle.of(Long.parseLong(said)).orElseThrow();
    }
}
