package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.e2e.lab.ListScreen;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a change makes Odoo render the list: each time it works out every row anew, and that is nearly all that a change costs. */
class RenderingTest extends LabTest {
    private static final String ARCH = """
            <list default_order="amount, id">
                <field name="name"/><field name="amount"/><field name="note"/>
            </list>""";

    private static final String COUNT = """
            async () => {
                await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
                const { ListRenderer } = odoo.loader.modules.get("@web/views/list/list_renderer");
                const { computeAggregates } = ListRenderer.prototype;
                globalThis.renderings = 0;
                ListRenderer.prototype.computeAggregates = function () {
                    globalThis.renderings++;
                    return computeAggregates.apply(this, arguments);
                };
            }""";

    /** What marks there were have faded, and what that would draw is drawn. */
    private static final String FADED = """
            async () => {
                const marks = Object.values(__amanat__.highlights.bare);
                await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
                return marks.length > 0 && marks.every(({ count }) => count === 0);
            }""";

    @BeforeEach
    void putInOrder() {
        screen.close();
        screen = ListScreen.of(admin, TRANSFER, "list", ARCH, "");
        transfer("one", Map.of("amount", 1));
        transfer("two", Map.of("amount", 2));
    }

    @Test
    void aChangedValueAndItsMarkAreOneAndTheFadingIsNone() {
        long three = transfer("three", Map.of("amount", 3));
        try (Tab tab = counting()) {
            aziz.write(TRANSFER, three, Map.of("note", "after"));

            assertThat(tab.cell(name("three"), "note")).hasText("after");
            tab.awaitChanged(name("three"), "note");
            assertThat(renderings(tab)).isEqualTo(1);
        }
    }

    @Test
    void aRowThatMovesIsOne() {
        long three = transfer("three", Map.of("amount", 3));
        try (Tab tab = counting()) {
            aziz.write(TRANSFER, three, Map.of("amount", 0.5));

            assertThat(tab.page().locator(".o_data_row").first()).containsText(name("three"));
            assertThat(renderings(tab)).isEqualTo(1);
        }
    }

    @Test
    void aRowThatComesIsOne() {
        try (Tab tab = counting()) {
            aziz.create(TRANSFER, Map.of("name", name("half"), "amount", 0.5));

            assertThat(tab.page().locator(".o_data_row").first()).containsText(name("half"));
            tab.awaitNew(name("half"));
            assertThat(renderings(tab)).isEqualTo(1);
        }
    }

    private Tab counting() {
        Tab tab = tab(bobur);
        tab.page().evaluate(COUNT);
        return tab;
    }

    private static int renderings(Tab tab) {
        tab.page().waitForCondition(() -> Boolean.TRUE.equals(tab.page().evaluate(FADED)));
        return (int) tab.page().evaluate("renderings");
    }
}
