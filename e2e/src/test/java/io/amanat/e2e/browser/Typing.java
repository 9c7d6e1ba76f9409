package io.amanat.e2e.browser;

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

/**
 * What was typed while others saved the same records.
 *
 * @param text all keys
 * @param commits how often their amounts were written meanwhile; each holds the number of its commit
 */
record Typing(String text, long commits) {
    private static final int COMMITS_A_SECOND = 5;
    private static final int FRAMES = 20;
    /** Far more than are typed in the time of so many commits. */
    private static final int MOST_KEYS = 5_000;

    private static final String LETTERS = "thequickbrownfoxjumpsoverthelazydog";

    /** Types behind what is there, comparing after each key, until the tab has heard of enough commits. */
    static Typing behind(
            Tab tab, String frames, Locator box, OdooUser author, String model, long record, List<Long> others)
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
            while (tab.frames(frames).size() < FRAMES) {
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
        return new Typing(typed.toString(), commits.get());
    }
}
