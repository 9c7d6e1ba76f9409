package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.amanat.e2e.OneOfAll;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Every key in a row of a list counts while the same model gets five commits of four records a second. */
class RowTypingTest extends LabTest {

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void whatIsTypedStaysAndEverythingElseFollows(Author author) throws InterruptedException {
        long typed = transfer("typed", Map.of("note", "abc", "amount", 5.0));
        List<Long> others = LongStream.range(0, 3)
                .mapToObj(n -> transfer("other " + n, Map.of()))
                .toList();
        try (Tab list = tab(bobur)) {
            list.cell(name("typed"), "note").click();
            Locator row = list.page().locator(".o_selected_row");
            Locator box =
                    row.locator("td[name=note]").locator("input, textarea").first();

            Typing written = Typing.behind(list, "list_update", box, by(author), TRANSFER, typed, others);

            String amount = "%d.00".formatted(written.commits());
            assertThat(row.locator("td[name=amount] input")).hasValue(amount);
            assertThat(list.cell(name("other 2"), "amount")).hasText(amount);
            assertThat(box).hasValue("abc" + written.text());
            list.page().locator(".o_list_button_save:visible").click();
            assertThat(row).hasCount(0);
            assertEnds(list, typed, Map.of("amount", (double) written.commits(), "note", "abc" + written.text()));
        }
    }
}
