package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.amanat.e2e.OneOfAll;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** The lines of a form merge line by line, and the one that the user types in is never replaced. */
class FormLinesTest extends FormCase {
    private static final int LINES_OF_A_PAGE = 40;

    private long transfer;
    /** The form shows the newest first. */
    private long first;

    private long second;

    @BeforeEach
    void createPayments() {
        transfer = transfer("one", Map.of("amount", 5.0));
        second = payment(transfer, "P2", 2);
        first = payment(transfer, "P1", 1);
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void anotherLineFollowsAndBothAreSaved(Author author) {
        try (Tab form = form(transfer)) {
            Locator amount = typing(form, 0, "7");

            by(author).write(MONEY, second, Map.of("name", "P2 theirs", "amount", 50.0));

            assertThat(line(form, 1).locator("td[name=name]")).hasText("P2 theirs");
            assertThat(line(form, 1).locator("td[name=amount]")).hasText("50.00");
            assertTyped(amount, "1.007");
            assertThat(bar(form)).hasCount(0);
            save(form);
            assertThat(payments(transfer)).containsExactly("P2 theirs 50.0", "P1 1.01");
            assertEnds(form, transfer, Map.of("amount", 5.0));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void anotherFieldOfTheSameLineFollows(Author author) {
        try (Tab form = form(transfer)) {
            Locator amount = typing(form, 0, "7");

            by(author).write(MONEY, first, Map.of("name", "P1 theirs"));

            assertThat(lineBox(form, "name")).hasValue("P1 theirs");
            assertTyped(amount, "1.007");
            assertThat(bar(form)).hasCount(0);
            save(form);
            assertThat(payments(transfer)).containsExactly("P2 2.0", "P1 theirs 1.01");
            assertEnds(form, transfer, Map.of("amount", 5.0));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void theSameFieldOfTheSameLineIsAsked(Author author) {
        try (Tab form = form(transfer)) {
            Locator amount = typing(form, 0, "7");

            by(author).write(MONEY, first, Map.of("amount", 50.0));

            assertThat(bar(form)).containsText(author.words);
            assertThat(question(form, "amount").locator("th")).containsText("P1");
            assertAsked(form, "amount", "1.00", "50.00", "1.007");
            assertTyped(amount, "1.007");
            saveInVain(form);
            assertThat(payments(transfer)).containsExactly("P2 2.0", "P1 50.0");

            keepMine(form, "amount");
            save(form);
            assertThat(payments(transfer)).containsExactly("P2 2.0", "P1 1.01");
            assertEnds(form, transfer, Map.of("amount", 5.0));
        }
    }

    @Test
    void takingTheirsInALineShowsTheirValue() {
        try (Tab form = form(transfer)) {
            typing(form, 0, "7");
            aziz.write(MONEY, first, Map.of("amount", 50.0));

            takeTheirs(form, "amount");

            assertThat(line(form, 0).locator("td[name=amount]")).containsText("50.00");
            assertThat(saveButton(form)).isHidden();
            assertThat(payments(transfer)).containsExactly("P2 2.0", "P1 50.0");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void linesThatComeAndGoLeaveTheTypedOneAlone(Author author) {
        try (Tab form = form(transfer)) {
            Locator amount = typing(form, 0, "7");

            by(author).create(MONEY, Map.of("transfer_id", transfer, "name", "P3", "amount", 9.0));
            assertThat(line(form, 2)).isVisible();
            assertTyped(amount, "1.007");
            by(author).unlink(MONEY, List.of(second));

            assertThat(line(form, 2)).hasCount(0);
            assertTyped(amount, "1.007");
            assertThat(bar(form)).hasCount(0);
            save(form);
            assertThat(payments(transfer)).containsExactly("P1 1.01", "P3 9.0");
            assertEnds(form, transfer, Map.of("amount", 5.0));
        }
    }

    @Test
    void aLineThatTheUserAddsAndOneThatSomebodyElseAddsAreBothSaved() {
        try (Tab form = form(transfer)) {
            form.page().getByText("Add a line").click();
            assertThat(lineBox(form, "name")).isFocused();
            lineBox(form, "name").fill("mine");

            aziz.create(MONEY, Map.of("transfer_id", transfer, "name", "theirs", "amount", 9.0));

            assertThat(form.page().locator(".o_data_row td[name=name]", withText("theirs")))
                    .isVisible();
            assertThat(lineBox(form, "name")).hasValue("mine");
            assertThat(lineBox(form, "name")).isFocused();
            save(form);
            assertThat(payments(transfer)).containsExactlyInAnyOrder("P2 2.0", "P1 1.0", "theirs 9.0", "mine 0.0");
        }
    }

    @Test
    void aLineThatIsRemovedWhileItIsTypedInBecomesANewOneOrGoes() {
        try (Tab form = form(transfer)) {
            Locator amount = typing(form, 0, "7");

            aziz.unlink(MONEY, List.of(first));

            assertThat(bar(form)).containsText("removed the line “P1”");
            assertTyped(amount, "1.007");
            saveInVain(form);
            keepMine(form, "money_ids");
            save(form);
            assertThat(payments(transfer)).containsExactly("P2 2.0", "P1 1.01");
        }
    }

    @Test
    void givingUpALineThatIsRemovedTakesItAway() {
        try (Tab form = form(transfer)) {
            typing(form, 0, "7");
            aziz.unlink(MONEY, List.of(first));

            takeTheirs(form, "money_ids");

            assertThat(line(form, 1)).hasCount(0);
            assertThat(saveButton(form)).isHidden();
            assertThat(payments(transfer)).containsExactly("P2 2.0");
        }
    }

    /** With the record Odoo reads the lines of the first page only. */
    @Test
    void linesOfAFurtherPageFollowToo() {
        for (int n = 3; n <= LINES_OF_A_PAGE + 2; n++) {
            payment(transfer, "P" + n, n);
        }
        try (Tab form = form(transfer)) {
            form.page().locator(".o_field_widget[name=money_ids] .o_pager_next").click();
            assertThat(line(form, 2)).hasCount(0);
            Locator amount = typing(form, 0, "7");
            String typed = lineBox(form, "name").inputValue();
            String other = line(form, 1).locator("td[name=name]").innerText();

            aziz.write(MONEY, payment(other), Map.of("amount", 50.0));

            assertThat(line(form, 1).locator("td[name=amount]")).hasText("50.00");
            assertTyped(amount, typed.substring(1) + ".007");
            save(form);
            assertThat(payments(transfer)).contains(other + " 50.0", typed + " " + typed.substring(1) + ".01");
        }
    }

    private long payment(String name) {
        return admin.searchRead(
                        MONEY,
                        List.of(List.of("transfer_id", "=", transfer), List.of("name", "=", name)),
                        List.of("id"))
                .path(0)
                .path("id")
                .asLong();
    }

    /** Writes in a payment's amount. */
    private static Locator typing(Tab form, int index, String text) {
        Locator amount = edit(form, index, "amount");
        type(amount, text);
        return amount;
    }

    private static Page.LocatorOptions withText(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }
}
