package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.e2e.lab.Lab;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A button on a record that is no longer as it is shown asks once, and lists what changed. */
class StaleButtonTest extends LabTest {
    private static final String DONE = "button[name=action_done]";
    private static final String DIALOG = ".o_amanat_guard";

    @Override
    Optional<Lab> wanted() {
        return Lab.withOdoo();
    }

    @Test
    void itDoesNothingBeforeTheUserHasSeenWhatChanged() {
        long record = transfer("one", Map.of("amount", 9, "state", "open"));
        try (var browser = browsers.as(bobur);
                var page = new OdooPage(browser, bobur)) {
            page.openForm(record);
            aziz.write(TRANSFER, record, Map.of("amount", 12));
            page.page().locator(DONE).click();

            assertThat(page.page().locator(DIALOG + " tbody tr")).hasCount(1);
            assertThat(page.page().locator(DIALOG + " tbody tr")).hasText("Amount9.0012.00");
            assertThat(state(record)).isEqualTo("open");
            page.keepMine(() -> {});
            assertThat(page.page().locator(DONE)).hasCount(0);
            assertThat(state(record)).isEqualTo("done");
            assertThat(page.page().locator(DIALOG)).hasCount(0);
        }
    }

    @Test
    void lookingAtItFirstShowsWhatIsThereNow() {
        long record = transfer("one", Map.of("amount", 9, "state", "open"));
        try (var browser = browsers.as(bobur);
                var page = new OdooPage(browser, bobur)) {
            page.openForm(record);
            aziz.write(TRANSFER, record, Map.of("amount", 12));
            page.page().locator(DONE).click();
            page.goBack();

            assertThat(page.field("amount")).hasValue("12.00");
            assertThat(state(record)).isEqualTo("open");
            page.page().locator(DONE).click();
            assertThat(page.page().locator(DONE)).hasCount(0);
            assertThat(state(record)).isEqualTo("done");
        }
    }

    @Test
    void aFormThatSavesFirstAsksBeforeItSaves() {
        long record = transfer("one", Map.of("amount", 9, "state", "open"));
        try (var browser = browsers.as(bobur);
                var page = new OdooPage(browser, bobur)) {
            page.openForm(record);
            page.field("name").fill(name("renamed"));
            aziz.write(TRANSFER, record, Map.of("amount", 12));
            page.page().locator(DONE).click();

            assertThat(page.page().locator(DIALOG + " tbody tr")).hasText("Amount9.0012.00");
            assertThat(read(record, "name")).isEqualTo(name("one"));
            page.keepMine(() -> {});
            assertThat(page.page().locator(DONE)).hasCount(0);
            assertThat(state(record)).isEqualTo("done");
            assertThat(read(record, "name")).isEqualTo(name("renamed"));
        }
    }

    @Test
    void whatTheUserHasJustSavedIsNoSurprise() {
        long record = transfer("one", Map.of("amount", 9, "state", "open"));
        try (var browser = browsers.as(bobur);
                var page = new OdooPage(browser, bobur)) {
            page.openForm(record);
            page.field("amount").fill("55");
            page.page().locator(DONE).click();

            assertThat(page.page().locator(DONE)).hasCount(0);
            assertThat(page.page().locator(DIALOG)).hasCount(0);
            assertThat(state(record)).isEqualTo("done");
        }
    }

    private String state(long record) {
        return read(record, "state");
    }

    private String read(long record, String field) {
        return admin.call(TRANSFER, "read", List.of(List.of(record), List.of(field)), Map.of())
                .path(0)
                .path(field)
                .asString();
    }
}
