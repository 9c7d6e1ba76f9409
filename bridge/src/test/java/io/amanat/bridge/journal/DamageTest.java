package io.amanat.bridge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of the files: what is read is what was written, up to some change, and a loss is a new epoch. */
class DamageTest {

    /** Segments of 4 KiB. */
    private static final JournalSettings SMALL = new JournalSettings(Duration.ofHours(1), 1_000_000, 64 * 1024);

    private static final int CHANGES = 300;

    @TempDir
    private Path temp;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private String epoch = "";

    @RepeatedTest(25)
    void aBitThatFlipsAnywhereIsFound() throws Exception {
        write();
        var file = any(segments());
        flip(file);

        assertCut();
    }

    /** A wrong beginning would give every later change a number far away. */
    @Test
    void aFileThatSaysItBeginsElsewhereThanItsFirstRecordIsDamaged() throws Exception {
        write();
        var file = segments().getFirst();
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), Segment.HEAD - Long.BYTES);
        }

        assertCut();
    }

    @RepeatedTest(15)
    void aFileThatIsShorterIsFound() throws Exception {
        write();
        var file = any(segments());
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(random.nextLong(channel.size()));
        }

        assertCut();
    }

    @RepeatedTest(5)
    void whatIsBehindTheEndIsCutOff() throws Exception {
        write();
        var garbage = new byte[1 + random.nextInt(200)];
        random.nextBytes(garbage);
        Files.write(any(segments()), garbage, StandardOpenOption.APPEND);

        assertCut();
    }

    @RepeatedTest(5)
    void aFileThatIsGoneIsNoticed() throws Exception {
        write();
        var files = segments();
        Files.delete(files.get(1 + random.nextInt(files.size() - 1)));

        assertCut();
    }

    @RepeatedTest(3)
    void twoFilesThatChangedPlacesAreNoticed() throws Exception {
        write();
        var files = segments();
        int first = random.nextInt(files.size() - 1);
        Files.move(files.get(first), temp.resolve("aside"));
        Files.move(files.get(first + 1), files.get(first));
        Files.move(temp.resolve("aside"), files.get(first + 1));

        assertCut();
    }

    @Test
    void changesThatWereDurableAndAreGoneWithoutATraceAreNoticed() throws Exception {
        write();
        var newest = segments().getLast();
        var segment = Segment.scan(newest).orElseThrow();
        var ends = new ArrayList<Long>();
        try (var cursor = new Cursor(newest, Segment.HEAD, segment.size())) {
            while (cursor.next().isPresent()) {
                ends.add(cursor.position());
            }
        }
        try (var channel = FileChannel.open(newest, StandardOpenOption.WRITE)) {
            channel.truncate(ends.get(ends.size() - 3));
        }

        assertCut();
    }

    @RepeatedTest(5)
    void aDamagedEpochFileIsANewEpochWithAllItsChanges() throws Exception {
        write();
        flip(directory().resolve("epoch"));

        try (var journal = open()) {
            assertThat(journal.epoch()).as("seed %d", seed).isNotEqualTo(epoch);
            assertThat(journal.last()).isEqualTo(CHANGES);
            assertThat(journal.key()).hasSize(32);
        }
    }

    @Test
    void aDirectoryWithoutItsFilesIsANewEpochThatGoesOnCounting() throws Exception {
        write();
        for (var file : segments()) {
            Files.delete(file);
        }

        try (var journal = open()) {
            assertThat(journal.epoch()).isNotEqualTo(epoch);
            assertThat(journal.append(List.of(DiskJournalTest.change("next")), new Position("p")))
                    .isEqualTo(CHANGES + 1);
        }
    }

    @Test
    void aCopyOfTheDirectoryIsAnotherEpoch() throws Exception {
        write();
        Files.move(directory(), temp.resolve("away"));
        Files.createDirectory(directory());
        try (var files = Files.list(temp.resolve("away"))) {
            for (var file : files.toList()) {
                Files.copy(file, directory().resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }

        try (var journal = open()) {
            assertThat(journal.epoch()).isNotEqualTo(epoch);
            assertThat(journal.last()).isEqualTo(CHANGES);
        }
    }

    @Test
    void aDirectoryThatWasMovedIsTheSame() throws Exception {
        write();
        Files.move(directory(), temp.resolve("elsewhere"));

        try (var journal = DiskJournal.open(temp.resolve("elsewhere"), SMALL, InstantSource.system())) {
            assertThat(journal.epoch()).isEqualTo(epoch);
        }
    }

    @Test
    void aMachineThatWentDownWhileTheBridgeRanIsANewEpoch() throws Exception {
        write();
        rewrite(life -> life.opened(life.file(), "the boot before", life.durable()));
        try (var journal = open()) {
            assertThat(journal.epoch()).isNotEqualTo(epoch);
            assertThat(journal.last()).isEqualTo(CHANGES);
        }
    }

    @Test
    void aMachineThatWasRestartedAfterTheBridgeWasStoppedIsNone() throws Exception {
        write();
        rewrite(life ->
                life.opened(life.file(), "the boot before", life.durable()).closed());
        try (var journal = open()) {
            assertThat(journal.epoch()).isEqualTo(epoch);
        }
    }

    @Test
    void aBridgeThatWasKilledIsNone() throws Exception {
        write();
        rewrite(life -> life.opened(life.file(), life.boot(), life.durable()));
        try (var journal = open()) {
            assertThat(journal.epoch()).isEqualTo(epoch);
        }
    }

    private void rewrite(UnaryOperator<Life> change) throws IOException {
        var file = directory().resolve("epoch");
        var life = change.apply(Life.read(Files.readAllBytes(file)).orElseThrow());
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(life.bytes());
        }
    }

    private void write() {
        try (var journal = open()) {
            for (int i = 1; i <= CHANGES; i++) {
                journal.append(List.of(DiskJournalTest.change(String.valueOf(i))), new Position("p" + i));
                if (i % 7 == 0) {
                    journal.append(List.of(), new Position("only " + i));
                }
            }
            epoch = journal.epoch();
        }
    }

    /** What is still there is a beginning of what was written, everything can go on, and a loss is a new epoch. */
    private void assertCut() throws InterruptedException {
        try (var journal = open()) {
            assertThat(journal.epoch()).as("seed %d", seed).isNotEqualTo(epoch);
            int last = Math.toIntExact(journal.last());
            var expected = IntStream.rangeClosed(Math.toIntExact(journal.first()), last)
                    .mapToObj(String::valueOf)
                    .toList();
            assertThat(DiskJournalTest.texts(journal, journal.first() - 1))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
            assertThat(journal.append(List.of(DiskJournalTest.change("next")), new Position("next")))
                    .isEqualTo(last + 1);
            epoch = journal.epoch();
        }
        try (var journal = open()) {
            assertThat(journal.epoch()).as("seed %d, once more", seed).isEqualTo(epoch);
            assertThat(DiskJournalTest.texts(journal, journal.last() - 1)).containsExactly("next");
        }
    }

    private void flip(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        int at = random.nextInt(bytes.length);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes));
        }
    }

    private Path any(List<Path> files) {
        return files.get(random.nextInt(files.size()));
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.list(directory())) {
            var segments = files.filter(it -> it.toString().endsWith(Recovery.ENDING))
                    .sorted()
                    .toList();
            assertThat(segments).hasSizeGreaterThan(3);
            return segments;
        }
    }

    private DiskJournal open() {
        return DiskJournal.open(directory(), SMALL, InstantSource.system());
    }

    private Path directory() {
        return temp.resolve("journal");
    }
}
