package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.e2e.OneOfAll;
import io.amanat.e2e.lab.ListScreen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Graphs, pivot tables and calendars follow what others save, and keep what their user has done to them. */
class AggregatesTest extends LabTest {
    private static final String GRAPH =
            "<graph><field name=\"state\"/><field name=\"amount\" type=\"measure\"/></graph>";
    private static final String BY_STATE =
            "<graph stacked=\"0\"><field name=\"date\"/><field name=\"state\"/><field name=\"amount\" type=\"measure\"/></graph>";
    private static final String PIVOT =
            "<pivot><field name=\"state\" type=\"row\"/><field name=\"amount\" type=\"measure\"/></pivot>";
    private static final String CALENDAR =
            "<calendar date_start=\"date\" mode=\"month\" quick_create=\"0\"><field name=\"amount\"/></calendar>";
    private static final String CHART = "document.querySelector('.o_graph_renderer canvas')";
    private static final String BARS =
            "() => JSON.stringify(Chart.getChart(%s).data.datasets.map(({ data }) => data))".formatted(CHART);
    private static final String KEEP_OUTCOMES = """
            () => {
                globalThis.amanatOutcomes = [];
                for (const { port } of __amanat__.views) {
                    const { reload } = port;
                    port.reload = async () => {
                        const outcome = await reload();
                        amanatOutcomes.push(outcome);
                        return outcome;
                    };
                }
            }""";

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aGraphFollowsWithoutAnimationOnTheSameCanvas(Author author) {
        show("graph", GRAPH);
        long record = transfer("one", Map.of("amount", 5, "state", "open"));
        try (Tab graph = tab("canvas")) {
            awaitBars(graph, "[[5]]");
            graph.page().evaluate("() => { %s.amanatSame = true; }".formatted(CHART));

            by(author).write(TRANSFER, record, Map.of("amount", 8));

            awaitBars(graph, "[[8]]");
            assertThat(graph.page().evaluate("() => %s.amanatSame".formatted(CHART)))
                    .isEqualTo(true);
            assertThat(graph.page().evaluate("() => Chart.getChart(%s).options.animation.duration".formatted(CHART)))
                    .isEqualTo(0);
            assertEnds(graph, record, Map.of("amount", 8.0));
        }
    }

    @Test
    void whatIsSwitchedOffInALegendStaysOff() {
        show("graph", BY_STATE);
        long record = transfer("one", Map.of("amount", 5, "state", "open"));
        transfer("two", Map.of("amount", 7, "state", "done"));
        try (Tab graph = tab("canvas")) {
            awaitBars(graph, "[[7],[5]]");
            graph.page().evaluate("() => Chart.getChart(%s).hide(0)".formatted(CHART));

            move(record, Map.of("amount", 6));

            awaitBars(graph, "[[7],[6]]");
            assertThat(graph.page()
                            .evaluate(
                                    "() => [0, 1].map(at => Chart.getChart(%s).isDatasetVisible(at))".formatted(CHART)))
                    .isEqualTo(List.of(false, true));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aPivotTableFollowsAndKeepsWhatIsUnfolded(Author author) {
        show("pivot", PIVOT);
        long record = transfer("one", Map.of("amount", 5, "state", "open"));
        transfer("two", Map.of("amount", 7, "state", "done"));
        try (Tab pivot = tab(".o_pivot table")) {
            unfold(pivot, "Open", "Sender");
            assertThat(pivot.page().locator(".o_pivot tbody tr")).hasCount(4);

            by(author).write(TRANSFER, record, Map.of("amount", 8));

            assertThat(pivot.page().locator(".o_pivot tbody")).containsText("8.00");
            assertThat(pivot.page().locator(".o_pivot tbody")).containsText("15.00");
            assertThat(pivot.page().locator(".o_pivot tbody tr")).hasCount(4);
            assertEnds(pivot, record, Map.of("amount", 8.0));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aCalendarFollowsButNotUnderTheOpenPopover(Author author) {
        show("calendar", CALENDAR);
        long record = transfer("one", Map.of("amount", 5));
        try (Tab calendar = tab(".o_calendar_renderer .fc-event")) {
            calendar.page().locator(".fc-event").click();
            var popover = calendar.page().locator(".o_cw_popover");
            assertThat(popover).containsText("5.00");
            calendar.page().evaluate(KEEP_OUTCOMES);

            by(author).write(TRANSFER, record, Map.of("name", name("renamed"), "amount", 8));
            calendar.page().waitForFunction("() => amanatOutcomes.includes('busy')");
            assertThat(popover).containsText("5.00");

            popover.locator(".o_cw_popover_close").click();
            assertThat(calendar.page().locator(".fc-event")).containsText(name("renamed"));
            assertEnds(calendar, record, Map.of("name", name("renamed"), "amount", 8.0));
        }
    }

    @Test
    void aNewRecordAppearsInACalendarAndADeletedOneGoes() {
        show("calendar", CALENDAR);
        transfer("one", Map.of());
        try (Tab calendar = tab(".o_calendar_renderer .fc-event")) {
            long second = transfer("two", Map.of());
            assertThat(calendar.page().locator(".fc-event")).hasCount(2);

            admin.unlink(TRANSFER, List.of(second));
            assertThat(calendar.page().locator(".fc-event")).hasCount(1);
        }
    }

    private void show(String type, String arch) {
        screen.close();
        screen = ListScreen.of(admin, TRANSFER, type, arch, "");
    }

    private Tab tab(String drawn) {
        var browser = browsers.as(bobur);
        Tab.exposeLists(browser);
        return Tab.open(browser, screen.url(), drawn).awaitWatched(1).awaitIdle();
    }

    private static void awaitBars(Tab graph, String bars) {
        graph.page().waitForCondition(() -> bars.equals(graph.page().evaluate(BARS)));
    }

    private static void unfold(Tab pivot, String row, String field) {
        pivot.page().locator(".o_pivot tbody th:has-text('%s')".formatted(row)).click();
        pivot.page()
                .locator(".o-dropdown--menu .o-dropdown-item:has-text('%s')".formatted(field))
                .click();
    }
}
