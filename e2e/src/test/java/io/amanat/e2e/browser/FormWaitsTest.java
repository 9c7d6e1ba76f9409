package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What others save waits for Odoo, or for the user to leave a field; nothing is lost by it. */
class FormWaitsTest extends FormCase {
    private static final String VIEW = "ir.ui.view";
    private static final String ONCHANGES = "**/onchange";
    private static final String OPEN = """
            ([record, view]) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction(
                { type: "ir.actions.act_window", res_model: "amanat.transfer", res_id: record, views: [[view, "form"]] })
            """;

    @Test
    void whatIsTypedInTwoFieldsWhileOdooWorksOutAnOnchangeIsKeptAndAsked() {
        long transfer = transfer("one", Map.of("amount", 5.0));
        payment(transfer, "P1", 1);
        List<Route> held = new ArrayList<>();
        try (Tab form = form(transfer)) {
            form.page().route(ONCHANGES, held::add);
            edit(form, 0, "amount").fill("44");
            box(form, "name").click();
            form.page().waitForCondition(() -> !held.isEmpty());
            box(form, "name").fill(name("mine"));
            box(form, "amount").fill("7");

            aziz.write(TRANSFER, transfer, Map.of("name", name("theirs"), "amount", 31.0));
            form.page().waitForCondition(() -> !form.frames("form_update").isEmpty());
            form.page().unroute(ONCHANGES);
            held.forEach(Route::resume);

            assertAsked(form, "name", name("one"), name("theirs"), name("mine"));
            assertThat(question(form, "amount").locator(".o_amanat_theirs")).hasText("31.00");
            assertThat(box(form, "name")).hasValue(name("mine"));
            keepMine(form, "name");
            takeTheirs(form, "amount");
            save(form);
            assertThat(read(transfer, "name").asString()).isEqualTo(name("mine"));
            assertThat(read(transfer, "amount").asDouble()).isEqualTo(31.0);
            assertThat(payments(transfer)).containsExactly("P1 44.0");
        }
    }

    @Test
    void anEditorOfRichTextIsNotMadeAnewUnderTheCaret() {
        long transfer = transfer("one", Map.of("amount", 5.0, "note", "before"));
        long view = admin.create(
                VIEW,
                Map.of(
                        "name",
                        screen.prefix(),
                        "model",
                        TRANSFER,
                        "type",
                        "form",
                        "arch",
                        "<form><field name='amount'/><field name='name'/><field name='note' widget='html'/></form>",
                        "priority",
                        9_999));
        try (Tab form = Tab.open(browsers.as(bobur), screen.url()).awaitWatched(1)) {
            form.page().evaluate(OPEN, List.of((int) transfer, (int) view));
            form.awaitFormWatched(1);
            Locator editor = form.page().locator(".o_field_widget[name=note] [contenteditable=true]");
            editor.click();
            editor.evaluate("it => { it.amanatSame = true; }");

            aziz.write(TRANSFER, transfer, Map.of("amount", 31.0, "note", "theirs"));

            assertThat(box(form, "amount")).hasValue("31.00");
            assertThat(editor).hasJSProperty("amanatSame", true);
            assertThat(editor).containsText("before");
            assertThat(editor).isFocused();

            box(form, "name").click();
            assertThat(editor).containsText("theirs");
            assertThat(saveButton(form)).isHidden();
        } finally {
            admin.unlink(VIEW, List.of(view));
        }
    }
}
