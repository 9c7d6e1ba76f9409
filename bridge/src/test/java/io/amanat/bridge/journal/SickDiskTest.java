package io.amanat.bridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.connector.change.Position;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that is full, broken or hangs is said, and stops nobody who appends or reads. */
@Timeout(60)
class SickDiskTest {

    @TempDir
    private Path temp;

    private final SickDisk disk = new SickDisk();

    @Test
    void aFullDiskIsSaidAndDeliveryGoesOn() throws Exception {
        try (var journal = open()) {
            append(journal, 1, 5);
            await().until(() -> journal.durable().offset() == 5);
            disk.full = true;
            append(journal, 6, 10);

            assertThat(journal.last()).isEqualTo(10);
            assertThat(DiskJournalTest.texts(journal, 0)).isEqualTo(numbers(1, 10));
            assertThat(journal.state().trouble().orElse("")).contains("is not durable", "No space left on device");
            assertThat(journal.state().lost()).isEqualTo(5);
            assertThat(journal.durable().position()).isEqualTo(new Position("p5"));
        }
    }

    @Test
    void onlyWhatIsOnTheDiskIsConfirmed() {
        try (var journal = open()) {
            for (int i = 1; i <= 40_000; i++) {
                disk.full = i % 4_000 > 3_000;
                append(journal, i, i);
                var durable = journal.durable();
                if (durable.offset() > 0) {
                    assertThat(durable.position()).isEqualTo(new Position("p" + durable.offset()));
                }
                if (i % 4_000 == 1) {
                    await().until(() -> journal.state().trouble().isEmpty());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRestartAfterAFullDiskIsANewEpoch(boolean torn) throws Exception {
        disk.torn = torn;
        String epoch;
        try (var journal = open()) {
            append(journal, 1, 5);
            disk.full = true;
            append(journal, 6, 10);
            epoch = journal.epoch();
        }
        disk.full = false;

        try (var journal = open()) {
            assertThat(journal.epoch()).isNotEqualTo(epoch);
            assertThat(DiskJournalTest.texts(journal, 0)).isEqualTo(numbers(1, 5));
            assertThat(journal.durable().position()).isEqualTo(new Position("p5"));
        }
    }

    @Test
    void whenThereIsSpaceAgainTheJournalIsDurableFromThereOn() throws Exception {
        String epoch;
        try (var journal = open()) {
            append(journal, 1, 5);
            disk.full = true;
            append(journal, 6, 10);
            disk.full = false;
            await().until(() -> journal.state().trouble().isEmpty());
            append(journal, 11, 12);

            await().until(() -> journal.durable().equals(new Journal.Durable(12, new Position("p12"))));
            assertThat(DiskJournalTest.texts(journal, 0)).isEqualTo(numbers(1, 12));
            await().until(() -> journal.state().segments() == 1);
            epoch = journal.epoch();
        }

        try (var journal = open()) {
            assertThat(journal.epoch()).isEqualTo(epoch);
            assertThat(journal.first()).isEqualTo(11);
            assertThat(DiskJournalTest.texts(journal, 10)).isEqualTo(numbers(11, 12));
        }
    }

    @Test
    void aBrokenDiskIsSaidAndDeliveryGoesOn() throws Exception {
        try (var journal = open()) {
            append(journal, 1, 5);
            await().until(() -> journal.durable().offset() == 5);
            disk.broken = true;
            append(journal, 6, 10);
            journal.renew("the database was restored");

            assertThat(DiskJournalTest.texts(journal, 0).subList(0, 10)).isEqualTo(numbers(1, 10));
            assertThat(journal.state().trouble().orElse("")).contains("Input/output error");
            assertThat(journal.durable().offset()).isEqualTo(5);
        }
    }

    @Test
    void aDiskThatHangsIsSaidAndDeliveryGoesOn() throws Exception {
        try (var journal = open()) {
            append(journal, 1, 5);
            await().until(() -> journal.durable().offset() == 5);
            disk.hanging = new CountDownLatch(1);
            append(journal, 6, 2_000);

            assertThat(DiskJournalTest.texts(journal, 0)).isEqualTo(numbers(1, 2_000));
            assertThat(journal.durable().offset()).isEqualTo(5);
            await().until(
                            () -> journal.state().trouble().orElse(""),
                            trouble -> trouble.contains("the disk has not answered for"));
            append(journal, 2_001, 2_001);

            disk.hanging.countDown();
            await().until(() -> journal.durable().offset() == 2_001);
            assertThat(journal.state().trouble()).isEmpty();
        } finally {
            disk.hanging.countDown();
        }
    }

    private DiskJournal open() {
        return DiskJournal.open(temp.resolve("journal"), JournalSettings.DEFAULT, disk, InstantSource.system());
    }

    private static void append(Journal journal, int from, int to) {
        for (int i = from; i <= to; i++) {
            journal.append(List.of(DiskJournalTest.change(String.valueOf(i))), new Position("p" + i));
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
    }
}
