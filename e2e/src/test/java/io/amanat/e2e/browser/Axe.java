package io.amanat.e2e.browser;

import com.microsoft.playwright.Page;
import io.amanat.bench.process.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The rules of axe-core, asked of a page: what would keep somebody from using it. */
final class Axe {
    private static final Path SCRIPT = Checkout.file("client/node_modules/axe-core/axe.min.js");

    /** What is ours, and the views in which we draw; the rest of Odoo's page has violations of its own. */
    private static final String OURS = "[class*=o_amanat_], [class*=o_amanat_] *, .o_content *";

    /**
     * Odoo's within those: check boxes of rows without a label, tabs of a notebook that are not in a list of tabs, and on
     * phones labels in a light grey.
     */
    private static final String STOCK = ".o_list_record_selector *, .o_notebook_headers *, .o_form_label";

    private static final String SERIOUS = """
            async ([ours, stock]) => {
                const { violations } = await axe.run({ elementRef: true, resultTypes: ["violations"] });
                const concerned = ({ element, any, all, none }) => !element.matches(stock) &&
                    [element, ...[...any, ...all, ...none].flatMap(({ relatedNodes }) => relatedNodes.map((it) => it.element))]
                        .some((it) => it?.matches(ours));
                return violations.filter(({ impact }) => ["serious", "critical"].includes(impact))
                    .flatMap(({ id, nodes }) => nodes.filter(concerned).map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
            }
            """;

    private static final String ALL = """
            async () => (await axe.run({ resultTypes: ["violations"] })).violations
                .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))
            """;

    private Axe() {}

    /** Every serious violation in what is ours or beside it. */
    @SuppressWarnings("unchecked")
    static List<String> serious(Page page) {
        load(page);
        return (List<String>) page.evaluate(SERIOUS, List.of(OURS, STOCK));
    }

    /** Every violation of any rule, in a page that is all ours. */
    @SuppressWarnings("unchecked")
    static List<String> all(Page page) {
        load(page);
        return (List<String>) page.evaluate(ALL);
    }

    private static void load(Page page) {
        Needs.required(Optional.of(SCRIPT).filter(Files::exists), "axe-core is missing; run 'npm ci' in client");
        page.addScriptTag(new Page.AddScriptTagOptions().setPath(SCRIPT));
    }
}
