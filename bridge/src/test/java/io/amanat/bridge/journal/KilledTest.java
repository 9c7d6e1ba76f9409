package io.amanat.bridge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it appends takes nothing with it that it was told is appended. */
@Timeout(120)
class KilledTest {

    private static final int LINES = 2_000;

    @TempDir
    private Path temp;

    @Test
    void everythingAppendedIsThereAfterKillMinusNine() throws Exception {
        long before = 0;
        for (int life = 0; life < 3; life++) {
            var told = runAndKill();
            tear(life);

            try (var journal = DiskJournal.open(temp, JournalSettings.DEFAULT, InstantSource.system())) {
                assertThat(told.last()).isGreaterThanOrEqualTo(before + LINES);
                assertThat(journal.last()).isGreaterThanOrEqualTo(told.last());
                assertThat(journal.epoch()).isEqualTo(told.epoch());
                assertThat(DiskJournalTest.texts(journal, 0))
                        .isEqualTo(LongStream.rangeClosed(1, journal.last())
                                .mapToObj(String::valueOf)
                                .toList());
                assertThat(journal.durable().position()).isEqualTo(new Position("p" + journal.last()));
                before = journal.last();
            }
        }
    }

    /** As a kill can in the middle of a write: the beginning of a record, told to nobody, is behind the last one. */
    private void tear(int life) throws IOException {
        try (var files = Files.list(temp)) {
            var last = files.filter(it -> it.toString().endsWith(Recovery.ENDING))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            Files.write(last, Arrays.copyOf(new byte[] {0, 0, 3}, 20 * life), StandardOpenOption.APPEND);
        }
    }

    /** What the child said before it was killed. */
    private record Told(String epoch, long last) {}

    private Told runAndKill() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var child = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Appender.class.getName(),
                        temp.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = child.inputReader(StandardCharsets.UTF_8)) {
            var epoch = lines.readLine();
            var last = lines.readLine();
            for (int i = 1; i < LINES; i++) {
                last = lines.readLine();
            }
            child.toHandle().destroyForcibly();
            for (var line = lines.readLine(); line != null && line.endsWith(";"); line = lines.readLine()) {
                last = line;
            }
            return new Told(epoch, Long.parseLong(last.substring(0, last.length() - 1)));
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /** The program that is killed: appends for ever and tells each offset that it was given. */
    static final class Appender {

        private Appender() {}

        public static void main(String... arguments) {
            var journal = DiskJournal.open(Path.of(arguments[0]), JournalSettings.DEFAULT, InstantSource.system());
            System.out.println(journal.epoch());
            while (true) {
                long next = journal.last() + 1;
                journal.append(List.of(DiskJournalTest.change(String.valueOf(next))), new Position("p" + next));
                System.out.println(journal.last() + ";");
            }
        }
    }
}
