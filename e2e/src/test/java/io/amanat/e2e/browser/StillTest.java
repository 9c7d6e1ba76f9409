package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import io.amanat.e2e.lab.ListScreen;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page does not jump under a user who has scrolled or selects: what would move it waits, and they are told how much. */
class StillTest extends LabTest {
    private static final String HIGHEST_FIRST = """
            <list editable="bottom" default_order="amount desc, id desc">
                <field name="name"/><field name="state"/><field name="amount"/>
            </list>""";

    private static final String IN_GROUPS = """
            <list editable="bottom" default_order="id" default_group_by="state" expand="1">
                <field name="name"/><field name="state"/><field name="amount"/>
            </list>""";

    private static final String FIVE_ON_A_PAGE = """
            <list default_order="amount desc, id desc" limit="5"><field name="name"/><field name="amount"/></list>""";

    private static final Pattern EXPORT = Pattern.compile("/web/export/(xlsx|csv)");

    @Test
    void whatComesAboveWaitsUntilTheUserWhoHasScrolledWantsToSeeIt() {
        show(HIGHEST_FIRST);
        List<Long> there = transfers(40);
        try (Tab reader = tab(bobur)) {
            Locator list = scrolled(reader);
            double place = reader.row(name("20")).boundingBox().y;

            IntStream.range(100, 103).forEach(amount -> transfer("new" + amount, Map.of("amount", amount)));
            aziz.write(TRANSFER, there.get(1), Map.of("amount", 99.0));

            Locator pill = pill(reader, "3 new · 1 moved");
            assertThat(pill).isVisible();
            assertThat(reader.cell(name("01"), "amount")).hasText("99.00");
            assertThat(reader.page().locator(".o_data_row")).hasCount(40);
            assertThat(reader.row(name("20")).boundingBox().y).isEqualTo(place);
            assertThat(list.evaluate("list => list.scrollTop")).isEqualTo(300);
            Picture.take(reader.page(), "pill.png");

            pill.press("Enter");

            assertThat(reader.page().locator(".o_data_row")).hasCount(43);
            assertThat(reader.page().locator(".o_data_row td[name=amount]").nth(3))
                    .hasText("99.00");
            reader.awaitNew(name("new101"));
            assertThat(pill).hasCount(0);
            assertThat(list).isFocused();
            assertThat(reader.neverReloaded()).isTrue();
        }
    }

    @Test
    void whatWaitsComesByItselfWhenTheUserIsAtTheTopAgain() {
        show(HIGHEST_FIRST);
        transfers(40);
        try (Tab reader = tab(bobur)) {
            Locator list = scrolled(reader);
            transfer("new", Map.of("amount", 100));
            assertThat(pill(reader, "1 new")).isVisible();

            list.evaluate("list => { list.scrollTop = 0; }");

            assertThat(reader.page().locator(".o_data_row").first()).containsText(name("new"));
            assertThat(reader.page().locator(".o_amanat_pill button")).hasCount(0);
        }
    }

    @Test
    void whatComesWaitsWhileTheUserSelectsAndTheSelectionStays() {
        show(HIGHEST_FIRST);
        transfers(3);
        try (Tab reader = tab(bobur)) {
            Locator selected = reader.row(name("01")).locator(".o_list_record_selector input");
            selected.check();
            transfer("new", Map.of("amount", 100));
            assertThat(pill(reader, "1 new")).isVisible();
            assertThat(reader.page().locator(".o_data_row")).hasCount(3);

            pill(reader, "1 new").click();
            assertThat(reader.page().locator(".o_data_row")).hasCount(4);
            assertThat(selected).isChecked();
            assertThat(reader.page().locator(".o_data_row input:checked")).hasCount(1);

            transfer("newer", Map.of("amount", 200));
            assertThat(pill(reader, "1 new")).isVisible();
            selected.uncheck();
            assertThat(reader.page().locator(".o_data_row").first()).containsText(name("newer"));
        }
    }

