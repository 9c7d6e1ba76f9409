package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Transfers with payments, in forms that the add-on ships. */
abstract class FormCase extends LabTest {
    static final String MONEY = "amanat.money";

    long payment(long transfer, String name, double amount) {
        return admin.create(MONEY, Map.of("transfer_id", transfer, "name", name, "amount", amount));
    }

    URI url(long transfer) {
        return lab.url().resolve("/odoo/action-amanat_realtime.action_transfer/" + transfer);
    }

    /** The form of a transfer in a browser of Bobur's, watched, with everything read. */
    Tab form(long transfer) {
        return form(browsers.as(bobur), transfer);
    }

    Tab form(BrowserContext browser, long transfer) {
        return Tab.openForm(browser, url(transfer)).awaitFormWatched(1).awaitIdle();
    }

    /** The text box of one of the form's own fields. */
    static Locator box(Tab form, String field) {
        return form.page()
                .locator(".o_form_renderer .o_field_widget[name=%s]:not(.o_data_row *)".formatted(field))
                .locator("input, textarea")
                .first();
    }

    /** What the form shows of a date that nobody edits. */
    static Locator date(Tab form) {
        return form.page().locator(".o_form_renderer .o_field_widget[name=date]:not(.o_data_row *)");
    }

    /** A payment of the form, by its place in the list, from 0. */
    static Locator line(Tab form, int index) {
        return form.page()
                .locator(".o_field_widget[name=money_ids] .o_data_row")
                .nth(index);
    }

    /** Begins to write in a field of a payment: its text box, when Odoo has put the focus there. */
    static Locator edit(Tab form, int index, String field) {
        line(form, index).locator("td[name=%s]".formatted(field)).click();
        assertThat(lineBox(form, field)).isFocused();
        return lineBox(form, field);
    }

    /** Ends writing in a payment by going to a field of the form. */
    static void leaveLine(Tab form, String field) {
        box(form, field).click();
        assertThat(form.page().locator(".o_selected_row")).hasCount(0);
    }

    /** The text box in which the user writes in a payment. */
    static Locator lineBox(Tab form, String field) {
        return form.page().locator(".o_selected_row td[name=%s] input".formatted(field));
    }

    /** Types at the end of what is there, and leaves the caret before the last character. */
    static void type(Locator box, String text) {
        box.click();
        box.press("End");
        box.pressSequentially(text);
        box.press("ArrowLeft");
    }

    /** That the text is as it was typed and the caret where {@link #type} left it. */
    static void assertTyped(Locator box, String text) {
        assertThat(box).hasValue(text);
        assertThat(box).isFocused();
        assertThat(box).hasJSProperty("selectionStart", text.length() - 1);
    }

    static Locator bar(Tab form) {
        return form.page().locator(".o_amanat_conflict");
    }

    static Locator question(Tab form, String field) {
        return bar(form).locator("tr[data-field=%s]".formatted(field));
    }

    static void assertAsked(Tab form, String field, String base, String theirs, String mine) {
        assertThat(question(form, field).locator(".o_amanat_base")).hasText(base);
        assertThat(question(form, field).locator(".o_amanat_theirs")).hasText(theirs);
        assertThat(question(form, field).locator(".o_amanat_mine")).hasText(mine);
    }

    static void keepMine(Tab form, String field) {
        question(form, field).locator(".o_amanat_keep").click();
        assertThat(question(form, field)).hasCount(0);
    }

    static void takeTheirs(Tab form, String field) {
        question(form, field).locator(".o_amanat_take").click();
        assertThat(question(form, field)).hasCount(0);
    }

    static Locator saveButton(Tab form) {
        return form.page().locator(".o_form_button_save");
    }

    /** Saves, and returns when Odoo has. */
    static void save(Tab form) {
        form.page().waitForResponse("**/web_save", () -> saveButton(form).click());
        assertThat(saveButton(form)).isHidden();
    }

    /** Tries to save, and returns when the form has said that it waits for an answer. */
    static void saveInVain(Tab form) {
        saveButton(form).click();
        assertThat(form.page().locator(".o_amanat_conflict.o_amanat_asked")).isVisible();
    }

    JsonNode read(long transfer, String field) {
        return admin.searchRead(TRANSFER, List.of(List.of("id", "=", transfer)), List.of(field))
                .path(0)
                .path(field);
    }

    /** Names and amounts of a transfer's payments, the oldest first: {@code P1 1.5}. */
    List<String> payments(long transfer) {
        return admin.searchRead(MONEY, List.of(List.of("transfer_id", "=", transfer)), List.of("name", "amount"))
                .valueStream()
                .map(row ->
                        row.path("name").asString() + " " + row.path("amount").asDouble())
                .toList();
    }
}
