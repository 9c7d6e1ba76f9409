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

/** Every key counts while the same model gets five commits of four records a second. */
class FormTypingTest extends FormCase {
    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void inAFieldOfTheForm(Author author) throws InterruptedException {
        long transfer = transfer("one", Map.of("amount", 5.0));
        List<Long> others = LongStream.range(0, 3)
                .mapToObj(n -> transfer("other " + n, Map.of()))
                .toList();
        try (Tab form = form(transfer)) {
            Locator box = box(form, "name");
            box.click();

            Typing written = Typing.behind(form, "form_update", box, by(author), TRANSFER, transfer, others);

            assertThat(box(form, "amount")).hasValue("%d.00".formatted(written.commits()));
            assertThat(box).hasValue(name("one") + written.text());
            assertThat(bar(form)).hasCount(0);
            save(form);
            assertEnds(
                    form, transfer, Map.of("name", name("one") + written.text(), "amount", (double) written.commits()));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void inALineOfTheForm(Author author) throws InterruptedException {
        long transfer = transfer("one", Map.of("amount", 5.0));
        List<Long> others = LongStream.range(0, 3)
                .mapToObj(n -> payment(transfer, "other " + n, 1))
                .toList();
        long typed = payment(transfer, "typed", 1);
        try (Tab form = form(transfer)) {
            Locator box = edit(form, 0, "name");

            Typing written = Typing.behind(form, "list_update", box, by(author), MONEY, typed, others);

            assertThat(lineBox(form, "amount")).hasValue("%d.00".formatted(written.commits()));
            assertThat(line(form, 1).locator("td[name=amount]")).hasText("%d.00".formatted(written.commits()));
            assertThat(lineBox(form, "name")).hasValue("typed" + written.text());
            assertThat(bar(form)).hasCount(0);
            save(form);
            assertEnds(
                    form, MONEY, typed, Map.of("name", "typed" + written.text(), "amount", (double) written.commits()));
        }
    }
}
