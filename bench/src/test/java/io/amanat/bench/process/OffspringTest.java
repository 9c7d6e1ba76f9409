package io.amanat.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffspringTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    /** A bench: starts a process that does not end by itself, says which, and waits for ever. */
    static final class Bench {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            if (arguments.length == 1) {
                Child child = Child.silent(Path.of(arguments[0], "child.log"), java());
                System.out.println("started " + child.pid());
            }
            new CountDownLatch(1).await();
        }
    }

    @Test
    void aBenchThatIsToldToEndLeavesNoProcessBehind() throws Exception {
        try (Child bench = Child.talking(folder.resolve("bench.log"), java(folder.toString()))) {
            ProcessHandle started =
                    ProcessHandle.of(Long.parseLong(bench.answer("started")[1])).orElseThrow();

            try {
                assertThat(ProcessHandle.of(bench.pid()).orElseThrow().destroy())
                        .isTrue();

                assertThat(started.onExit()).succeedsWithin(PATIENCE);
            } finally {
                started.destroyForcibly();
            }
        }
    }

    private static List<String> java(String... arguments) {
        var line = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), Bench.class.getName()));
        line.addAll(List.of(arguments));
        return line;
    }
}
