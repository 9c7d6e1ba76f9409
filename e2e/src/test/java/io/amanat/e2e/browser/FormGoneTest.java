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

/** The record of an open form is deleted, or its user may not read it any more. */
class FormGoneTest extends FormCase {

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void whatWasTypedIsKeptAndCanBecomeANewRecord(Author author) {
        long transfer = transfer("one", Map.of("amount", 5.0));
        payment(transfer, "P1", 1);
        try (Tab form = form(transfer)) {
            edit(form, 0, "amount").fill("44");
            leaveLine(form, "name");
            type(box(form, "name"), "XYZ");

            by(author).unlink(TRANSFER, List.of(transfer));

            assertThat(lost(form)).containsText(author == Author.ANOTHER ? "Aziz Karimov deleted" : "in another tab");
            assertTyped(box(form, "name"), name("oneXYZ"));
            assertEndsWithout(form, transfer);
            form.page().locator(".o_amanat_copy").click();
            assertThat(lost(form)).hasCount(0);
            assertThat(box(form, "name")).hasValue(name("oneXYZ"));
            save(form);

            var made = admin.searchRead(
                    TRANSFER, List.of(List.of("name", "=", name("oneXYZ"))), List.of("amount", "money_total"));
            assertThat(made).hasSize(1);
            assertThat(made.path(0).path("amount").asDouble()).isEqualTo(5.0);
            assertThat(made.path(0).path("money_total").asDouble()).isEqualTo(44.0);
        }
    }

    @Test
    void closingGoesBackToTheListWithoutSaving() {
        long transfer = transfer("one", Map.of("amount", 5.0));
        try (Tab form = form(transfer)) {
            box(form, "amount").fill("7");
            aziz.unlink(TRANSFER, List.of(transfer));

            form.page().locator(".o_amanat_close").click();

            assertThat(form.page().locator(".o_list_renderer")).isVisible();
            assertThat(form.calls()).doesNotContain("web_save");
        }
    }

    @Test
    void whoMayNoLongerReadTheRecordNoLongerSeesIt() {
        long transfer = transfer("one", Map.of("amount", 5.0, "date", "2026-01-02"));
        payment(transfer, "P1", 1);
        try (Tab form = form(transfer)) {
            box(form, "amount").fill("7");
            assertThat(date(form)).hasText("Jan 2");

            move(transfer, Map.of("company_id", 2));

            assertThat(lost(form)).containsText("You may no longer see this record");
            assertThat(form.page().locator(".o_amanat_copy")).hasCount(0);
            assertThat(box(form, "name")).hasValue("");
            assertThat(date(form)).hasText("");
            assertThat(line(form, 0)).hasCount(0);
            assertThat(form.page().locator(".o_form_view")).not().containsText(name("one"));
        }
    }

    @Test
    void whoMayNoLongerReadAFieldNoLongerSeesItAndGoesOn() {
        var manager = newcomer("en_US", "amanat_realtime.group_user", "amanat_realtime.group_manager");
        long transfer = transfer("one", Map.of("amount", 5.0, "internal_note", "INTERNAL"));
        try (Tab form = form(browsers.as(manager), transfer)) {
            form.page().getByText("Notes").click();
            assertThat(box(form, "internal_note")).hasValue("INTERNAL");
            type(box(form, "name"), "XYZ");

            admin.write(
                    "res.users",
                    manager.uid(),
                    Map.of("group_ids", List.of(List.of(3, reference("amanat_realtime.group_manager")))));

            assertThat(box(form, "internal_note")).hasValue("");
            assertTyped(box(form, "name"), name("oneXYZ"));
            assertThat(lost(form)).hasCount(0);
            aziz.write(TRANSFER, transfer, Map.of("amount", 31.0));
            assertThat(box(form, "amount")).hasValue("31.00");
        }
    }

    private static Locator lost(Tab form) {
        return form.page().locator(".o_amanat_lost");
    }
}
