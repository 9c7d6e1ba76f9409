package io.amanat.bridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.journal.Journal.Durable;
import io.amanat.bridge.journal.Journal.Reading;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskJournalTest {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    /** Segments of 64 KiB. */
    private static final JournalSettings SMALL = new JournalSettings(Duration.ofHours(1), 1_000_000, 1024 * 1024);

    @TempDir
    private Path temp;

    private Instant now = NOW;
    private final InstantSource clock = () -> now;

    @Test
    void whatWasAppendedIsThereAfterARestart() throws Exception {
        String epoch;
        byte[] key;
        try (var journal = open()) {
            assertThat(journal.append(List.of(change("a"), change("b")), new Position("1")))
                    .isEqualTo(2);
            assertThat(journal.append(List.of(change("c")), new Position("2"))).isEqualTo(3);
            epoch = journal.epoch();
            key = journal.key();
        }

        try (var journal = open()) {
            assertThat(journal.epoch()).isEqualTo(epoch);
            assertThat(journal.key()).isEqualTo(key).hasSize(32);
            assertThat(journal.first()).isEqualTo(1);
            assertThat(journal.durable()).isEqualTo(new Durable(3, new Position("2")));
            assertThat(journal.read(0, 10, Duration.ZERO)).isEqualTo(entries(1, "a", "b", "c"));
            assertThat(journal.append(List.of(change("d")), new Position("3"))).isEqualTo(4);
        }
    }

    @Test
    void whatIsSyncedBecomesDurable() {
        try (var journal = open()) {
            journal.append(List.of(change("a")), new Position("1"));
            await().until(() -> journal.durable().equals(new Durable(1, new Position("1"))));

            journal.append(List.of(), new Position("2"));
            await().until(() -> journal.durable().equals(new Durable(1, new Position("2"))));
            assertThat(journal.state().syncs()).isPositive();
        }
    }

    @Test
    void aReaderThatIsFarBehindReadsFromTheDisk() throws Exception {
        try (var journal = open()) {
            append(journal, 1, 12_000);

            assertThat(journal.first()).isEqualTo(1);
            assertThat(journal.read(0, 3, Duration.ZERO)).isEqualTo(entries(1, "1", "2", "3"));
            assertThat(texts(journal, 0)).hasSize(12_000).startsWith("1", "2").endsWith("11999", "12000");
        }
    }

    @Test
    void theOldestSegmentsGoWhole() throws Exception {
        try (var journal = open()) {
            append(journal, 1, 20_000);

            await().until(() -> journal.state().bytes() <= SMALL.bytes());
            assertThat(journal.first()).isGreaterThan(1);
            assertThat(journal.read(0, 10, Duration.ZERO)).isEqualTo(new Reading.Behind(20_000));
            long first = journal.first();
            assertThat(texts(journal, first - 1)).hasSize((int) (20_000 - first + 1));
        }
    }

    @Test
    void oldChangesGoWhenNewerOnesCome() {
        try (var journal = open()) {
            append(journal, 1, 11_000);
            await().until(() -> journal.durable().offset() == 11_000);
            now = NOW.plus(Duration.ofMinutes(30));
            append(journal, 11_001, 11_001);
            assertThat(journal.first()).isEqualTo(1);

            now = NOW.plus(Duration.ofMinutes(61));
            append(journal, 11_002, 11_002);

            await().until(() -> journal.state().segments() <= 2);
        }
        try (var journal = open()) {
            assertThat(journal.first()).isEqualTo(11_001);
            assertThat(journal.last()).isEqualTo(11_002);
        }
    }

    @Test
    void noMoreChangesAreKeptThanSaid() {
        var few = new JournalSettings(Duration.ofHours(1), 160, 1024 * 1024);
        try (var journal = DiskJournal.open(directory(), few, clock)) {
            append(journal, 1, 1_000);
            await().until(() -> journal.durable().offset() == 1_000);
            await().until(() -> 1_000 - journal.first() < 160);
        }
    }

    @Test
    void aSourceIsOpenedWhereItStoodOfLateAndNowhereElse() {
        try (var journal = open()) {
            for (int i = 0; i < 10; i++) {
                now = NOW.plusSeconds(i);
                journal.append(List.of(), new Position("p" + i));
            }
            now = NOW.plus(Duration.ofMinutes(10));
        }
        try (var journal = open()) {
            assertThat(journal.positions(Duration.ofSeconds(2)))
                    .containsExactly(new Position("p7"), new Position("p8"), new Position("p9"));
        }
    }

    @Test
    void thePlaceOfTheSourceOutlivesTheSegmentItWasIn() {
        try (var journal = open()) {
            journal.append(List.of(change("a")), new Position("kept"));
            for (int i = 0; i < 20_000; i++) {
                journal.append(List.of(change("no position")), Position.NOW);
            }
            await().until(() -> journal.first() > 1);
        }
        try (var journal = open()) {
            assertThat(journal.positions(Duration.ofSeconds(1))).containsExactly(new Position("kept"));
        }
    }

    @Test
    void anotherHistoryForgetsWhereItsSourceStood() throws Exception {
        String before;
        try (var journal = open()) {
            before = journal.epoch();
            journal.append(List.of(change("a")), new Position("old"));
            journal.renew("the slot is lost");

            assertThat(journal.epoch()).isNotEqualTo(before);
            assertThat(journal.positions(Duration.ofDays(1))).isEmpty();
            assertThat(journal.read(1, 10, Duration.ZERO)).isEqualTo(entries(2, "the slot is lost"));
            journal.append(List.of(), new Position("new"));
            before = journal.epoch();
        }
        try (var journal = open()) {
            assertThat(journal.epoch()).isEqualTo(before);
            assertThat(journal.positions(Duration.ofDays(1))).containsExactly(new Position("new"));
        }
    }

    @Test
    void whenItIsNotKnownWhereReadingStoppedANewEpochBegins() {
        String before;
        try (var journal = open()) {
            journal.append(List.of(change("a")), new Position("old"));
            journal.renew("the slot is lost");
            before = journal.epoch();
        }
        try (var journal = open()) {
            assertThat(journal.epoch()).isNotEqualTo(before);
        }
    }

    @Test
    void anOffsetThatWasNeverGivenIsBelievedOnce() {
        try (var journal = open()) {
            var before = journal.epoch();
            journal.append(List.of(), new Position("kept"));

            assertThat(journal.beyondHead()).isTrue();
            await().until(() -> journal.last() == 1);
            assertThat(journal.epoch()).isNotEqualTo(before);
            assertThat(journal.positions(Duration.ofDays(1))).containsExactly(new Position("kept"));
            var after = journal.epoch();

            assertThat(journal.beyondHead()).isFalse();
            assertThat(journal.epoch()).isEqualTo(after);
        }
    }

    @Test
    void anotherCopyOfTheDatabaseIsAnotherEpoch() {
        String before;
        try (var journal = open()) {
            before = journal.epoch();
            journal.incarnation("7421/1/16384");
            journal.incarnation("7421/1/16384");
            journal.append(List.of(), new Position("1"));
            assertThat(journal.epoch()).isEqualTo(before);
        }
        try (var journal = open()) {
            assertThat(journal.epoch()).isEqualTo(before);
            journal.incarnation("7421/2/16384");
            assertThat(journal.epoch()).isNotEqualTo(before);
            before = journal.epoch();
            journal.incarnation("7421/2/16384");
            assertThat(journal.epoch()).isEqualTo(before);
        }
    }

    @Test
    void changesOfRightsAreFoundSinceAMoment() {
        var logout = new Change.Rights("logout", Optional.of(Set.of(7L)), Optional.empty(), Optional.of("sid"));
        try (var journal = open()) {
            journal.append(List.of(change("\"type\":\"rights\""), logout), new Position("1"));
            append(journal, 3, 12_000);

            assertThat(journal.rightsSince(NOW)).contains(List.of(new Journal.PastRights(NOW, logout)));
            assertThat(journal.rightsSince(NOW.plusSeconds(1))).contains(List.of());
        }
    }

    @Test
    void onlyItsOwnerMayLookIntoIt() throws IOException {
        Files.createDirectory(
                directory(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (var journal = open()) {
            append(journal, 1, 5);
            assertThat(permissions(directory())).isEqualTo("rwx------");
            try (var files = Files.list(directory())) {
                assertThat(files)
                        .hasSize(3)
                        .allSatisfy(it -> assertThat(permissions(it)).isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void aSecondBridgeIsRefused() {
        try (var _ = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("another bridge uses the journal in")
                    .hasMessageContaining("data_dir");
        }
        open().close();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsSaid() throws IOException {
        Files.writeString(directory(), "a file");

        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("give the bridge a directory that it can write to");
    }

    @Test
    void aThreadThatIsInterruptedDoesNoHarm() {
        try (var journal = open()) {
            Thread.currentThread().interrupt();
            journal.append(List.of(change("a")), new Position("1"));

            assertThat(Thread.interrupted()).isTrue();
            await().until(() -> journal.durable().offset() == 1);
            assertThat(journal.state().trouble()).isEmpty();
        }
    }

    private DiskJournal open() {
        return DiskJournal.open(directory(), SMALL, clock);
    }

    private Path directory() {
        return temp.resolve("journal");
    }

    private static void append(Journal journal, int from, int to) {
        for (int i = from; i <= to; i++) {
            journal.append(List.of(change(String.valueOf(i))), new Position("p" + i));
        }
    }

    static List<String> texts(Journal journal, long after) throws InterruptedException {
        var texts = new ArrayList<String>();
        long offset = after;
        while (offset < journal.last()) {
            var reading = journal.read(offset, 700, Duration.ZERO);
            assertThat(reading).isInstanceOf(Reading.Entries.class);
            for (var entry : ((Reading.Entries) reading).entries()) {
                assertThat(entry.offset()).isEqualTo(++offset);
                texts.add(((Change.Gap) entry.change()).reason());
            }
        }
        return texts;
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Change change(String reason) {
        return new Change.Gap(Optional.empty(), reason);
    }

    private static Reading entries(long first, String... reasons) {
        var entries = new ArrayList<Entry>();
        for (var reason : reasons) {
            entries.add(new Entry(first + entries.size(), change(reason)));
        }
        return new Reading.Entries(entries);
    }
}
