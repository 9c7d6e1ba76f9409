package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Route;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A search, and what others save while Odoo's answer to it is on its way. */
class SearchTest extends LabTest {
    /** What a search adds to the domain; the screen's own filter is another. */
    private static final String SEARCHED = "\"ilike\"";

    @Test
    void anAnswerOlderThanWhatIsDrawnDoesNotStay() {
        long record = transfer("one", Map.of("note", "before"));
        transfer("two", Map.of());
        try (Tab reader = tab(bobur)) {
            Route search = heldSearch(reader, name("one"));
            APIResponse older = search.fetch();
            aziz.write(TRANSFER, record, Map.of("note", "after"));
            assertThat(reader.cell(name("one"), "note")).hasText("after");

            search.fulfill(new Route.FulfillOptions().setResponse(older));

            assertThat(reader.row(name("two"))).hasCount(0);
            assertThat(reader.cell(name("one"), "note")).hasText("after");
        }
    }

    /** Types a search; its request goes no further until the caller lets it. */
    private static Route heldSearch(Tab tab, String text) {
        AtomicReference<Route> held = new AtomicReference<>();
        tab.page().route("**/" + TRANSFER + "/web_search_read", route -> {
            if (held.get() == null && route.request().postData().contains(SEARCHED)) {
                held.set(route);
            } else {
                route.resume();
            }
        });
        tab.page().locator(".o_searchview_input").fill(text);
        tab.page()
                .locator(".o_searchview_autocomplete .dropdown-item")
                .first()
                .waitFor(); // else there is nothing to enter
        tab.page().locator(".o_searchview_input").press("Enter");
        tab.page().waitForCondition(() -> held.get() != null);
        return held.get();
    }
}
