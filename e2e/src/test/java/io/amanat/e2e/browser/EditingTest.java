package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.amanat.e2e.OneOfAll;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Nobody's typing, selection or place on the page is disturbed by what others save. */
class EditingTest extends LabTest {

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void typedTextAndCaretSurviveAChangeOfAnotherFieldOfTheSameRow(Author author) {
        long record = transfer("one", Map.of("note", "abc", "amount", 1.0));
        try (Tab reader = tab(bobur)) {
            reader.cell(name("one"), "note").click();
            Locator input = reader.page()
                    .locator(".o_selected_row td[name=note]")
                    .locator("input, textarea")
                    .first();
            input.press("End");
            input.pressSequentially("XYZ");
            input.press("ArrowLeft");

            by(author).write(TRANSFER, record, Map.of("amount", 77.5));

            assertThat(reader.page().locator(".o_selected_row td[name=amount] input"))
                    .hasValue("77.50");
            assertThat(input).hasValue("abcXYZ");
            assertThat(input).isFocused();
            assertThat(input.evaluate("field => field.selectionStart")).isEqualTo(5);

            reader.page().locator(".o_list_button_save:visible").click();
            assertThat(reader.page().locator(".o_selected_row")).hasCount(0);
            assertEnds(reader, record, Map.of("note", "abcXYZ", "amount", 77.5));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void whatComesWhileTheSameFieldIsBeingTypedInIsNotTakenForSeen(Author author) {
        long record = transfer("one", Map.of("note", "before", "amount", 9.0));
        try (Tab reader = tab(bobur)) {
            reader.cell(name("one"), "amount").click();
            Locator input = reader.page().locator(".o_selected_row td[name=amount] input");
            input.fill("55");

            by(author).write(TRANSFER, record, Map.of("amount", 12.0, "note", "after"));
            assertThat(reader.page().locator(".o_selected_row td[name=note]").locator("input, textarea"))
                    .hasValue("after");
            assertThat(input).hasValue("55");
            reader.page().locator(".o_list_button_save").first().click();

            Locator question = reader.page().locator(".o_amanat_guard tbody tr");
            assertThat(question).hasText("Amount9.0012.0055.00");
            assertEnds(reader, record, Map.of("note", "after", "amount", 12.0));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void whatComesIntoARowThatIsEditedAlongWithAnotherIsNotTakenForSeen(Author author) {
        transfer("one", Map.of("amount", 9.0));
        long along = transfer("two", Map.of("note", "before", "amount", 9.0));
        try (Tab reader = tab(bobur)) {
            for (String name : List.of(name("one"), name("two"))) {
                reader.row(name).locator(".o_list_record_selector input").check();
            }
            reader.cell(name("one"), "amount").click();
            Locator input = reader.page().locator(".o_selected_row td[name=amount] input");
            input.fill("55");

            by(author).write(TRANSFER, along, Map.of("amount", 12.0, "note", "after"));
            assertThat(reader.cell(name("two"), "note")).hasText("after");
            input.press("Enter");
            reader.page().locator(".modal .btn-primary").click();

            Locator question = reader.page().locator(".o_amanat_guard tbody tr");
            assertThat(question).hasText(name("two") + " › Amount9.0012.0055.00");
            assertEnds(reader, along, Map.of("note", "after", "amount", 12.0));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void typedTextSurvivesRecordsThatComeAndGo(Author author) {
        long record = transfer("one", Map.of("note", "abc"));
        long goes = transfer("goes", Map.of());
        try (Tab reader = tab(bobur)) {
            reader.cell(name("one"), "note").click();
            Locator input = reader.page()
                    .locator(".o_selected_row td[name=note]")
                    .locator("input, textarea")
                    .first();
            input.press("End");
            input.pressSequentially("XYZ");

            transfer("comes", Map.of());
            by(author).unlink(TRANSFER, List.of(goes));

            assertThat(reader.row(name("comes"))).isVisible();
            assertThat(reader.row(name("goes"))).hasCount(0);
            assertThat(input).hasValue("abcXYZ");
            assertThat(input).isFocused();
            reader.page().locator(".o_list_button_save:visible").click();
            assertThat(reader.page().locator(".o_selected_row")).hasCount(0);
            assertEnds(reader, record, Map.of("note", "abcXYZ"));
            assertEndsWithout(reader, goes);
        }
    }

    @Test
    void selectionAndScrollSurviveUpdatesAndNewRecords() {
        long first = transfer("00", Map.of("note", "before"));
        for (int i = 10; i < 60; i++) {
            transfer("" + i, Map.of());
        }
        try (Tab reader = tab(bobur)) {
            Locator selected = reader.row(name("11")).locator(".o_list_record_selector input");
            selected.check();
            Locator scrolled = reader.page().locator(".o_list_renderer");
            scrolled.evaluate("list => { list.scrollTop = 333; }");

            aziz.write(TRANSFER, first, Map.of("note", "after"));
            transfer("99", Map.of());

            assertThat(reader.cell(name("00"), "note")).hasText("after");
            reader.page().locator(".o_amanat_pill button").click();
            assertThat(reader.row(name("99"))).hasCount(1);
            assertThat(selected).isChecked();
            assertThat(scrolled.evaluate("list => list.scrollTop")).isEqualTo(333);
        }
    }
}
