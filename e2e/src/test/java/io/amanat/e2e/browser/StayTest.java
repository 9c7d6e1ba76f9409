package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A row that its own user has saved out of what the list shows stays, labelled, until they leave it. */
class StayTest extends LabTest {
    private static final String LABEL = "No longer in this list";

    @Test
    void theRowStaysAfterItsSaveUntilItsUserGoesElsewhere() {
        filter("('amount', '<', 100)");
        long record = transfer("one", Map.of("amount", 50.0));
        transfer("two", Map.of("amount", 60.0));
        try (Tab reader = settled(bobur)) {
            LiveListTest.edit(reader, name("one"), "amount", "150");
            assertThat(reader.cell(name("one"), "name")).containsText(LABEL);

            transfer("three", Map.of("amount", 70.0));
            assertThat(reader.row(name("three"))).isVisible();
            assertThat(reader.cell(name("one"), "name")).containsText(LABEL);
            assertThat(reader.cell(name("two"), "name")).hasText(name("two"));
            Picture.take(reader.page(), "no-longer-in-this-list.png");

            reader.page().locator(".o_list_footer").click();
            assertThat(reader.row(name("one"))).hasCount(0);

            aziz.write(TRANSFER, record, Map.of("amount", 70.0));
            assertThat(reader.cell(name("one"), "amount")).hasText("70.00");
            assertThat(reader.cell(name("one"), "name")).hasText(name("one"));
        }
    }

    @Test
    void theRowGoesWhenItsUserGoesOnToTheNext() {
        filter("('amount', '<', 100)");
        transfer("one", Map.of("amount", 50.0));
        transfer("two", Map.of("amount", 60.0));
        try (Tab reader = settled(bobur)) {
            reader.cell(name("one"), "amount").click();
            Locator input = reader.page().locator(".o_selected_row td[name=amount] input");
            input.fill("150");
            input.press("Enter");

            assertThat(reader.row(name("one"))).hasCount(0);
            assertThat(reader.page().locator(".o_selected_row td[name=name] input"))
                    .hasValue(name("two"));
        }
    }

    @Test
    void rowsThatAreEditedTogetherStayWhileTheyAreSelected() {
        filter("('amount', '<', 100)");
        long first = transfer("one", Map.of("amount", 50.0));
        for (String name : List.of("two", "three")) {
            transfer(name, Map.of("amount", 50.0));
        }
        try (Tab reader = settled(bobur)) {
            for (String name : List.of("one", "two")) {
                select(reader, name).check();
            }
            reader.cell(name("one"), "amount").click();
            Locator input = reader.page().locator(".o_selected_row td[name=amount] input");
            input.fill("150");
            input.press("Enter");
            reader.page().locator(".modal .btn-primary").click();

            assertThat(reader.cell(name("one"), "name")).containsText(LABEL);
            assertThat(reader.cell(name("two"), "name")).containsText(LABEL);
            assertThat(select(reader, "two")).isChecked();
            assertEnds(reader, first, Map.of("amount", 150.0));

            select(reader, "one").uncheck();
            select(reader, "two").uncheck();
            reader.page().locator(".o_list_footer").click();
            assertThat(reader.row(name("one"))).hasCount(0);
            assertThat(reader.row(name("two"))).hasCount(0);
            assertThat(reader.row(name("three"))).isVisible();
        }
    }

    private Locator select(Tab tab, String row) {
        return tab.row(name(row)).locator(".o_list_record_selector input");
    }
}
