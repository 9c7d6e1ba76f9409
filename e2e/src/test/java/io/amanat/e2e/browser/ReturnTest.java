package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.amanat.e2e.lab.ListScreen;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A user who returns to a view meets what Odoo has now, not what its cache last saw. */
class ReturnTest extends LabTest {
    /** Odoo draws from its cache in the frame after its request. */
    private static final String MANY_FRAMES = """
            () => new Promise((done) => {
                const next = (left) => (left ? requestAnimationFrame(() => next(left - 1)) : done());
                next(60);
            })
            """;

    private static final String NOTE_CELLS = """
            () => {
                globalThis.amanatShown = new Set();
                const look = () => document.querySelectorAll("td[name=note]").forEach((it) => amanatShown.add(it.textContent));
                new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
            }
            """;

    @Test
    void aListDoesNotFlashWhatItShowedWhenItWasFirstRead() {
        long record = transfer("one", Map.of("note", "before"));
        try (ListScreen elsewhere = ListScreen.create(admin, "res.partner", List.of("name"));
                Tab reader = tab(bobur)) {
            goTo(reader.page(), elsewhere);
            goBack(reader.page()); // what Odoo's cache keeps of a list that is come back to is another than of one
            // that is opened
            assertThat(reader.cell(name("one"), "note")).hasText("before");
            goTo(reader.page(), elsewhere);
            aziz.write(TRANSFER, record, Map.of("note", "after"));

            AtomicReference<Route> asked = new AtomicReference<>();
            reader.page().route("**/" + TRANSFER + "/web_search_read", route -> {
                if (asked.get() == null) {
                    asked.set(route);
                } else {
                    route.resume();
                }
            });
            reader.page().evaluate(NOTE_CELLS);
            goBack(reader.page());
            reader.page().waitForCondition(() -> asked.get() != null);
            reader.page().evaluate(MANY_FRAMES);
            asked.get().resume();

            assertThat(reader.cell(name("one"), "note")).hasText("after");
            assertThat(reader.page().evaluate("() => [...amanatShown]")).isEqualTo(List.of("after"));
            assertThat(reader.neverReloaded()).isTrue();
        }
    }

    private static void goBack(Page page) {
        page.locator(".o_back_button, .o_breadcrumb a").first().click();
    }

    private static void goTo(Page page, ListScreen screen) {
        String path = screen.url().getPath();
        int action = Integer.parseInt(path.substring(path.lastIndexOf('-') + 1));
        page.evaluate("id => odoo.__WOWL_DEBUG__.root.env.services.action.doAction(id)", action);
        page.locator(".o_breadcrumb").getByText(screen.prefix()).waitFor();
    }
}
