package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import io.amanat.e2e.lab.ListScreen;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A page of very many rows: those around what its user looks at are drawn, and all of it works as ever. */
class LongListTest extends LabTest {
    private static final int MANY = 800;
    private static final String ALL_ON_ONE_PAGE = """
            <list editable="bottom" default_order="id" limit="2000">
                <field name="name"/><field name="state"/><field name="amount" sum="All"/>
            </list>""";

    /** Which fields of the fourth row are read from now on. */
    private static final String NOTE_READS = """
            () => {
                const { toRaw } = __OWL_DEVTOOLS__;
                const [{ live }] = __amanat__.lists;
                const row = toRaw(toRaw(live.list.model.root).records[3]);
                globalThis.fieldsRead = new Set();
                row.data = new Proxy(row.data, {
                    get: (data, name) => {
                        if (typeof name === "string") {
                            globalThis.fieldsRead.add(name);
                        }
                        return data[name];
                    },
                });
            }""";

    /** Rows that go on one side of it while others come on the other would take the focus from the one in the middle. */
    @Test
    void theRowThatIsWrittenInKeepsItsFocusWhateverComesAndGoesAroundIt() {
        screen.close();
        screen = ListScreen.of(admin, TRANSFER, "list", ALL_ON_ONE_PAGE, "");
        JsonNode ids = transfers();
        try (Tab reader = tab(bobur)) {
            Locator list = reader.page().locator(".o_list_renderer");
            reader.page().waitForCondition(() -> {
                list.evaluate("list => { list.scrollTop = list.scrollHeight / 2; }");
                return reader.row(name("400")).isVisible();
            });
            reader.cell(name("400"), "amount").click();
            Locator input = reader.page().locator(".o_selected_row td[name=amount] input");
            input.fill("7");
            input.evaluate("input => input.addEventListener('blur', () => { window.amanatBlurred = true; })");
            assertThat(reader.row(name("100"))).hasCount(0);
            assertThat(reader.row(name("700"))).hasCount(0);
            Locator sum = reader.page().locator("tfoot .o_list_number");

            List<Integer> gone = List.of(3, 390, 410, 790, 120, 121);
            for (int row : gone) {
                admin.unlink(TRANSFER, List.of(ids.path(row).asLong()));
                assertThat(sum).containsText("%d.00".formatted(MANY - 1 - gone.indexOf(row)));
                assertThat(input).isFocused();
            }
            transfer("last", Map.of("amount", 50));
            assertThat(reader.page().locator(".o_amanat_pill button")).hasText("1 new");
            assertThat(input).isFocused();
            assertThat(input).hasValue("7");
            assertThat(reader.page().evaluate("() => window.amanatBlurred")).isNull();

            input.press("Enter");
            assertThat(reader.page().locator(".o_selected_row td[name=name] input"))
                    .hasValue(name("401"));
            assertThat(OdooPage.number(admin, TRANSFER, ids.path(400).asLong(), "amount"))
                    .isEqualTo(7.0);
            assertThat(reader.neverReloaded()).isTrue();
        }
    }

    private JsonNode transfers() {
        return admin.call(
                TRANSFER,
                "create",
                List.of(IntStream.range(0, MANY)
                        .mapToObj(i -> Map.of("name", name("%03d".formatted(i)), "amount", 1))
                        .toList()),
                Map.of());
    }

    @Test
    void theRowsInSightAreDrawnAndStayFresh() {
        screen.close();
        screen = ListScreen.of(admin, TRANSFER, "list", ALL_ON_ONE_PAGE, "");
        JsonNode ids = transfers();
        try (Tab reader = tab(bobur)) {
            Locator rows = reader.page().locator(".o_data_row");
            Locator list = reader.page().locator(".o_list_renderer");
            assertThat(rows).hasCount(200);

            reader.page().waitForCondition(() -> {
                list.evaluate("list => { list.scrollTop = list.scrollHeight; }");
                return reader.row(name("799")).isVisible();
            });
            assertThat(reader.row(name("000"))).hasCount(0);
            int whole = (int) list.evaluate("list => list.scrollHeight");

            reader.page().evaluate(NOTE_READS);
            aziz.write(TRANSFER, ids.path(790).asLong(), Map.of("amount", 5));
            assertThat(reader.cell(name("790"), "amount")).hasText("5.00");
            assertThat(reader.page().evaluate("[...fieldsRead]"))
                    .as("of a row out of sight, what is summed")
                    .isEqualTo(List.of("amount"));
            aziz.write(TRANSFER, ids.path(3).asLong(), Map.of("amount", 6));
            assertThat(reader.page().locator("tfoot .o_list_number")).containsText("809.00");

            reader.cell(name("700"), "amount").click();
            Locator input = reader.page().locator(".o_selected_row td[name=amount] input");
            input.fill("7");
            list.evaluate("list => { list.scrollTop = 0; }");
            assertThat(reader.cell(name("003"), "amount")).hasText("6.00");
            assertThat((int) list.evaluate("list => list.scrollHeight")).isCloseTo(whole, within(60));
            assertThat(input).hasValue("7");
            assertThat(input).isFocused();
            input.press("Enter");
            assertThat(reader.page().locator(".o_selected_row td[name=name] input"))
                    .hasValue(name("701"));
            assertThat(OdooPage.number(admin, TRANSFER, ids.path(700).asLong(), "amount"))
                    .isEqualTo(7.0);
            assertThat(reader.neverReloaded()).isTrue();
        }
    }
}
