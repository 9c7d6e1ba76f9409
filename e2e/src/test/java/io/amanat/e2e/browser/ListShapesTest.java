package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.amanat.e2e.OneOfAll;
import io.amanat.e2e.lab.ListScreen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Lists that are grouped, paged, empty or in a dialog follow as simple ones do. */
class ListShapesTest extends LabTest {
    private static final String SHOWN = """
            <field name="name"/><field name="state"/><field name="amount" sum="All"/></list>""";

    private static final String ORDER = "amanat.order";
    private static final String ORDERS = """
            <list default_group_by="transfer_ids" expand="1"><field name="name"/><field name="total"/></list>""";

    private static final String OPEN_IN_A_DIALOG = """
            (domain) => {
                const { SelectCreateDialog } = odoo.loader.modules.get("@web/views/view_dialogs/select_create_dialog");
                const props = { resModel: "amanat.transfer", domain, noCreate: true };
                odoo.__WOWL_DEBUG__.root.env.services.dialog.add(SelectCreateDialog, props);
            }
            """;

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void headersAndSumsFollowInGroupsWithinGroupsAndWhatIsFoldedStaysSo(Author author) {
        show("default_order='id' default_group_by='state,company_id'");
        long goes = transfer("goes", Map.of("amount", 5));
        transfer("stays", Map.of("amount", 7));
        transfer("there", Map.of("amount", 1, "state", "open"));
        try (Tab reader = tab(bobur)) {
            Locator draft = header(reader, "Draft");
            draft.click();
            header(reader, "(2)").nth(1).click();
            assertThat(reader.row(name("goes"))).isVisible();
            assertThat(draft).containsText("12.00");
            reader.awaitIdle().forgetCalls();

            by(author).write(TRANSFER, goes, Map.of("state", "open"));

            assertThat(header(reader, "Draft (1)")).containsText("7.00");
            assertThat(header(reader, "Open (2)")).containsText("6.00");
            assertThat(reader.row(name("goes"))).hasCount(0);
            assertThat(reader.row(name("stays"))).isVisible();
            assertThat(reader.row(name("there"))).hasCount(0);
            assertThat(reader.page().locator("tfoot")).containsText("13.00");
            assertEnds(reader, goes, Map.of("state", "open", "amount", 5.0));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aRecordInTwoGroupsFollowsInBoth(Author author) {
        screen.close();
        screen = ListScreen.of(admin, ORDER, "list", ORDERS, "");
        List<Long> transfers = List.of(transfer("a", Map.of()), transfer("b", Map.of()));
        Object both = List.of(List.of(6, 0, transfers));
        long order = admin.create(ORDER, Map.of("name", name("order"), "total", 1, "transfer_ids", both));
        try (Tab reader = tab(bobur)) {
            assertThat(reader.cell(name("order"), "total")).hasText(new String[] {"1.00", "1.00"});

            by(author).write(ORDER, order, Map.of("total", 9));
            assertThat(reader.cell(name("order"), "total")).hasText(new String[] {"9.00", "9.00"});

            by(author).write(ORDER, order, Map.of("transfer_ids", List.of(List.of(3, transfers.getLast()))));
            assertThat(reader.row(name("order"))).hasCount(1);
            assertEnds(reader, ORDER, order, Map.of("total", 9.0, "transfer_ids", transfers.getFirst()));
        } finally {
            admin.unlink(ORDER, List.of(order));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aPageTakesInWhatTheOneBeforeItPushesOffAndOneThatEmptiesGivesWayToTheFirst(Author author) {
        show("default_order='amount desc' limit='2'");
        List<Long> there = new ArrayList<>();
        for (int amount : new int[] {40, 30, 20}) {
            there.add(transfer("of" + amount, Map.of("amount", amount)));
        }
        try (Tab reader = tab(bobur)) {
            reader.page().locator(".o_pager_next").click();
            assertThat(names(reader)).hasText(new String[] {name("of20")});
            reader.awaitIdle().forgetCalls();

            long before = by(author).create(TRANSFER, Map.of("name", name("of50"), "amount", 50));
            assertThat(names(reader)).hasText(new String[] {name("of30"), name("of20")});
            assertThat(reader.page().locator(".o_pager")).containsText("3-4 / 4");
            assertEnds(reader, before, Map.of("amount", 50.0));

            by(author).unlink(TRANSFER, there.subList(1, 3));
            assertThat(names(reader)).hasText(new String[] {name("of50"), name("of40")});
            assertThat(reader.neverReloaded()).isTrue();
        }
    }

    @Test
    void theFirstPageOfManyFollowsWithoutAskingOdoo() {
        show("default_order='amount desc' limit='2'");
        long first = transfer("of40", Map.of("amount", 40));
        long second = transfer("of30", Map.of("amount", 30));
        long behind = transfer("of20", Map.of("amount", 20));
        try (Tab reader = tab(bobur)) {
            Locator rows = names(reader);
            Locator pager = reader.page().locator(".o_pager");
            readLongAgo(reader);

            transfer("of35", Map.of("amount", 35));
            assertThat(rows).hasText(new String[] {name("of40"), name("of35")});
            assertThat(pager).containsText("1-2 / 4");

            transfer("of10", Map.of("amount", 10));
            assertThat(pager).containsText("1-2 / 5");

            admin.unlink(TRANSFER, List.of(behind, second));
            assertThat(pager).containsText("1-2 / 3");

            aziz.write(TRANSFER, first, Map.of("amount", 36));
            assertThat(reader.cell(name("of40"), "amount")).hasText("36.00");
            aziz.write(TRANSFER, first, Map.of("amount", 35.5));
            assertThat(reader.cell(name("of40"), "amount")).hasText("35.50");
            assertThat(rows).hasText(new String[] {name("of40"), name("of35")});
            assertThat(reader.reads()).isEmpty();

            aziz.write(TRANSFER, first, Map.of("amount", 1));
            assertThat(rows).hasText(new String[] {name("of35"), name("of10")});
            assertThat(reader.reads()).containsOnly("web_search_read");
            assertThat(reader.neverReloaded()).isTrue();
        }
    }

    /** Odoo leaves such a row where it was: what stands last on the page says nothing of what the next one holds. */
    @Test
    void aFirstPageWhoseOrderItsUserHasChangedIsReadWhenARowComes() {
        show("default_order='amount desc' limit='2' editable='bottom'");
        for (int amount : new int[] {40, 30, 20}) {
            transfer("of" + amount, Map.of("amount", amount));
        }
        try (Tab reader = tab(admin)) {
            reader.cell(name("of30"), "amount").click();
            reader.page().locator(".o_selected_row [name=amount] input").fill("1");
            reader.page().locator(".o_list_button_save:visible").click();
            assertThat(reader.page().locator(".o_selected_row")).hasCount(0);
            assertThat(names(reader)).hasText(new String[] {name("of40"), name("of30")});

            transfer("of12", Map.of("amount", 12));

            assertThat(names(reader)).hasText(new String[] {name("of40"), name("of20")});
            assertThat(reader.neverReloaded()).isTrue();
        }
    }

    /** What is told long after Odoo has answered cannot be in that answer: here it answers while the page's clock is slow. */
    private void readLongAgo(Tab reader) {
        reader.page()
                .evaluate(
                        "() => { const now = Date.now; Date.now = () => now() - 3_600_000; window.untilNow = () => (Date.now = now); }");
        reader.page().locator(".o_pager_next").click();
        assertThat(names(reader)).hasText(new String[] {name("of20")});
        reader.page().locator(".o_pager_previous").click();
        assertThat(names(reader)).hasText(new String[] {name("of40"), name("of30")});
        reader.awaitIdle();
        reader.page().evaluate("() => window.untilNow()");
        reader.forgetCalls();
    }

    @Test
    void theFirstRecordTakesThePlaceOfSamples() {
        show("sample='1'");
        try (Tab reader = tab(bobur)) {
            assertThat(reader.page().locator(".o_view_sample_data")).isVisible();

            transfer("one", Map.of());

            assertThat(reader.row(name("one"))).isVisible();
            assertThat(reader.page().locator(".o_view_sample_data")).hasCount(0);
            assertThat(reader.page().locator(".o_data_row")).hasCount(1);
        }
    }

    @Test
    void aListInADialogFollowsToo() {
        show("default_order='id'");
        long record = transfer("one", Map.of("state", "open"));
        try (Tab reader = tab(bobur)) {
            reader.page().evaluate(OPEN_IN_A_DIALOG, List.of(List.of("name", "=like", screen.prefix() + "%")));
            Locator dialog = reader.page().locator(".modal .o_list_renderer");
            assertThat(dialog.locator(".o_data_row")).hasCount(1);
            reader.awaitWatched(2);

            aziz.write(TRANSFER, record, Map.of("state", "done"));
            assertThat(dialog.locator(".o_data_row")).containsText("Done");
            transfer("two", Map.of());
            assertThat(dialog.locator(".o_data_row")).hasCount(2);
            assertThat(reader.page().locator(".o_action_manager .o_data_row")).hasCount(2);
        }
    }

    private void show(String attributes) {
        screen.close();
        screen = ListScreen.of(admin, TRANSFER, "list", "<list %s>".formatted(attributes) + SHOWN, "");
    }

    private static Locator header(Tab tab, String text) {
        return tab.page().locator(".o_group_header").filter(new Locator.FilterOptions().setHasText(text));
    }

    private static Locator names(Tab tab) {
        return tab.page().locator(".o_data_row td[name=name]");
    }
}
