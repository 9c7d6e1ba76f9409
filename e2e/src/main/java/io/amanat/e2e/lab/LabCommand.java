package io.amanat.e2e.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.amanat.bench.process.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One run of {@code e2e/lab/lab}. */
final class LabCommand {
    private LabCommand() {}

    /** What the command printed; fails with what it complained about. */
    static String run(String input, String[] arguments, String... more) {
        List<String> command =
                new ArrayList<>(List.of(Checkout.file("e2e/lab/lab").toString()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(Arrays.asList(more));
        try {
            return run(input, command);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + String.join(" ", command), e);
        }
    }

    private static String run(String input, List<String> command) throws IOException, InterruptedException {
        Path in = Files.writeString(Files.createTempFile("lab", ".in"), input);
        Path out = Files.createTempFile("lab", ".out");
        Path complaints = Files.createTempFile("lab", ".err");
        try {
            int code = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(complaints.toFile())
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("%s ended with %d: %s"
                        .formatted(
                                String.join(" ", command),
                                code,
                                Files.readString(complaints, UTF_8).strip()));
            }
            return Files.readString(out, UTF_8);
        } finally {
            for (Path file : List.of(in, out, complaints)) {
                Files.delete(file);
            }
        }
    }
}
