package io.amanat.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A custom event, from the button that sends it to the callback of {@code realtime.on} in another user's tab. */
class EventTest extends LabTest {
    private static final String MODEL = "amanat.test.realtime";
    private static final String LISTEN = """
            () => {
                const realtime = odoo.__WOWL_DEBUG__.root.env.services.real_time_interaction;
                globalThis.heard = [];
                globalThis.leave = realtime.on("amanat_test", (event) => heard.push(event));
                realtime.on("another_action", (event) => heard.push(event));
            }
            """;

    @Test
    void theButtonOfOneUserCallsTheListenerInAnotherUsersTab() {
        long record = admin.create(MODEL, Map.of("name", name("one"), "value", 7, "user_id", bobur.uid()));
        try (Tab other = tab(bobur);
                Tab third = tab(lab.user("malika"));
                Page his = browsers.as(aziz).newPage()) {
            other.page().evaluate(LISTEN);
            third.page().evaluate(LISTEN);

            press(his, record);
            other.page().waitForFunction("() => heard.length > 0");

            assertThat(other.page().evaluate("() => heard")).asInstanceOf(LIST).hasSize(1);
            assertThat(other.page()
                            .evaluate("() => [heard[0].model, heard[0].records[0].id, heard[0].records[0].value]"))
                    .isEqualTo(List.of(MODEL, (int) record, 7));
            assertThat(third.frames("event")).isEmpty();

            other.page().evaluate("() => leave()");
            press(his, record);
            other.page().waitForCondition(() -> other.frames("event").size() == 2);
            assertThat(other.page().evaluate("() => heard.length")).isEqualTo(1);
        } finally {
            admin.unlink(MODEL, List.of(record));
        }
    }

    private void press(Page page, long record) {
        page.navigate(lab.url()
                .resolve("/odoo/action-amanat_realtime.action_test_realtime/" + record)
                .toString());
        Locator button = page.locator("button[name=action_notify]");
        page.waitForResponse("**/action_notify", button::click);
        PlaywrightAssertions.assertThat(page.locator(".o_error_dialog")).hasCount(0);
    }
}
