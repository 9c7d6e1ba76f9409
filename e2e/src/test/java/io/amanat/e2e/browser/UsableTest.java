package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import io.amanat.e2e.OneOfAll;
import io.amanat.e2e.lab.ListScreen;
import io.amanat.e2e.lab.OdooUser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What is ours can be read out, told apart, and hit by a finger, on a wide screen and on a phone. */
class UsableTest extends FormCase {
    private static final String BOARD = """
            <kanban default_group_by="state">
                <progressbar field="active" colors='{"true": "success"}' sum_field="amount"/>
                <templates><t t-name="card"><field name="name"/><field name="note"/></t></templates>
            </kanban>""";
    /** More than are told one by one. */
    private static final int MANY = 60;

    /** Nothing is drawn over its middle. */
    private static final String ON_TOP = """
            (it) => {
                const { x, y, width, height } = it.getBoundingClientRect();
                return it.contains(document.elementFromPoint(x + width / 2, y + height / 2));
            }""";

    /** A phone scrolls the whole view, a wide screen the list in it. */
    private static final String SCROLL = """
            () => [".o_action", ".o_content", ".o_list_renderer"].forEach((it) => document.querySelector(it)?.scrollTo(0, 300))""";
    /** Marks as they are at first, and stay where less motion is asked for. */
    private static final String MARK_ALL = """
            () => document.querySelectorAll(".o_data_row").forEach((row) => row.classList.add("o_amanat_row_new"))""";

    private static final String TARGETS =
            ".o_amanat_status, .o_amanat_people, .o_amanat_pill button, .o_amanat_bulk button, .o_amanat_outage button, .o_amanat_bar button,"
                    + " .o_amanat_guard .modal-footer button, .o_amanat_test .btn";
    private static final String TOO_SMALL = """
            (targets) => [...document.querySelectorAll(targets)]
                .filter((it) => it.checkVisibility())
                .map((it) => [it.className, it.getBoundingClientRect()])
                .filter(([, { width, height }]) => width < 44 || height < 44)
                .map(([name, { width, height }]) => `${name} is ${width} x ${height}`)
            """;
    private static final String OUT_OF_PLACE = """
            (targets) => {
                const shown = [...document.querySelectorAll(`${targets}, .o_amanat_outage, .o_amanat_bar, .o_amanat_test *`)]
                    .filter((it) => it.checkVisibility());
                const words = (it, what) => `${it.outerHTML.slice(0, 100)} ${what}`;
                return [
                    ...shown.filter((it) => it.getBoundingClientRect().left < 0 || it.getBoundingClientRect().right > innerWidth + 1)
                        .map((it) => words(it, "is not on the screen")),
                    ...shown.filter((it) => it.matches(".btn") && it.scrollWidth > it.clientWidth)
                        .map((it) => words(it, "holds more than it shows")),
                ];
            }
            """;

