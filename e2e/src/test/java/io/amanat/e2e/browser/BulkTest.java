package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.amanat.e2e.lab.ListScreen;
import io.amanat.e2e.lab.OdooUser;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Many records changed at once: each view reads once, and a banner names how many of those that its user may see. */
class BulkTest extends FormCase {
    private static final int TASHKENT = 1;
    private static final int SAMARKAND = 2;
    private static final String CARDS =
            "<kanban default_group_by=\"state\"><templates><t t-name=\"card\"><field name=\"amount\"/></t></templates></kanban>";
    private static final String SUMS =
            "<graph><field name=\"state\"/><field name=\"amount\" type=\"measure\"/></graph>";

    /** A banner goes after ten seconds; here it stays until the test has looked at it, however slow the machine. */
    static final String KEEP_BANNERS =
            "globalThis.setTimeout = (later => (done, ms, ...with_) => ms === 10000 ? 0 : later(done, ms, ...with_))(setTimeout)";

    @Test
    void anImportOfAThousandIsOneReadingAndOneQuietBanner() {
        try (Tab reader = open(bobur, ".o_list_renderer")) {
            reader.forgetCalls();
            var rows = IntStream.range(0, 1000)
                    .mapToObj(n -> List.of(name("imported %04d".formatted(n)), "5"))
                    .toList();

            var answer = aziz.call(TRANSFER, "load", List.of(List.of("name", "amount"), rows), Map.of());

            assertThat(answer.path("ids").size()).isEqualTo(1000);
            assertThat(banner(reader)).hasText("1,000 %s changed by Aziz Karimov".formatted(screen.prefix()));
            assertThat(reader.row(name("imported 0000"))).isVisible();
            assertThat(banner(reader).locator("xpath=..")).hasAttribute("role", "status");
            assertThat(reader.page().locator(".o_notification, .modal")).hasCount(0);
            assertReadOnce(reader, "web_search_read");
            assertThat(reader.neverReloaded()).isTrue();
            Picture.take(reader.page(), "bulk.png");

            banner(reader).getByLabel("Close").focus();
            reader.page().keyboard().press("Enter");
            assertThat(banner(reader)).hasCount(0);
        }
    }

    @Test
    void everybodyIsToldOfAsManyAsTheyMaySeeAndWhoSeesNoneNothing() {
        try (Tab some = open(bobur, ".o_list_renderer");
                Tab others = open(lab.user("dilnoza"), ".o_list_renderer")) {
            var here = transfers(100, TASHKENT);
            var there = transfers(60, SAMARKAND);
            write(Stream.concat(here.stream(), there.stream()).toList(), "amount", 7);
            assertThat(banner(some)).containsText("200 ");
            assertThat(banner(others)).containsText("120 ");

            write(here, "amount", 8);
            write(List.of(there.getFirst()), "note", "ONE-OF-THEIRS");
            others.page().waitForCondition(() -> others.frames().stream().anyMatch(it -> it.contains("ONE-OF-THEIRS")));
            assertThat(counts(others)).containsExactly(60, 60);
            assertThat(banner(some)).containsText("300 ");
            assertThat(counts(some)).containsExactly(100, 100, 100);
        }
    }

    /** To whoever does it nothing needs to be said, in none of their tabs. */
    @Test
    void whoDidItSeesItInTheirOtherTabsWithoutABanner() {
        try (Tab other = open(bobur, ".o_list_renderer")) {
            var some = settledTransfers(other);
            banner(other).getByLabel("Close").click();

            bobur.call(TRANSFER, "write", List.of(some, Map.of("note", "mine")), Map.of());

            assertThat(other.cell(name("00"), "note")).hasText("mine");
            assertReadOnce(other, "web_search_read");
            assertThat(counts(other)).containsExactly(60, 0);
            assertThat(banner(other)).hasCount(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"kanban, .o_kanban_renderer, web_read_group", "graph, canvas, formatted_read_group"})
    void otherViewsReadOnceToo(String type, String drawn, String reading) {
        screen.close();
        screen = ListScreen.of(admin, TRANSFER, type, type.equals("graph") ? SUMS : CARDS, "");
        transfer("first", Map.of());
        try (Tab view = open(bobur, drawn)) {
            var some = settledTransfers(view);

            write(some, "amount", 7);

            assertThat(banner(view)).containsText("120 %s changed by".formatted(screen.prefix()));
            assertReadOnce(view, reading);
        }
    }

    @Test
    void anOpenFormIsReadOnceIfItsRecordIsAmongThemAndWhatIsTypedStays() {
        List<Integer> some;
        try (Tab before = open(bobur, ".o_list_renderer")) {
            some = settledTransfers(before);
        }
        long apart = transfer("apart", Map.of());
        try (Tab form = form(some.getFirst());
                Tab another = form(apart)) {
            var text = box(form, "name");
            text.fill(name("typed"));
            form.forgetCalls();

            write(some, "amount", 7);
            write(List.of((int) apart), "amount", 9);

            assertThat(box(form, "amount")).hasValue("7.00");
            assertThat(text).hasValue(name("typed"));
            assertThat(text).isFocused();
            form.awaitIdle();
            assertThat(form.reads()).containsExactly("web_read");
            assertThat(banner(form)).hasCount(0);
            assertThat(box(another, "amount")).hasValue("9.00");
            assertThat(another.frames("reset")).isEmpty();
        }
    }

    private Tab open(OdooUser user, String drawn) {
        var browser = browsers.as(user);
        browser.addInitScript(KEEP_BANNERS);
        Tab.exposeLists(browser);
        Tab tab = Tab.open(browser, screen.url(), drawn).awaitWatched(1).awaitIdle();
        return tab;
    }

    /** Transfers of which this tab has heard; what it asks from now on is counted. */
    private List<Integer> settledTransfers(Tab tab) {
        var some = transfers(60, TASHKENT);
        assertThat(banner(tab)).containsText("60 ");
        tab.awaitIdle();
        tab.forgetCalls();
        return some;
    }

    /** So many transfers of a company, in one transaction. */
    private List<Integer> transfers(int count, int company) {
        var values = IntStream.range(0, count)
                .mapToObj(n -> Map.of("name", name("%02d".formatted(n)), "company_id", company))
                .toList();
        var ids = admin.call(TRANSFER, "create", List.of(values), BOTH_COMPANIES);
        return StreamSupport.stream(ids.spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }

    private void write(List<Integer> records, String field, Object value) {
        admin.call(TRANSFER, "write", List.of(records, Map.of(field, value)), BOTH_COMPANIES);
    }

    private static Locator banner(Tab tab) {
        return tab.page().locator(".o_amanat_bulk");
    }

    /** What the bridge has told of bulks; 0: that there was one. */
    private static List<Integer> counts(Tab tab) {
        return tab.frames("reset").stream()
                .filter(frame -> frame.path("reason").asString().equals("bulk"))
                .map(frame -> frame.path("count").asInt(0))
                .toList();
    }

    private static void assertReadOnce(Tab tab, String reading) {
        tab.page().waitForCondition(() -> tab.calls().contains(reading));
        tab.awaitIdle();
        assertThat(tab.calls().stream().filter(it -> it.contains("read"))).containsExactly(reading);
    }
}
