package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is shown and said of being live: little, when it is of use, and never in the way. */
class AttentionTest extends LabTest {
    private static final String TEST = "amanat.test.realtime";
    private static final long A_MINUTE = 60_000;

    /** How long the connection was lost, by the page's clock, when each of the two appeared; and all that was said. */
    private static final String NOTE_WHAT_APPEARS = """
            () => {
                globalThis.appeared = {};
                globalThis.said = new Set();
                const note = (what) => { appeared[what] ??= Date.now() - __amanat__.client.attention.connected.since; };
                const look = () => {
                    if (document.querySelector(".o_amanat_chip")?.textContent === "Reconnecting…") note("chip");
                    if (document.querySelector(".o_amanat_outage")) note("bar");
                    said.add(document.querySelector(".o_amanat_said").textContent);
                };
                new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
            }
            """;

    private static final String LOOKED_AT = """
            (state) => {
                Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
                Object.defineProperty(document, "hidden", { value: state === "hidden", configurable: true });
                document.dispatchEvent(new Event("visibilitychange"));
            }
            """;

    @Test
    void aLostConnectionIsAChipAfterFiveSecondsAndABarAfterAMinuteAndCaughtUpQuietly() {
        long record = transfer("one", Map.of("note", "before"));
        try (Tab reader = withClock(browsers.as(bobur))) {
            Page page = reader.page();
            page.evaluate(NOTE_WHAT_APPEARS);
            page.evaluate("() => __amanat__.client.stop()");
            aziz.write(TRANSFER, record, Map.of("note", "while it was away"));
            page.clock().runFor(5000);
            page.waitForFunction("() => appeared.chip >= 5000");
            page.clock().runFor(A_MINUTE);
            page.waitForFunction("() => appeared.bar >= " + A_MINUTE);
            awaitSaid(page, "Realtime interrupted");
            Picture.take(page, "interrupted.png");
            page.locator(".o_amanat_outage .btn-close").click();
            assertThat(page.locator(".o_amanat_outage")).hasCount(0);
            status(page).click();

            reader.awaitWatched(2);
            assertThat(reader.cell(name("one"), "note")).hasText("while it was away");
            assertThat(page.locator(".o_amanat_outage, .o_amanat_chip")).hasCount(0);
            awaitSaid(page, "Live again");
            assertThat(page.locator(".o_notification")).hasCount(0);
            assertThat(reader.neverReloaded()).isTrue();
        }
    }

    @Test
    void aPausedTabCountsWhatComesAndShowsItWhenItGoesOn() {
        long one = transfer("one", Map.of("note", "before"));
        long goes = transfer("goes", Map.of());
        try (Tab reader = settled(bobur)) {
            Page page = reader.page();
            status(page).press("Enter");
            assertThat(status(page)).hasAttribute("title", "Paused: press to go on");

            aziz.write(TRANSFER, one, Map.of("note", "between"));
            aziz.write(TRANSFER, one, Map.of("note", "after"));
            aziz.unlink(TRANSFER, List.of(goes));
            assertThat(page.locator(".o_amanat_waiting")).hasText("2");
            assertThat(reader.cell(name("one"), "note")).hasText("before");
            assertThat(reader.row(name("goes"))).isVisible();
            Picture.take(page, "paused.png");

            status(page).press("Enter");
            assertThat(reader.cell(name("one"), "note")).hasText("after");
            assertThat(reader.row(name("goes"))).hasCount(0);
            assertThat(page.locator(".o_amanat_waiting")).hasCount(0);
            assertThat(status(page)).hasAttribute("title", "Live: press to pause");
        }
    }