    @Test
    void whatIsSelectedIsWhatIsExportedWhateverComesMeanwhile() {
        show(HIGHEST_FIRST);
        List<Long> there = transfers(3);
        try (Tab reader = tab(admin)) {
            for (String row : List.of("00", "02")) {
                reader.row(name(row)).locator(".o_list_record_selector input").check();
            }
            transfer("new", Map.of("amount", 100));
            aziz.write(TRANSFER, there.getFirst(), Map.of("amount", 50));
            assertThat(pill(reader, "1 new · 1 moved")).isVisible();

            reader.page().locator(".o_cp_action_menus button:visible").last().click();
            reader.page()
                    .locator(".o-dropdown--menu .o-dropdown-item:has-text('Export')")
                    .first()
                    .click();
            Locator export = reader.page().locator(".modal-footer .o_select_button");
            Request request = reader.page().waitForRequest(EXPORT, export::click);
            assertThat(request.postData()).contains("\"ids\":[%d,%d]".formatted(there.getLast(), there.getFirst()));
        }
    }

    @Test
    void aRowStaysInItsGroupUntilTheUserWhoSelectsWantsToSeeItMove() {
        show(IN_GROUPS);
        List<Long> there = transfers(3);
        transfer("open", Map.of("state", "open"));
        try (Tab reader = tab(bobur)) {
            reader.row(name("00")).locator(".o_list_record_selector input").check();

            aziz.write(TRANSFER, there.get(1), Map.of("state", "open"));

            Locator pill = pill(reader, "1 moved");
            assertThat(pill).isVisible();
            assertThat(reader.page().locator(".o_group_header").first()).containsText("(2)");
            assertThat(names(reader)).hasText(new String[] {name("00"), name("01"), name("02"), name("open")});

            pill.click();
            assertThat(names(reader)).hasText(new String[] {name("00"), name("02"), name("01"), name("open")});
        }
    }

    @Test
    void aRowThatWaitsIsShownOnceWhenTheGroupItGoesToIsFoldedAndUnfolded() {
        show(IN_GROUPS);
        List<Long> there = transfers(3);
        transfer("open", Map.of("state", "open"));
        try (Tab reader = tab(bobur)) {
            reader.row(name("00")).locator(".o_list_record_selector input").check();
            aziz.write(TRANSFER, there.get(1), Map.of("state", "open"));
            assertThat(pill(reader, "1 moved")).isVisible();

            Locator open = reader.page().locator(".o_group_header").nth(1);
            open.click();
            assertThat(names(reader)).hasText(new String[] {name("00"), name("01"), name("02")});
            open.click();

            assertThat(names(reader)).hasText(new String[] {name("00"), name("02"), name("01"), name("open")});
            assertThat(pill(reader, "1 moved")).hasCount(0);
            assertThat(reader.row(name("00")).locator("input:checked")).hasCount(1);
        }
    }

    /** Of so many at once nobody hears which: what came above must not be taken for what pushed the last row off the page. */
    @Test
    void aRowThatIsGoneGoesThoughAsMuchWaitsAboveIt() {
        show(FIVE_ON_A_PAGE);
        List<Long> there = transfers(70);
        try (Tab reader = tab(bobur)) {
            reader.row(name("68")).locator(".o_list_record_selector input").check();
            transfer("new", Map.of("amount", 100));
            assertThat(pill(reader, "1 new")).isVisible();
            assertThat(names(reader))
                    .hasText(new String[] {name("69"), name("68"), name("67"), name("66"), name("65")});

            admin.unlink(TRANSFER, there.subList(0, 66));

            assertThat(names(reader)).hasText(new String[] {name("69"), name("68"), name("67"), name("66")});
            assertThat(pill(reader, "1 new")).isVisible();
        }
    }

    private void show(String arch) {
        screen.close();
        screen = ListScreen.of(admin, TRANSFER, "list", arch, "");
    }

    /** Transfers 00, 01, 02 … with amounts 0, 1, 2 … */
    private List<Long> transfers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> transfer("%02d".formatted(i), Map.of("amount", i)))
                .toList();
    }

    private static Locator scrolled(Tab tab) {
        Locator list = tab.page().locator(".o_list_renderer");
        list.evaluate("list => { list.scrollTop = 300; }");
        return list;
    }

    private static Locator pill(Tab tab, String text) {
        return tab.page()
                .getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(text).setExact(true));
    }

    private static Locator names(Tab tab) {
        return tab.page().locator(".o_data_row td[name=name]");
    }
}
