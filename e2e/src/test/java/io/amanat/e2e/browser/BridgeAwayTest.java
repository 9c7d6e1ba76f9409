package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Without the bridge Odoo works as it always did; with it back, lists are live again by themselves. */
class BridgeAwayTest extends LabTest {

    @Test
    void aListIsLiveAgainAfterTheBridgeWasRestarted() {
        long record = transfer("one", Map.of("note", "before"));
        try (Tab reader = tab(bobur)) {
            lab.bridge("restart");
            aziz.write(TRANSFER, record, Map.of("note", "while it was away or coming back"));
            reader.awaitWatched(2);
            assertThat(reader.cell(name("one"), "note")).hasText("while it was away or coming back");

            aziz.write(TRANSFER, record, Map.of("note", "after"));

            assertThat(reader.cell(name("one"), "note")).hasText("after");
            assertThat(reader.neverReloaded()).isTrue();
        }
    }

    @Test
    void withoutTheBridgeOdooWorksAndTheConsoleWarnsAtMostOnce() {
        transfer("one", Map.of("note", "before"));
        lab.bridge("stop");
        try (Tab alone = Tab.open(browsers.as(bobur), screen.url())) {
            LiveListTest.edit(alone, name("one"), "note", "after");

            assertThat(alone.cell(name("one"), "note")).hasText("after");
            assertThat(alone.warnings().stream().filter(text -> text.contains("[amanat]")))
                    .hasSizeLessThanOrEqualTo(1);
        } finally {
            lab.bridge("start");
        }
    }
}
