package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Without the bridge Odoo works as it always did; with it back, lists are live again by themselves. */
class BridgeAwayTest extends LabTest {

    @Test
    void aListIsLiveAgainAfterTheBridgeWasRestarted() {
        long record = transfer("one", Map.of("note", "before"));
        try (Tab reader = tab(bobur)) {
            reader.awaitWatchedAfter(() -> {
                lab.bridge("restart");
                aziz.write(TRANSFER, record, Map.of("note", "while it was away or coming back"));
            });
            assertThat(reader.cell(name("one"), "note")).hasText("while it was away or coming back");

            aziz.write(TRANSFER, record, Map.of("note", "after"));

            assertThat(reader.cell(name("one"), "note")).hasText("after");
            assertThat(reader.neverReloaded()).isTrue();
        }
    }

    @Test
    void withoutTheBridgeOdooWorksAndTheConsoleWarnsOnce() {
        transfer("one", Map.of("note", "before"));
        lab.bridge("stop");
        try (Tab alone = Tab.open(browsers.as(bobur), screen.url())) {
            alone.page().waitForCondition(() -> !ours(alone).isEmpty());
            LiveListTest.edit(alone, name("one"), "note", "after");

            assertThat(alone.cell(name("one"), "note")).hasText("after");
            assertThat(ours(alone)).singleElement().asString().startsWith("[amanat] live updates are off");
            assertThat(alone.page().locator("[class*=o_amanat_]")).hasCount(0);
        } finally {
            lab.bridge("start");
        }
    }

    @Test
    void aPageThatWarnedOfSomethingElseDoesNotWarnAgainWhenTheBridgeIsAway() {
        BrowserContext browser = browsers.as(bobur);
        LackingTest.take(browser);
        try (Tab reader = Tab.open(browser, screen.url()).awaitWatched(1)) {
            reader.awaitWatchedAfter(() -> lab.bridge("restart"));

            assertThat(ours(reader)).hasSize(1);
        }
    }

    /** The warnings and errors of this project. */
    static List<String> ours(Tab tab) {
        return tab.warnings().stream().filter(text -> text.contains("[amanat]")).toList();
    }
}
