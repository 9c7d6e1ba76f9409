package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who edits what, from the service {@code editing_state} of one user's tab to the tabs of others. */
class PresenceTest extends LabTest {

    private static final String WATCH = """
            (id) => {
                globalThis.seen = [];
                const spec = { view: "form", model: "amanat.transfer", id, presence: true };
                globalThis.close = __amanat__.client.watch(spec, { presence: (told) => seen.push(told) });
            }
            """;
    private static final String EDIT = """
            (id) => {
                const editing = odoo.__WOWL_DEBUG__.root.env.services.editing_state;
                globalThis.conflicts = [];
                editing.onConflict((conflict) => conflicts.push(conflict));
                editing.touch("amanat.transfer", id, { amount: 9, note: false });
            }
            """;
    private static final String EDITING = """
            (user) => seen.at(-1)?.people.some(({ id, name, editing }) => id === user && name && editing?.join() === "amount,note")""";

    private int edited() {
        return (int) transfer("one", Map.of("amount", 9, "state", "open"));
    }

    @Test
    void whoEditsIsShownToWhoLooksAndHearsOfWhatOthersSave() {
        int id = edited();
        try (Tab looking = settled(aziz);
                Tab editing = settled(bobur)) {
            looking.page().evaluate(WATCH, id);
            editing.page().evaluate(EDIT, id);

            looking.page().waitForFunction(EDITING, (int) bobur.uid());
            admin.write(TRANSFER, id, Map.of("amount", 12, "state", "done"));
            editing.page().waitForFunction("() => conflicts.length > 0");

            assertThat(editing.page().evaluate("() => conflicts[0].fields"))
                    .isEqualTo(Map.of("amount", Map.of("base", 9, "theirs", 12)));
            assertThat(looking.frames("conflict")).isEmpty();
        }
    }

    @Test
    void theRowOfARecordIsMarkedWhileSomebodyIsThere() {
        int id = edited();
        try (Tab looking = settled(aziz)) {
            Locator mark = looking.row(name("one")).locator(".o_amanat_mark");
            try (Tab editing = settled(bobur)) {
                editing.page().evaluate(WATCH, id);
                assertThat(mark).hasAttribute("aria-label", "Бобур Рашидов is viewing");
                assertThat(mark.locator(".fa-eye")).isVisible();

                editing.page().evaluate(EDIT, id);
                assertThat(mark).hasAttribute("aria-label", "Бобур Рашидов is editing");
                assertThat(mark.locator(".fa-pencil")).isVisible();
            }
            assertThat(mark).hasCount(0);
            assertThat(looking.reads()).isEmpty();
        }
    }

    @Test
    void whoseTabCrashesIsGone() {
        int id = edited();
        try (Tab looking = settled(aziz)) {
            looking.page().evaluate(WATCH, id);
            var browser = browsers.as(bobur);
            Tab editing = Tab.open(browser, screen.url());
            editing.page().evaluate(EDIT, id);
            looking.page().waitForFunction(EDITING, (int) bobur.uid());
            crash(editing);
            looking.page().waitForFunction("() => seen.at(-1).people.length === 0");
            browser.close();
        }
    }

    /** A page that is killed says no goodbye. */
    private static void crash(Tab tab) {
        assertThatThrownBy(() -> tab.page().navigate("chrome://crash")).hasMessageContaining("crash");
    }

    @Test
    void whoClosesTheTabIsGone() {
        int id = edited();
        try (Tab looking = settled(aziz)) {
            looking.page().evaluate(WATCH, id);
            try (Tab editing = settled(bobur)) {
                editing.page().evaluate(EDIT, id);
                looking.page().waitForFunction(EDITING, (int) bobur.uid());
            }
            looking.page().waitForFunction("() => seen.at(-1).people.length === 0");
        }
    }

    @Test
    void whoSwitchesItOffIsNotShown() {
        int id = edited();
        var gulnora = lab.user("gulnora");
        admin.write("res.users", bobur.uid(), Map.of("amanat_presence", false));
        try (Tab looking = settled(aziz);
                Tab hidden = settled(bobur);
                Tab third = settled(gulnora)) {
            looking.page().evaluate(WATCH, id);
            hidden.page().evaluate(WATCH, id);
            hidden.page().evaluate(EDIT, id);
            hidden.page().waitForCondition(() -> hidden.frames("ok").stream().anyMatch(ok -> ok.has("fields")));

            third.page().evaluate(EDIT, id);
            hidden.page().waitForFunction(EDITING, (int) gulnora.uid());
            looking.page().waitForFunction(EDITING, (int) gulnora.uid());

            assertThat(people(looking.page())).doesNotContain((int) bobur.uid());
        } finally {
            admin.write("res.users", bobur.uid(), Map.of("amanat_presence", true));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Integer> people(Page page) {
        return (List<Integer>) page.evaluate("() => seen.flatMap(({ people }) => people.map(({ id }) => id))");
    }
}
