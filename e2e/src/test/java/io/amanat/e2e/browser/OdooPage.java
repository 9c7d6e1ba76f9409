package io.amanat.e2e.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.amanat.e2e.lab.OdooUser;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A page of Odoo's web client with transfers on screen, and the questions that the guard asks there. */
final class OdooPage implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRANSFERS = "/odoo/amanat-transfer";
    private static final String ASKED = ".o_amanat_guard, .o_amanat_conflict.o_amanat_asked";

    /** The answer to what a page sends when it is left can be read only if it does not end with the page. */
    private static final String KEEP_BEACONS = """
            navigator.sendBeacon = (url, body) => {
                const sent = fetch(url, { method: "POST", body });
                window.amanatBeacon = sent.then((response) => response.json());
                return true;
            };
            """;

    private final Page page;
    private final URI odoo;

    OdooPage(BrowserContext browser, OdooUser user) {
        page = browser.newPage();
        odoo = user.odoo();
        page.addInitScript(KEEP_BEACONS);
        page.route("**/amanat_realtime/token", Route::abort); // no bridge: nothing is live
    }

    /** As if this Odoo had no guarded model: what is saved overwrites whatever is there. */
    OdooPage unguarded() {
        page.addInitScript("""
                document.addEventListener("DOMContentLoaded", () => {
                    const session = globalThis.odoo?.loader?.modules.get("@web/session")?.session;
                    if (session) {
                        session.amanat_guarded = [];
                    }
                });
                """);
        return this;
    }

    /** As if Odoo's web client had not this method of its record model. */
    OdooPage lacking(String module, String type, String method) {
        page.addInitScript("""
                document.addEventListener("DOMContentLoaded", () => {
                    const found = globalThis.odoo?.loader?.modules.get("@web/model/relational_model/%s");
                    delete found?.%s.prototype.%s;
                });
                """.formatted(module, type, method));
        return this;
    }

    Page page() {
        return page;
    }

    void openForm(long transfer) {
        page.navigate(odoo.resolve(TRANSFERS + "/" + transfer).toString());
        field("amount").waitFor();
    }

    void openNewForm() {
        page.navigate(odoo.resolve(TRANSFERS + "/new").toString());
        field("amount").waitFor();
    }

    /** A form in a dialog over whatever is on screen. */
    void openDialog(long transfer) {
        page.evaluate("""
                id => {
                    odoo.__WOWL_DEBUG__.root.env.services.action.doAction({
                        type: "ir.actions.act_window",
                        res_model: "amanat.transfer",
                        res_id: id,
                        views: [[false, "form"]],
                        target: "new",
                    });
                }
                """, Math.toIntExact(transfer));
        dialogField("amount").waitFor();
    }

    /** The input of a field of the form in the dialog. */
    Locator dialogField(String name) {
        return page.locator(".modal .o_field_widget[name=%s] input".formatted(name));
    }

    void openList(String name) {
        openList(odoo.resolve(TRANSFERS), name);
    }

    void openList(URI url, String name) {
        page.navigate(url.toString());
        row(name).waitFor();
    }

    Locator row(String name) {
        return page.locator(".o_data_row").filter(new Locator.FilterOptions().setHasText(name));
    }

    /** The input of a field of the form. */
    Locator field(String name) {
        return page.locator(".o_field_widget[name=%s] input".formatted(name));
    }

    /** The input of a field in the row that is being edited. */
    Locator edited(String field) {
        return page.locator(".o_selected_row td[name=%s] input".formatted(field));
    }

    void edit(String row, String field) {
        row(row).locator("td[name=%s]".formatted(field)).click();
        edited(field).waitFor();
    }

    /** The guard's question, as a dialog or as the bar of a form. */
    Locator question() {
        return page.locator(ASKED).first();
    }

    /** Keeps what was typed here; a form's bar has to be answered before the save, which then is made again. */
    void keepMine(Runnable saveAgain) {
        question().waitFor();
        Locator dialog = page.locator(".o_amanat_guard [data-answer=mine]");
        if (dialog.isVisible()) {
            dialog.click();
            return;
        }
        page.locator(".o_amanat_keep_all, .o_amanat_keep").last().click();
        page.locator(".o_amanat_conflict").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        saveAgain.run();
    }

    void takeTheirs() {
        page.locator(".o_amanat_guard [data-answer=theirs]").click();
    }

    void goBack() {
        page.locator(".o_amanat_guard [data-answer=back]").click();
    }

    /** What Odoo has answered to the save of a page that was left. */
    JsonNode beaconAnswer() {
        page.waitForFunction("() => window.amanatBeacon");
        return JSON.readTree((String) page.evaluate("() => window.amanatBeacon.then(JSON.stringify)"));
    }

    /** What the browser does when a page is left, but for leaving it. */
    void leave() {
        leaves();
    }

    /** The same; says whether the page would be left without a question of the browser. */
    boolean leaves() {
        var leaves = "() => window.dispatchEvent(new Event('beforeunload', { cancelable: true }))";
        return Boolean.TRUE.equals(page.evaluate(leaves));
    }

    /** What the browser does when another tab is looked at. */
    void hide() {
        page.evaluate("""
                () => {
                    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
                    document.dispatchEvent(new Event("visibilitychange"));
                }
                """);
    }

    /** Returns when a field of a record has this value in Odoo. */
    void awaitSaved(OdooUser reader, String model, long id, String field, double value) {
        page.waitForCondition(() -> number(reader, model, id, field) == value);
    }

    static double number(OdooUser reader, String model, long id, String field) {
        return reader.call(model, "read", List.of(List.of(id), List.of(field)), Map.of())
                .path(0)
                .path(field)
                .asDouble();
    }

    @Override
    public void close() {
        page.close();
    }
}
