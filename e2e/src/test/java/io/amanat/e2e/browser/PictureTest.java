package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The views that the add-on ships, as their users see them while others save: the pictures of README and docs. */
class PictureTest extends FormCase {
    private static final int WIDTH = 1120;
    private static final int HEIGHT = 600;
    private static final Pattern CHANGED = Pattern.compile("o_amanat_(cell|card)_changed");
    /** Marks fade after three seconds and a banner goes after ten; here they stay until they are pictured. */
    private static final String KEEP =
            "globalThis.setTimeout = (later => (done, ms, ...with_) => ms === 3000 || ms === 10000 ? 0 : later(done, ms, ...with_))(setTimeout)";

    private final List<Long> made = new ArrayList<>();

    @AfterEach
    void removeWhatWasMade() {
        admin.unlink(TRANSFER, made);
        made.clear();
    }

    @Test
    void aListWhileOthersSaveAndWhileItsUserTypesOrHasScrolled() {
        long first = make("TR-00041", 31_539.55);
        long second = make("TR-00042", 56_094.57);
        make("TR-00043", 37_853.4);
        try (Tab list = open("list", ".o_list_renderer")) {
            aziz.write(TRANSFER, second, Map.of("amount", 84_237.87));
            assertThat(list.cell("TR-00042", "amount")).hasClass(CHANGED);
            Picture.take(list.page(), "odoo-list.png");

            list.cell("TR-00041", "amount").click();
            Locator typed = list.page().locator(".o_selected_row td[name=amount] input");
            typed.fill("32,000");
            aziz.write(TRANSFER, first, Map.of("state", "open"));
            assertThat(list.page().locator(".o_selected_row td[name=state]")).hasClass(CHANGED);
            assertThat(typed).hasValue("32,000");
            Picture.take(list.page(), "odoo-row.png");
            list.page().locator(".o_list_button_discard:visible").first().click();

            list.page().locator(".o_list_renderer").evaluate("list => { list.scrollTop = 300; }");
            List.of("TR-00044", "TR-00045", "TR-00046").forEach(name -> make(name, 5_000));
            assertThat(list.page().locator(".o_amanat_pill button")).hasText("3 new");
            Picture.take(list.page(), "odoo-pill.png");
        }
    }

    @Test
    void aFormWithWhoIsThereAQuestionAndARecordThatIsGone() {
        long rent = make("Rent of March", 5_000);
        payment(rent, "First half", 2_500);
        try (Tab mine = watched(form(keeping(browsers.as(bobur)), rent))) {
            try (Tab other = form(browsers.as(aziz), rent)) {
                type(box(other, "amount"), "5");
                assertThat(mine.page().locator(".o_amanat_people .fa-pencil")).isVisible();
                assertThat(mine.page().locator(".o_amanat_editing")).isVisible();
                mine.page().waitForFunction("() => [...document.images].every((it) => it.complete)");
                Picture.take(mine.page(), "odoo-people.png");
                other.page().locator(".o_form_button_cancel").click(); // else Odoo saves it as the tab closes, or not
                assertThat(box(other, "amount")).hasValue("5,000.00");
            }
            box(mine, "amount").fill("6,000");
            box(mine, "name").click();
            aziz.write(TRANSFER, rent, Map.of("amount", 5_500.0));
            assertAsked(mine, "amount", "5,000.00", "5,500.00", "6,000.00");
            Picture.take(mine.page(), "odoo-conflict.png");
            takeTheirs(mine, "amount");

            box(mine, "name").fill("Rent of March and April");
            aziz.unlink(TRANSFER, List.of(rent));
            made.clear();
            assertThat(mine.page().locator(".o_amanat_lost")).isVisible();
            Picture.take(mine.page(), "odoo-deleted.png");
        }
    }

