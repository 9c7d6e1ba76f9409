package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.standin.StandInOdoo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tab that was away reads its views again if what its user may read changed meanwhile: from the stand-in Odoo to the wire. */
class ResumeTest {

    private final LiveBridge bridge = new LiveBridge();
    private final StandInOdoo odoo = bridge.odoo;
    private final String bobur = odoo.as("bobur").token();

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void aTabThatWasAwayWhileARuleChangedReadsAgain() {
        var before = stamp(bobur);

        odoo.administrator().addRule("amanat.transfer", "[('state', '=', 'open')]");
        await().until(() -> !stamp(bobur).equals(before));

        try (var tab = back(before)) {
            var reset = tab.expect("reset");
            assertThat(reset.path("reason").asString()).isEqualTo("rights");
        }
    }

    @Test
    void whatConcernsOthersDoesNot() {
        var before = stamp(bobur);
        var aziz = odoo.as("aziz").token();
        var other = stamp(aziz);

        odoo.administrator().setLanguage("aziz", "ru_RU");
        await().until(() -> !stamp(aziz).equals(other));

        try (var tab = back(before)) {
            odoo.as("aziz").create("amanat.transfer", List.of(Map.of("note", "the next that comes")));
            tab.expect("list_update");
        }
    }

    private String stamp(String token) {
        try (var tab = Browser.open(bridge.core, 'a')) {
            tab.send("{'type':'hello','token':'%s','origin':'%s'}".formatted(token, tab.tab()));
            return tab.expect("welcome").path("rights").asString();
        }
    }

    /** A tab of Bobur that was welcomed with this stamp before. */
    private Browser back(String rights) {
        var tab = Browser.open(bridge.core, 'b');
        tab.send("{'type':'hello','token':'%s','origin':'%s','resume':{'epoch':'%s','offset':1,'rights':'%s'}}"
                .formatted(bobur, tab.tab(), bridge.core.journal().epoch(), rights));
        tab.expect("welcome");
        tab.watchTransfers("list");
        return tab;
    }
}
