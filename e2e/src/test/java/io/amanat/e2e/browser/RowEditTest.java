package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who edits a row of a list is shown to whoever sees it in theirs. */
class RowEditTest extends LabTest {

    @Test
    void aRowIsMarkedFromTheFirstKeyUntilItIsSavedOrGivenUp() {
        transfer("one", Map.of("amount", 9.0));
        transfer("two", Map.of("amount", 9.0));
        try (Tab mine = tab(aziz);
                Tab other = tab(bobur)) {
            Locator mark = mine.page().locator(".o_amanat_mark");

            amount(other).press("5");
            assertThat(mine.row(name("one")).locator(".o_amanat_mark"))
                    .hasAttribute("aria-label", "Бобур Рашидов is editing");
            assertThat(mark).hasCount(1);
            assertThat(mark.locator(".fa-pencil")).isVisible();
            assertThat(other.page().locator(".o_amanat_mark")).hasCount(0);

            other.page().locator(".o_list_button_discard:visible").first().click();
            assertThat(mark).hasCount(0);

            amount(other).press("6");
            assertThat(mark).hasCount(1);
            other.page().locator(".o_list_button_save:visible").first().click();
            assertThat(mark).hasCount(0);
        }
    }

    @Test
    void whoeverEditsTheSameRowHearsOfWhatOthersSave() {
        long record = transfer("one", Map.of("amount", 9.0));
        try (Tab reader = tab(bobur)) {
            amount(reader).fill("55");
            reader.awaitWatched(2);

            aziz.write(TRANSFER, record, Map.of("amount", 12.0, "note", "after"));

            assertThat(reader.page().locator(".o_selected_row td[name=note]").locator("input, textarea"))
                    .hasValue("after");
            assertThat(reader.frames("conflict"))
                    .singleElement()
                    .matches(conflict -> conflict.path("fields").has("amount"));
            assertThat(amountInput(reader)).hasValue("55");
        }
    }

    private Locator amount(Tab tab) {
        tab.cell(name("one"), "amount").click();
        return amountInput(tab);
    }

    private static Locator amountInput(Tab tab) {
        return tab.page().locator(".o_selected_row td[name=amount] input");
    }
}
