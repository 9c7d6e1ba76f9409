package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;
import io.amanat.e2e.lab.ListScreen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A web client whose insides are not as they were: lists are reloaded instead of changed in place, and followed. */
class LackingTest extends LabTest {
    /** Odoo itself needs this method for grouped lists only, so what it draws here is as ever. */
    private static final String LACKING = "DynamicGroupList._createGroupDatapoint";

    private static final String NOTE_MARKS = """
            () => {
                globalThis.marked = false;
                const look = () => { marked ||= document.querySelector("[class*=o_amanat_row_], [class*=o_amanat_cell_]") !== null; };
                new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
            }
            """;

    @Test
    void aListIsReloadedInsteadAndTheConsoleSaysSoOnce() {
        long changes = transfer("one", Map.of("note", "before"));
        long goes = transfer("goes", Map.of());
        BrowserContext browser = browsers.as(bobur);
        take(browser);
        try (Tab reader = Tab.open(browser, screen.url()).awaitWatched(1)) {
            reader.page().evaluate(NOTE_MARKS);
            aziz.write(TRANSFER, changes, Map.of("note", "after"));
            assertThat(reader.cell(name("one"), "note")).hasText("after");
            transfer("comes", Map.of());
            assertThat(reader.row(name("comes"))).isVisible();
            aziz.unlink(TRANSFER, List.of(goes));
            assertThat(reader.row(name("goes"))).hasCount(0);

            assertThat(reader.page().evaluate("() => marked"))
                    .as("a reloaded list cannot tell what changed")
                    .isEqualTo(false);
            assertThat(reader.neverReloaded()).isTrue();
            assertThat(BridgeAwayTest.ours(reader))
                    .containsExactly("[amanat] this Odoo lacks " + LACKING
                            + ": lists and boards are reloaded instead of changed in place");
        }
    }

    @Test
    void aBoardIsReloadedInstead() {
        screen.close();
        screen = ListScreen.of(admin, TRANSFER, "kanban", BoardTest.BOARD, "");
        long moves = transfer("moves", Map.of("amount", 5));
        transfer("stays", Map.of("amount", 7));
        BrowserContext browser = browsers.as(bobur);
        take(browser, "dynamic_list", "DynamicList", "_leaveSampleMode");
        try (Tab reader =
                Tab.open(browser, screen.url(), ".o_kanban_record:visible").awaitWatched(1)) {
            assertThat(BoardTest.sum(reader, "Draft")).hasText("12");

            aziz.write(TRANSFER, moves, Map.of("state", "open"));

            assertThat(BoardTest.column(reader, "Open")).containsText(name("moves"));
            assertThat(BoardTest.sum(reader, "Draft")).hasText("7");
            assertThat(BoardTest.sum(reader, "Open")).hasText("5");
            assertThat(reader.neverReloaded()).isTrue();
            assertThat(BridgeAwayTest.ours(reader)).singleElement().asString().contains("boards are reloaded");
        }
    }

    @Test
    void aPartThatCannotBeFetchedLeavesTheViewAsOdooMadeItWithOneWarning() {
        transfer("one", Map.of("note", "before"));
        BrowserContext browser = browsers.as(bobur);
        browser.route(url -> url.contains("/web/bundle/amanat_realtime"), Route::abort);
        try (Tab reader = Tab.open(browser, screen.url())) {
            isOdoosOwnAndSaysSo(reader, "");
        }
    }

    @Test
    void aPartThatDoesNotComeHoldsNoViewUp() {
        transfer("one", Map.of("note", "before"));
        BrowserContext browser = browsers.as(bobur);
        browser.addInitScript("globalThis.impatient = true");
        browser.route(url -> url.contains("/web/bundle/amanat_realtime"), _ -> {});
        try (Tab reader = Tab.open(browser, screen.url())) {
            isOdoosOwnAndSaysSo(reader, ": records did not come in time");
        }
    }

    /** The add-on was upgraded while the page was open: what comes now belongs to what the page does not have. */
    @Test
    void aPartThatWasRenewedSinceThePageWasLoadedIsNotTakenForLive() {
        transfer("one", Map.of("note", "before"));
        BrowserContext browser = browsers.as(bobur);
        browser.route(url -> url.contains("/amanat_realtime.assets_records"), LackingTest::renewed);
        try (Tab reader = Tab.open(browser, screen.url())) {
            isOdoosOwnAndSaysSo(reader, ": records is of another version");
        }
    }

    private static void renewed(Route route) {
        if (route.request().url().endsWith(".js")) {
            var script = route.fetch();
            route.fulfill(new Route.FulfillOptions()
                    .setResponse(script)
                    .setBody(
                            script.text().replaceAll("@amanat_realtime/start/\\w+", "@amanat_realtime/start/renewed")));
        } else {
            route.resume();
        }
    }

    private void isOdoosOwnAndSaysSo(Tab reader, String why) {
        LiveListTest.edit(reader, name("one"), "note", "after");

        assertThat(reader.cell(name("one"), "note")).hasText("after");
        assertThat(reader.page().locator(".o_amanat_status"))
                .hasAttribute("title", "Not live here: press to reload the page");
        assertThat(BridgeAwayTest.ours(reader))
                .singleElement()
                .asString()
                .startsWith("[amanat] a view is not kept fresh" + why);
    }

    /** Takes a method away from every page of this browser, after Odoo's modules are there and before its services. */
    static void take(BrowserContext browser) {
        take(browser, "dynamic_group_list", "DynamicGroupList", "_createGroupDatapoint");
    }

    private static void take(BrowserContext browser, String module, String owner, String method) {
        browser.addInitScript("""
                document.addEventListener("DOMContentLoaded", () => {
                    const lists = globalThis.odoo?.loader?.modules.get("@web/model/relational_model/%s");
                    delete lists?.%s.prototype.%s;
                });
                """.formatted(module, owner, method));
    }
}
