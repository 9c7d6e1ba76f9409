package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.amanat.e2e.lab.OdooUser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every key counts while the same model gets five commits of four records a second. */
class FormTypingTest extends FormCase {
    private static final int COMMITS_A_SECOND = 5;
    private static final int FRAMES = 20;
    /** Far more than are typed in the time of so many commits. */
    private static final int MOST_KEYS = 5_000;

    private static final String LETTERS = "thequickbrownfoxjumpsoverthelazydog";

    @ParameterizedTest
    @EnumSource
    void inAFieldOfTheForm(Author author) throws InterruptedException {
        long transfer = transfer("one", Map.of("amount", 5.0));
        List<Long> others = LongStream.range(0, 3)
                .mapToObj(n -> transfer("other " + n, Map.of()))
                .toList();
        try (Tab form = form(transfer)) {
            Locator box = box(form, "name");
            box.click();

            Written written = write(form, "form_update", box, by(author), TRANSFER, transfer, others);

            assertThat(box(form, "amount")).hasValue("%d.00".formatted(written.commits));
            assertThat(box).hasValue(name("one") + written.text);
            assertThat(bar(form)).hasCount(0);
            save(form);
            assertThat(read(transfer, "name").asString()).isEqualTo(name("one") + written.text);
            assertThat(read(transfer, "amount").asLong()).isEqualTo(written.commits);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inALineOfTheForm(Author author) throws InterruptedException {
        long transfer = transfer("one", Map.of("amount", 5.0));
        List<Long> others = LongStream.range(0, 3)
                .mapToObj(n -> payment(transfer, "other " + n, 1))
                .toList();
        long typed = payment(transfer, "typed", 1);
        try (Tab form = form(transfer)) {
            Locator box = edit(form, 0, "name");

            Written written = write(form, "list_update", box, by(author), MONEY, typed, others);

            assertThat(lineBox(form, "amount")).hasValue("%d.00".formatted(written.commits));
            assertThat(line(form, 1).locator("td[name=amount]")).hasText("%d.00".formatted(written.commits));
            assertThat(lineBox(form, "name")).hasValue("typed" + written.text);
            assertThat(bar(form)).hasCount(0);
            save(form);
            assertThat(payments(transfer)).contains("typed%s %d.0".formatted(written.text, written.commits));
        }
    }

    /** What was typed, and how many commits there were meanwhile. */
    private record Written(String text, long commits) {}

    /** Types behind what is there, comparing after each key, until the tab has heard of enough commits. */
    private static Written write(
            Tab form, String frames, Locator box, OdooUser author, String model, long record, List<Long> others)
            throws InterruptedException {
        String before = box.inputValue();
        List<Long> records = LongStream.concat(
                        LongStream.of(record), others.stream().mapToLong(Long::longValue))
                .boxed()
                .toList();
        var commits = new AtomicLong();
        var typed = new StringBuilder();
        box.press("End");
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            var _ = clock.scheduleAtFixedRate(
                    () -> author.call(
                            model,
                            "write",
                            List.of(records, Map.of("amount", (double) commits.incrementAndGet())),
                            Map.of()),
                    0,
                    1000 / COMMITS_A_SECOND,
                    TimeUnit.MILLISECONDS);
            while (form.frames(frames).size() < FRAMES) {
                char key = LETTERS.charAt(typed.length() % LETTERS.length());
                typed.append(key);
                assertThat(typed.length()).as("keys without enough commits").isLessThan(MOST_KEYS);
                box.press(String.valueOf(key));
                String expected = before + typed;
                assertThat(box.evaluate("box => [box.value, box.selectionStart, box === document.activeElement]"))
                        .isEqualTo(List.of(expected, expected.length(), true));
            }
        } finally {
            clock.shutdown();
            assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        return new Written(typed.toString(), commits.get());
    }
}