    @Test
    void aScreenReaderIsToldHowMuchOthersChangedAndNothingPopsUp() {
        List<Long> three = List.of(transfer("one", Map.of()), transfer("two", Map.of()), transfer("three", Map.of()));
        try (Tab reader = withClock(browsers.as(bobur))) {
            Page page = reader.page();
            admin.call(TRANSFER, "write", List.of(three, Map.of("note", "all at once")), Map.of());
            assertThat(reader.cell(name("three"), "note")).hasText("all at once");
            page.clock().runFor(10_000);

            assertThat(said(page)).hasText("Records changed by others: 3");
            assertThat(said(page)).hasAttribute("role", "status");
            assertThat(page.locator(".o_notification")).hasCount(0);
        }
    }

    @Test
    void aPhoneGivesItsConnectionBackWhileNobodyLooksAndCatchesUpOnce() {
        long one = transfer("one", Map.of("note", "before"));
        try (Tab reader = withClock(browsers.phone(bobur))) {
            Page page = reader.page();
            var target = status(page).boundingBox();
            assertThat(target.width).isGreaterThanOrEqualTo(44);
            assertThat(target.height).isGreaterThanOrEqualTo(44);
            Picture.take(page, "phone.png");

            page.evaluate(LOOKED_AT, "hidden");
            page.clock().fastForward(30_000);
            page.waitForFunction("() => __amanat__.client.state === 'idle'");
            aziz.write(TRANSFER, one, Map.of("note", "while nobody looked"));
            reader.forgetCalls();
            page.evaluate(LOOKED_AT, "visible");

            assertThat(reader.cell(name("one"), "note")).hasText("while nobody looked");
            reader.awaitIdle();
            assertThat(reader.reads()).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void theTestMenuGuidesThroughItsTestsAndShowsWhereThisTabStands() {
        try (Page page = browsers.as(bobur).newPage()) {
            page.navigate(lab.url().resolve("/odoo/amanat-test-realtime").toString());
            assertThat(status(page)).isVisible();
            assertThat(
                            page.evaluate(
                                    "() => performance.getEntriesByType('resource').some((it) => it.name.includes('assets_test'))"))
                    .as("only who looks at the test loads it")
                    .isEqualTo(false);
            page.locator("[data-menu-xmlid='amanat_realtime.menu_test_realtime']")
                    .click();
            assertThat(page.locator(".o_amanat_test_connection")).containsText("Live since");
            assertThat(page.locator(".o_amanat_test_watched")).hasText("list " + TEST);

            page.waitForResponse(
                    "**/" + TEST + "/create",
                    () -> page.locator(".o_amanat_test_make").click());
            page.locator(".o_amanat_test_latency button").click();
            assertThat(page.locator(".o_amanat_test_latency")).containsText(Pattern.compile("\\d+ ms from saving"));

            long record = Long.parseLong(
                    page.locator("ol a").first().getAttribute("href").replaceAll(".*/", ""));
            try {
                aziz.write(TEST, record, Map.of("value", 7));
                assertThat(page.locator(".o_amanat_test_passed")).hasText("Seen: changed by Aziz Karimov");
                aziz.write(TEST, record, Map.of("note", "theirs"));
                assertThat(page.locator(".o_amanat_test_passed")).hasCount(2);
                assertThat(page.locator(".o_amanat_test_last"))
                        .containsText("update " + TEST + " " + record + ", by Aziz Karimov");
                page.setViewportSize(1120, 480);
                Picture.take(page, "odoo-realtime-test.png");
            } finally {
                admin.unlink(TEST, List.of(record));
            }
        }
    }

    /** A tab with this test's list whose time the test can let pass. */
    private Tab withClock(BrowserContext browser) {
        browser.clock().install();
        Tab.exposeLists(browser);
        Tab tab = Tab.open(browser, screen.url()).awaitWatched(1).awaitIdle();
        assertThat(status(tab.page())).isVisible();
        return tab;
    }

    private static Locator status(Page page) {
        return page.locator(".o_amanat_status");
    }

    private static Locator said(Page page) {
        return page.locator(".o_amanat_said");
    }

    private static void awaitSaid(Page page, String sentence) {
        page.waitForFunction("(sentence) => said.has(sentence)", sentence);
    }
}
