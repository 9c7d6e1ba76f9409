package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import io.amanat.e2e.OneOfAll;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Two people change the same field: nothing is saved until whoever still writes has chosen. */
class FormConflictTest extends FormCase {
    private static final String HIDE = """
            () => {
                Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
                document.dispatchEvent(new Event("visibilitychange"));
            }
            """;
    private static final String OPEN_DIALOG = """
            (id) => {
                const { FormViewDialog } = odoo.loader.modules.get("@web/views/view_dialogs/form_view_dialog");
                const { dialog } = odoo.__WOWL_DEBUG__.root.env.services;
                dialog.add(FormViewDialog, { resModel: "amanat.transfer", resId: id });
            }
            """;

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void theBarSaysWhoAndWhatAndHoldsTheSaveUntilMineIsKept(Author author) {
        long transfer = transfer("one", Map.of("amount", 5.0));
        try (Tab form = form(transfer)) {
            type(box(form, "name"), "XYZ");

            by(author).write(TRANSFER, transfer, Map.of("name", name("theirs")));

            assertThat(bar(form)).containsText(author.words);
            assertAsked(form, "name", name("one"), name("theirs"), name("oneXYZ"));
            assertTyped(box(form, "name"), name("oneXYZ"));
            saveInVain(form);
            assertThat(read(transfer, "name").asString()).isEqualTo(name("theirs"));

            keepMine(form, "name");
            save(form);
            assertEnds(form, transfer, Map.of("name", name("oneXYZ"), "amount", 5.0));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void takingTheirsShowsTheirValueAndLeavesNothingToSave(Author author) {
        long transfer = transfer("one", Map.of("amount", 5.0));
        try (Tab form = form(transfer)) {
            type(box(form, "amount"), "7");

            by(author).write(TRANSFER, transfer, Map.of("amount", 12_345.5));

            assertAsked(form, "amount", "5.00", "12,345.50", "5.007");
            takeTheirs(form, "amount");
            assertThat(box(form, "amount")).hasValue("12,345.50");
            assertThat(saveButton(form)).isHidden();
            assertEnds(form, transfer, Map.of("amount", 12_345.5));
        }
    }

    @Test
    void ofSeveralFieldsEachIsChosenByItself() {
        long transfer = transfer("one", Map.of("amount", 5.0, "date", "2026-01-01"));
        try (Tab form = form(transfer)) {
            box(form, "name").fill(name("mine"));
            box(form, "amount").fill("7");

            aziz.write(TRANSFER, transfer, Map.of("name", name("theirs"), "amount", 31.0, "date", "2026-01-02"));

            assertAsked(form, "name", name("one"), name("theirs"), name("mine"));
            assertAsked(form, "amount", "5.00", "31.00", "7");
            assertThat(question(form, "date")).hasCount(0);
            takeTheirs(form, "name");
            keepMine(form, "amount");
            assertThat(bar(form)).hasCount(0);
            save(form);
            assertThat(read(transfer, "name").asString()).isEqualTo(name("theirs"));
            assertThat(read(transfer, "amount").asDouble()).isEqualTo(7.0);
            assertThat(read(transfer, "date").asString()).isEqualTo("2026-01-02");
        }
    }

    @Test
    void nobodyIsAskedWhenBothWantTheSame() {
        long transfer = transfer("one", Map.of("amount", 5.0));
        try (Tab form = form(transfer)) {
            box(form, "amount").fill("31");
            box(form, "name").click();

            aziz.write(TRANSFER, transfer, Map.of("amount", 31.0, "date", "2026-01-02"));

            assertThat(date(form)).hasText("Jan 2");
            assertThat(bar(form)).hasCount(0);
        }
    }

    @Test
    void theQuestionEndsWhenTheOtherTakesTheirValueBack() {
        long transfer = transfer("one", Map.of("amount", 5.0));
        try (Tab form = form(transfer)) {
            box(form, "amount").fill("7");
            aziz.write(TRANSFER, transfer, Map.of("amount", 31.0));
            assertThat(bar(form)).isVisible();

            aziz.write(TRANSFER, transfer, Map.of("amount", 5.0));

            assertThat(bar(form)).hasCount(0);
            assertThat(box(form, "amount")).hasValue("7");
        }
    }

    @Test
    void discardingEndsTheQuestionAndShowsTheirValue() {
        long transfer = transfer("one", Map.of("amount", 5.0));
        try (Tab form = form(transfer)) {
            box(form, "amount").fill("7");
            aziz.write(TRANSFER, transfer, Map.of("amount", 31.0));
            assertThat(bar(form)).isVisible();

            form.page().locator(".o_form_button_cancel").click();

            assertThat(bar(form)).hasCount(0);
            assertThat(box(form, "amount")).hasValue("31.00");
        }
    }

    @Test
    void neitherAHiddenTabNorAnotherViewSavesInTheMeantime() {
        long transfer = transfer("one", Map.of("amount", 5.0));
        try (Tab form = form(transfer)) {
            box(form, "amount").fill("7");
            aziz.write(TRANSFER, transfer, Map.of("amount", 31.0));
            assertThat(bar(form)).isVisible();

            form.page().evaluate(HIDE);
            assertThat(form.page().locator(".o_amanat_asked")).isVisible();
            form.page().locator(".o_back_button, .o_breadcrumb a").first().click();

            assertThat(bar(form)).isVisible();
            assertThat(form.calls()).doesNotContain("web_save");
            assertThat(read(transfer, "amount").asDouble()).isEqualTo(31.0);
        }
    }

    @Test
    void leavingThePageSendsNothingBehindTheUsersBack() {
        long transfer = transfer("one", Map.of("amount", 5.0));
        try (Tab form = form(transfer)) {
            box(form, "amount").fill("7");
            aziz.write(TRANSFER, transfer, Map.of("amount", 31.0));
            assertThat(bar(form)).isVisible();

            form.page().onDialog(Dialog::accept);
            form.page().navigate(lab.url().resolve("/web/health").toString());

            assertThat(form.calls()).doesNotContain("web_save");
            assertThat(read(transfer, "amount").asDouble()).isEqualTo(31.0);
        }
    }

    @Test
    void aFormInADialogAsksToo() {
        long transfer = transfer("one", Map.of("amount", 5.0));
        try (Tab form = Tab.open(browsers.as(bobur), screen.url()).awaitWatched(1)) {
            form.page().evaluate(OPEN_DIALOG, (int) transfer);
            form.awaitFormWatched(1);
            box(form, "amount").fill("7");

            aziz.write(TRANSFER, transfer, Map.of("amount", 31.0));

            assertThat(form.page().locator(".modal .o_amanat_conflict")).isVisible();
            saveInVain(form);
            keepMine(form, "amount");
            form.page().waitForResponse("**/web_save", () -> saveButton(form).click());
            assertThat(form.page().locator(".modal")).hasCount(0);
            assertThat(read(transfer, "amount").asDouble()).isEqualTo(7.0);
        }
    }
}
