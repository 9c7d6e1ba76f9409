package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import io.amanat.e2e.OneOfAll;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** An open form shows what others save, field by field, and leaves alone what its user is doing. */
class FormFollowsTest extends FormCase {
    private static final String EDITED = "([id, field]) => __amanat__.editing.isEditing('amanat.transfer', id, field)";
    private static final String AS_AN_ONCHANGE_DOES =
            "() => [...__amanat__.forms][0].port.model.root._applyChanges({}, { amount: 99 })";

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aCleanFormFollowsAtOnceAndKeepsFocusAndCaret(Author author) {
        long transfer = transfer("one", Map.of("amount", 5.0));
        try (Tab form = form(transfer)) {
            Locator amount = box(form, "amount");
            amount.click();
            amount.press("Home");
            amount.press("ArrowRight");

            by(author).write(TRANSFER, transfer, Map.of("name", name("two"), "sender_id", 3, "state", "open"));

            assertThat(box(form, "name")).hasValue(name("two"));
            assertThat(box(form, "sender_id")).hasValue(Pattern.compile(".+"));
            assertThat(form.page().locator(".o_arrow_button_current")).hasText("Open");
            assertThat(amount).isFocused();
            assertThat(amount).hasJSProperty("selectionStart", 1);
            assertThat(saveButton(form)).isHidden();
            assertEnds(form, transfer, Map.of("name", name("two"), "sender_id", 3L, "state", "open", "amount", 5.0));
        }
    }

    @Test
    void valuesThatTravelCostOdooNothing() {
        long transfer = transfer("one", Map.of("amount", 5.0));
        try (Tab form = form(transfer)) {
            form.forgetCalls();

            aziz.write(TRANSFER, transfer, Map.of("amount", 6.0));

            assertThat(box(form, "amount")).hasValue("6.00");
            assertThat(form.awaitIdle().reads()).isEmpty();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aFormWithTypedTextKeepsItAndShowsEverythingElse(Author author) {
        long transfer = transfer("one", Map.of("amount", 5.0));
        try (Tab form = form(transfer)) {
            type(box(form, "name"), "XYZ");

            by(author).write(TRANSFER, transfer, Map.of("amount", 77.5));

            assertThat(box(form, "amount")).hasValue("77.50");
            assertTyped(box(form, "name"), name("oneXYZ"));
            assertThat(bar(form)).hasCount(0);

            save(form);
            assertEnds(form, transfer, Map.of("name", name("oneXYZ"), "amount", 77.5));
        }
    }

    @Test
    void whatIsTypedCountsAsEditedUntilItIsSaved() {
        long transfer = transfer("one", Map.of("amount", 5.0));
        try (Tab form = form(transfer)) {
            type(box(form, "name"), "XYZ");

            form.page().waitForFunction(EDITED, List.of((int) transfer, "name"));
            assertThat(form.page().evaluate(EDITED, List.of((int) transfer, "amount")))
                    .isEqualTo(false);
            save(form);
            form.page().waitForFunction("id => !__amanat__.editing.isEditing('amanat.transfer', id)", (int) transfer);
        }
    }

    @Test
    void whatAnOnchangeHasSetIsNotTheUsersAndFollows() {
        long transfer = transfer("one", Map.of("amount", 5.0));
        try (Tab form = form(transfer)) {
            box(form, "name").fill(name("mine"));
            box(form, "amount").focus();
            form.page().evaluate(AS_AN_ONCHANGE_DOES);
            assertThat(box(form, "amount")).hasValue("99.00");

            aziz.write(TRANSFER, transfer, Map.of("amount", 31.0));

            assertThat(box(form, "amount")).hasValue("31.00");
            assertThat(bar(form)).hasCount(0);
            save(form);
            assertThat(read(transfer, "amount").asDouble()).isEqualTo(31.0);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(OneOfAll.class)
    void aMany2oneWithTheFocusWaitsUntilItIsLeft(Author author) {
        long partner = admin.create("res.partner", Map.of("name", name("partner")));
        long transfer = transfer("one", Map.of("amount", 5.0));
        try (Tab form = form(transfer)) {
            Locator sender = box(form, "sender_id");
            sender.click();
            sender.pressSequentially("Adm");

            by(author).write(TRANSFER, transfer, Map.of("sender_id", partner, "amount", 31.0));

            assertThat(box(form, "amount")).hasValue("31.00");
            assertThat(sender).hasValue("Adm");
            assertThat(sender).isFocused();

            box(form, "name").click();
            assertThat(sender).hasValue(name("partner"));
            assertThat(bar(form)).hasCount(0);
            assertEnds(form, transfer, Map.of("sender_id", partner, "amount", 31.0));
        } finally {
            admin.write("res.partner", partner, Map.of("active", false));
        }
    }

    @Test
    void whatOneTabSavesTheOtherTabOfTheSameUserShows() {
        long transfer = transfer("one", Map.of("amount", 5.0));
        BrowserContext browser = browsers.as(bobur);
        try (Tab first = form(browser, transfer);
                Tab second = form(browser, transfer)) {
            type(box(first, "name"), "XYZ");
            box(second, "amount").fill("31");
            save(second);

            assertThat(box(first, "amount")).hasValue("31.00");
            assertThat(box(first, "name")).hasValue(name("oneXYZ"));
            assertThat(bar(first)).hasCount(0);
            save(first);
            assertEnds(first, transfer, Map.of("name", name("oneXYZ"), "amount", 31.0));
        }
    }

    @Test
    void theRecordThatThePagerGoesToIsFollowed() {
        long first = transfer("one", Map.of("amount", 5.0));
        long second = transfer("two", Map.of("amount", 5.0));
        try (Tab form = Tab.open(browsers.as(bobur), screen.url()).awaitWatched(1)) {
            form.page().evaluate(OPEN, List.of((int) first, (int) second));
            form.awaitFormWatched(1);
            form.page().locator(".o_pager_next").click();
            assertThat(box(form, "name")).hasValue(name("two"));

            aziz.write(TRANSFER, second, Map.of("amount", 31.0));

            assertThat(box(form, "amount")).hasValue("31.00");
        }
    }

    private static final String OPEN = """
            ([first, second]) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction(
                { type: "ir.actions.act_window", res_model: "amanat.transfer", res_id: first, views: [[false, "form"]] },
                { props: { resIds: [first, second] } })
            """;
}
