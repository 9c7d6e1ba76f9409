package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.amanat.e2e.OneOfAll;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Records that come into and go out of what a list shows, without the list asking Odoo. */
class SightTest extends LabTest {

    @Test
    void aRecordThatGoesToAnotherCompanyLeaves() {
        transfer("stays", Map.of());
        long goes = transfer("goes", Map.of());
        try (Tab reader = settled(bobur)) {
            assertThat(reader.row(name("goes"))).isVisible();

            move(goes, Map.of("company_id", 2));

            assertThat(reader.row(name("goes"))).hasCount(0);
            assertThat(reader.row(name("stays"))).isVisible();
            assertThat(reader.frames("reset")).isEmpty();
            assertThat(reader.reads()).isEmpty();
            assertThat(reader.neverReloaded()).isTrue();
        }
    }

    @Test
    void aRecordThatComesFromAnotherCompanyAppearsInItsPlace() {
        transfer("first", Map.of());
        long comes = transfer("comes", Map.of("note", "hello"));
        transfer("last", Map.of());
        move(comes, Map.of("company_id", 2));
        try (Tab reader = settled(bobur)) {
            assertThat(reader.row(name("comes"))).hasCount(0);

            move(comes, Map.of("company_id", 1));

            assertThat(reader.cell(name("comes"), "note")).hasText("hello");
            reader.awaitNew(name("comes"));
            assertThat(reader.page().locator(".o_data_row td[name=name]"))
                    .hasText(new String[] {name("first"), name("comes"), name("last")});
            assertThat(reader.reads()).isEmpty();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aFilteredListLosesAndGainsRows(Author author) {
        filter("('state', '=', 'open')");
        long opens = transfer("opens", Map.of("state", "draft"));
        long closes = transfer("closes", Map.of("state", "open"));
        try (Tab reader = settled(bobur)) {
            assertThat(reader.row(name("closes"))).isVisible();

            by(author).write(TRANSFER, opens, Map.of("state", "open"));
            by(author).write(TRANSFER, closes, Map.of("state", "done", "note", "OF-NO-INTEREST"));

            assertThat(reader.row(name("opens"))).isVisible();
            assertThat(reader.row(name("closes"))).hasCount(0);
            assertThat(reader.frames()).noneMatch(frame -> frame.contains("OF-NO-INTEREST"));
            assertThat(reader.reads()).isEmpty();
            assertEnds(reader, opens, Map.of("state", "open"));
            assertEnds(reader, closes, Map.of("state", "done"));
            Picture.take(reader.page(), "filtered-list.png");
        }
    }

    @Test
    void aListWhoseDomainTheBridgeCannotJudgeFollowsByReading() {
        filter("('sender_id', 'ilike', '%s')".formatted("Akbar of the list"));
        long sender = admin.create("res.partner", Map.of("name", "Akbar of the list"));
        long comes = transfer("comes", Map.of());
        long goes = transfer("goes", Map.of("sender_id", sender));
        try (Tab reader = settled(bobur)) {
            aziz.write(TRANSFER, comes, Map.of("sender_id", sender));
            aziz.write(TRANSFER, goes, Map.of("sender_id", false));

            assertThat(reader.row(name("comes"))).isVisible();
            assertThat(reader.row(name("goes"))).hasCount(0);
            assertThat(reader.reads()).isNotEmpty().containsOnly("web_search_read");
        }
    }

    @Test
    void anArchivedRecordLeavesAndComesBack() {
        long record = transfer("one", Map.of());
        try (Tab reader = settled(bobur)) {
            aziz.write(TRANSFER, record, Map.of("active", false));
            assertThat(reader.row(name("one"))).hasCount(0);

            aziz.write(TRANSFER, record, Map.of("active", true));
            assertThat(reader.row(name("one"))).isVisible();
            assertThat(reader.reads()).isEmpty();
        }
    }

    @Test
    void aDeletedRecordLeaves() {
        transfer("stays", Map.of());
        long goes = transfer("goes", Map.of());
        try (Tab reader = settled(bobur)) {
            aziz.unlink(TRANSFER, List.of(goes));

            assertThat(reader.row(name("goes"))).hasCount(0);
            assertThat(reader.row(name("stays"))).isVisible();
            assertThat(reader.reads()).isEmpty();
        }
    }

    @Test
    void aRowMovesWhenTheFieldChangesThatTheUserSortedBy() {
        long one = transfer("one", Map.of("amount", 1.0));
        transfer("two", Map.of("amount", 2.0));
        try (Tab reader = settled(bobur)) {
            reader.awaitWatchedAfter(
                    () -> reader.page().locator("th[data-name=amount]").click());
            reader.awaitIdle().forgetCalls();

            aziz.write(TRANSFER, one, Map.of("amount", 3.0));

            assertThat(reader.page().locator(".o_data_row td[name=name]"))
                    .hasText(new String[] {name("two"), name("one")});
            assertThat(reader.reads()).isEmpty();
        }
    }

    @Test
    void aRowSomebodyWritesInStaysWhenItIsDeletedAndTheyAreTold() {
        transfer("stays", Map.of());
        long goes = transfer("goes", Map.of("note", "abc"));
        try (Tab reader = settled(bobur)) {
            reader.cell(name("goes"), "note").click();
            Locator input = reader.page()
                    .locator(".o_selected_row td[name=note]")
                    .locator("input, textarea")
                    .first();
            input.press("End");
            input.pressSequentially("XYZ");

            aziz.unlink(TRANSFER, List.of(goes));

            assertThat(reader.page().locator(".o_notification")).containsText("was deleted by Aziz Karimov");
            assertThat(input).hasValue("abcXYZ");
            assertThat(input).isFocused();
            Picture.take(reader.page(), "deleted-while-typing.png");

            reader.page().locator(".o_list_button_discard:visible").first().click();
            assertThat(reader.row(name("goes"))).hasCount(0);
        }
    }
}