    /** What the page is looked at with. */
    enum Device {
        /** A wide screen and a mouse. */
        DESK,
        /** A narrow one and a finger. */
        PHONE
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aListWithMarksHeldStill(Device device) {
        long one = transfer("one", Map.of("note", "before"));
        transfer("two", Map.of());
        var browser = of(device, aziz);
        Tab.exposeLists(browser);
        try (Tab list = Tab.open(browser, screen.url()).awaitWatched(1).awaitIdle();
                Tab other = form(one)) {
            assertThat(other.page().locator(".o_form_renderer")).isVisible();
            assertThat(list.row(name("one")).locator(".o_amanat_mark")).isVisible();
            list.page().locator(".o_amanat_status").click();
            admin.write(TRANSFER, one, Map.of("note", "after"));
            assertThat(list.page().locator(".o_amanat_waiting")).hasText("1");

            list.page().emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
            list.page().evaluate(MARK_ALL);
            assertUsable(list.page(), device, "list");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aListInWhichRowsWaitAfterABulk(Device device) {
        var rows = IntStream.range(0, MANY)
                .mapToObj(n -> transfer("%02d".formatted(n), Map.of()))
                .toList();
        var browser = of(device, bobur);
        browser.addInitScript(BulkTest.KEEP_BANNERS);
        Tab.exposeLists(browser);
        try (Tab list = Tab.open(browser, screen.url()).awaitWatched(1).awaitIdle()) {
            list.page().evaluate(SCROLL);
            transfer("new", Map.of());
            Locator pill = list.page().locator(".o_amanat_pill button");
            assertThat(pill).hasText("1 new");
            aziz.call(TRANSFER, "write", List.of(rows, Map.of("note", "after")), Map.of());
            assertThat(list.page().locator(".o_amanat_bulk")).isVisible();

            assertThat(pill).isInViewport();
            assertThat((boolean) pill.evaluate(ON_TOP)).isTrue();
            assertUsable(list.page(), device, "pill");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aBoardWithMarks(Device device) {
        screen.close();
        screen = ListScreen.of(admin, TRANSFER, "kanban", BOARD, "");
        long one = transfer("one", Map.of("note", "before"));
        var browser = of(device, aziz);
        Tab.exposeLists(browser);
        try (Tab board = Tab.open(browser, screen.url(), ".o_kanban_record:visible")
                        .awaitWatched(1)
                        .awaitIdle();
                Tab other = form(one)) {
            assertThat(other.page().locator(".o_form_renderer")).isVisible();
            assertThat(board.page().locator(".o_kanban_record .o_amanat_mark")).isVisible();
            assertUsable(board.page(), device, "board");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aFormInConflictWithWhoIsThereAndThenDeleted(Device device) {
        long one = transfer("Rent of March", Map.of("amount", 5, "sender_id", 3));
        payment(one, "Half", 1);
        try (Tab mine = form(of(device, aziz), one);
                Tab other = form(one)) {
            type(box(other, "amount"), "5");
            assertThat(people(mine).locator(".fa-pencil")).isVisible();
            type(box(mine, "amount"), "7");
            box(mine, "name").fill(name("Rent of April"));
            admin.write(TRANSFER, one, Map.of("amount", 12_345.5, "name", name("Rent of March and April")));
            assertThat(bar(mine).locator("tbody tr")).hasCount(2);
            assertUsable(mine.page(), device, "form");

            admin.unlink(TRANSFER, List.of(one));
            assertThat(mine.page().locator(".o_amanat_lost")).isVisible();
            assertUsable(mine.page(), device, "deleted");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void theQuestionOfTheGuard(Device device) {
        long one = transfer("one", Map.of("amount", 9, "state", "open"));
        try (var browser = of(device, bobur);
                var page = new OdooPage(browser, bobur)) {
            page.openForm(one);
            aziz.write(TRANSFER, one, Map.of("amount", 12));
            page.page().locator("button[name=action_done]").click();
            assertThat(page.page().locator(".o_amanat_guard tbody tr")).hasCount(1);
            assertUsable(page.page(), device, "guard");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aLongOutage(Device device) {
        transfer("one", Map.of("note", "before"));
        var browser = of(device, bobur);
        browser.clock().install();
        Tab.exposeLists(browser);
        try (Tab list = Tab.open(browser, screen.url()).awaitWatched(1).awaitIdle()) {
            assertThat(list.page().locator(".o_amanat_status")).isVisible();
            list.page().evaluate("() => __amanat__.client.stop()");
            list.page().clock().runFor(5000);
            list.page().clock().runFor(60_000);
            assertThat(list.page().locator(".o_amanat_outage")).isVisible();
            assertUsable(list.page(), device, "outage");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void theRealtimeTest(Device device) {
        try (Page page = of(device, bobur).newPage()) {
            page.navigate(lab.url().resolve("/odoo/amanat-test").toString());
            assertThat(page.locator(".o_amanat_test_connection")).containsText("Live since");
            page.waitForResponse(
                    "**/amanat.test.realtime/create",
                    () -> page.locator(".o_amanat_test_make").click());
            assertThat(page.locator(".o_amanat_test_latency button")).isEnabled();
            Locator link = page.locator("ol a").first();
            assertThat(link).isVisible();
            long record = Long.parseLong(link.getAttribute("href").replaceAll(".*/", ""));
            try {
                aziz.write("amanat.test.realtime", record, Map.of("value", 7));
                assertThat(page.locator(".o_amanat_test_passed")).isVisible();
                assertUsable(page, device, "test");
            } finally {
                admin.unlink("amanat.test.realtime", List.of(record));
            }
        }
    }

    private BrowserContext of(Device device, OdooUser user) {
        return device == Device.PHONE ? browsers.phone(user) : browsers.as(user);
    }

    private static Locator people(Tab form) {
        return form.page().locator(".o_amanat_people");
    }

    private static void assertUsable(Page page, Device device, String name) {
        Picture.take(page, "usable-" + name + "-" + device.name().toLowerCase(Locale.ROOT) + ".png");
        assertThat(Axe.serious(page)).isEmpty();
        if (device == Device.PHONE) {
            assertThat(strings(page, TOO_SMALL)).isEmpty();
            assertThat(strings(page, OUT_OF_PLACE)).isEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(Page page, String script) {
        return (List<String>) page.evaluate(script, TARGETS);
    }
}
