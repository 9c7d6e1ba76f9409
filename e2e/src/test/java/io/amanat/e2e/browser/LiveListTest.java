package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import io.amanat.e2e.lab.ListScreen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one user saves in Odoo appears in another user's open list. */
class LiveListTest extends LabTest {
    private static final String WITH_A_BUTTON = """
            <list>
                <field name="name"/><field name="note"/><field name="state"/>
                <button name="action_open" type="object" string="Open it"/>
            </list>""";

    @Test
    void aSavedCellShowsInTheOtherUsersListWithoutAReload() {
        long record = transfer("one", Map.of("note", "before"));
        try (Tab his = tab(aziz);
                Tab other = tab(bobur)) {
            edit(his, name("one"), "note", "after");

            assertThat(other.cell(name("one"), "note")).hasText("after");
            other.awaitChanged(name("one"), "note");
            assertEnds(other, record, Map.of("note", "after"));
        }
    }

    @Test
    void aNewRecordShowsInTheOtherUsersListWithoutAReload() {
        transfer("one", Map.of());
        try (Tab his = tab(aziz);
                Tab other = tab(bobur)) {
            add(his, name("two"));

            assertThat(other.row(name("two"))).isVisible();
            other.awaitNew(name("two"));
            assertThat(other.row(name("one"))).isVisible();
            assertThat(other.neverReloaded()).isTrue();
        }
    }

    @Test
    void aDeletedRecordLeavesTheOtherUsersListWithoutAReload() {
        transfer("stays", Map.of());
        transfer("goes", Map.of());
        try (Tab his = tab(aziz);
                Tab other = tab(bobur)) {
            assertThat(other.row(name("goes"))).isVisible();

            delete(his, name("goes"));

            assertThat(other.row(name("goes"))).hasCount(0);
            assertThat(other.row(name("stays"))).isVisible();
            assertThat(other.neverReloaded()).isTrue();
        }
    }

    @Test
    void theWriterLogsInByTheFormAndIsSeenToo() {
        transfer("one", Map.of("note", "before"));
        try (Tab his = Tab.open(browsers.byForm(aziz), screen.url()).awaitWatched(1);
                Tab other = Tab.open(browsers.byForm(bobur), screen.url()).awaitWatched(1)) {
            edit(his, name("one"), "note", "after");

            assertThat(other.cell(name("one"), "note")).hasText("after");
        }
    }

    @Test
    void theOwnTabGetsAReceiptAndTheOwnSecondTabTheValueWithoutHighlight() {
        long record = transfer("one", Map.of("note", "before"));
        BrowserContext browser = browsers.as(aziz);
        Tab.exposeLists(browser);
        try (Tab first = Tab.open(browser, screen.url()).awaitWatched(1);
                Tab second = Tab.open(browser, screen.url()).awaitWatched(1).awaitIdle()) {
            edit(first, name("one"), "note", "after");

            assertThat(second.cell(name("one"), "note")).hasText("after");
            assertThat(second.wasChanged(name("one"), "note")).isFalse();
            assertThat(second.frames("list_update"))
                    .allMatch(frame -> frame.path("own").asBoolean());
            first.page().waitForCondition(() -> !first.frames("receipt").isEmpty());
            assertThat(first.frames("list_update")).isEmpty();
            assertThat(first.frames()).noneMatch(frame -> frame.contains("after"));
            assertEnds(second, record, Map.of("note", "after"));
        }
    }

    @Test
    void aListThatWasReadAnewAfterAButtonIsStillLive() {
        screen.close();
        screen = ListScreen.of(admin, TRANSFER, "list", WITH_A_BUTTON, "");
        transfer("one", Map.of());
        long second = transfer("two", Map.of());
        try (Tab other = tab(bobur)) {
            other.page()
                    .waitForResponse(
                            "**/web_search_read",
                            () -> other.row(name("one"))
                                    .locator("button[name=action_open]")
                                    .click());
            assertThat(other.cell(name("one"), "state")).hasText("Open");
            other.awaitIdle();

            admin.unlink(TRANSFER, List.of(second)); // whatever is marked is drawn with its mark; what goes is not

            assertThat(other.row(name("two"))).hasCount(0);
            assertThat(other.neverReloaded()).isTrue();
        }
    }

    @Test
    void aMany2oneIsShownByName() {
        long sender = admin.create("res.partner", Map.of("name", name("Akbar")));
        long record = transfer("one", Map.of());
        try (Tab other = tab(bobur)) {
            aziz.write(TRANSFER, record, Map.of("sender_id", sender));

            assertThat(other.cell(name("one"), "sender_id")).hasText(name("Akbar"));
            assertThat(other.frames("list_update")
                            .getLast()
                            .path("records")
                            .path(0)
                            .path("sender_id")
                            .path("display_name")
                            .asString())
                    .isEqualTo(name("Akbar"));
        }
    }

    static void edit(Tab tab, String row, String field, String text) {
        tab.cell(row, field).click();
        tab.page()
                .locator(".o_selected_row td[name=%s]".formatted(field))
                .locator("input, textarea")
                .first()
                .fill(text);
        tab.page().locator(".o_list_button_save:visible").click();
        assertThat(tab.page().locator(".o_selected_row")).hasCount(0);
    }

    static void add(Tab tab, String name) {
        tab.page().locator(".o_list_button_add:visible").click();
        tab.page().locator(".o_selected_row td[name=name] input").fill(name);
        tab.page().locator(".o_list_button_save:visible").click();
        assertThat(tab.page().locator(".o_selected_row")).hasCount(0);
    }

    static void delete(Tab tab, String row) {
        tab.row(row).locator(".o_list_record_selector input").check();
        tab.page().locator(".o_cp_action_menus button:visible").last().click();
        tab.page()
                .locator(".o-dropdown--menu .o-dropdown-item:has-text('Delete')")
                .click();
        tab.page().locator(".modal-footer .btn-primary").click();
        assertThat(tab.row(row)).hasCount(0);
    }
}