    @Test
    void aQuestionOnAPhone() {
        long rent = make("Rent of March", 5_000);
        try (Tab phone = form(browsers.phone(bobur), rent)) {
            box(phone, "amount").fill("6,000");
            box(phone, "name").click();
            aziz.write(TRANSFER, rent, Map.of("amount", 5_500.0));
            assertAsked(phone, "amount", "5,000.00", "5,500.00", "6,000.00");
            Picture.take(phone.page(), "odoo-phone.png");
        }
    }

    @Test
    void aBoardOnWhichSomebodyElseMovesACard() {
        long rent = make("Rent of March", 5_000);
        try (Tab board = open("kanban", ".o_kanban_record:visible")) {
            aziz.write(TRANSFER, rent, Map.of("state", "open"));
            Locator open = board.page().locator(".o_kanban_group:has(.o_column_title:has-text('Open'))");
            Locator card = open.locator(".o_kanban_record:has-text('Rent of March')");
            assertThat(card).isVisible();
            Picture.take(board.page(), "odoo-board.png");
        }
    }

    @Test
    void aGraphThatHasFollowed() {
        try (Tab graph = open("graph", "canvas")) {
            make("Rent of March", 2_000_000);
            graph.page()
                    .waitForFunction(
                            "() => Chart.getChart(document.querySelector('canvas')).data.datasets.some(({ data }) => data.some((it) => it > 2000000))");
            Picture.take(graph.page(), "odoo-graph.png");
        }
    }

    @Test
    void anImportOfMany() {
        try (Tab list = open("list", ".o_list_renderer")) {
            var rows = IntStream.range(0, 120)
                    .mapToObj(n -> List.of("Imported %03d".formatted(n), "5"))
                    .toList();
            aziz.call(TRANSFER, "load", List.of(List.of("name", "amount"), rows), Map.of())
                    .path("ids")
                    .forEach(id -> made.add(id.asLong()));
            assertThat(list.page().locator(".o_amanat_bulk")).hasText("120 Transfers changed by Aziz Karimov");
            assertThat(list.row("Imported 119")).isVisible();
            Picture.take(list.page(), "odoo-bulk.png");
        }
    }

    @Test
    void aLongOutage() {
        BrowserContext browser = browsers.as(bobur);
        browser.clock().install();
        Tab.exposeLists(browser);
        try (Tab list = watched(Tab.open(browser, url("list")).awaitWatched(1).awaitIdle())) {
            assertThat(list.page().locator(".o_amanat_status")).isVisible();
            list.page().evaluate("() => __amanat__.client.stop()");
            list.page().clock().runFor(5000);
            list.page().clock().runFor(60_000);
            assertThat(list.page().locator(".o_amanat_outage")).isVisible();
            Picture.take(list.page(), "odoo-outage.png");
        }
    }

    private Tab open(String view, String drawn) {
        return watched(Tab.open(keeping(browsers.as(bobur)), url(view), drawn)
                .awaitWatched(1)
                .awaitIdle());
    }

    private static BrowserContext keeping(BrowserContext browser) {
        Tab.exposeLists(browser);
        browser.addInitScript(KEEP);
        return browser;
    }

    /** Nothing moves in it by itself. */
    private static Tab watched(Tab tab) {
        tab.page().emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        tab.page().setViewportSize(WIDTH, HEIGHT);
        return tab;
    }

    private URI url(String view) {
        return lab.url().resolve("/odoo/action-amanat_realtime.action_transfer?view_type=" + view);
    }

    /** A transfer between those of the newest that the lab is seeded with. */
    private long make(String name, double amount) {
        var like = admin.searchRead(
                        TRANSFER, List.of(List.of("name", "=", "TR-00040")), List.of("sender_id", "receiver_id"))
                .path(0);
        long record = aziz.create(
                TRANSFER,
                Map.of(
                        "name",
                        name,
                        "amount",
                        amount,
                        "sender_id",
                        like.path("sender_id").path(0).asLong(),
                        "receiver_id",
                        like.path("receiver_id").path(0).asLong()));
        made.add(record);
        return record;
    }
}
