package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.standin.StandInOdoo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A tab that was away while others worked, from the stand-in Odoo to the wire. */
@Timeout(60)
class LiveResumeTest {

    private final LiveBridge bridge = new LiveBridge();
    private final StandInOdoo odoo = bridge.odoo;
    private final String bobur = odoo.as("bobur").token();

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void itIsToldWhatTheRecordsAreNow() {
        var before = ok(bobur);
        var aziz = odoo.as("aziz");
        int id =
                aziz.create("amanat.transfer", List.of(Map.of("note", "first"))).getFirst();
        aziz.write("amanat.transfer", List.of(id), Map.of("note", "second"));
        await().until(() ->
                ok(bobur).path("offset").asLong() >= before.path("offset").asLong() + 2);

        try (var tab = back(before)) {
            var frame = tab.expect("list_update");
            assertThat(frame.path("op").asString()).isEqualTo("create");
            assertThat(frame.path("records").toString()).contains("second").doesNotContain("first");
            tab.expect("resumed");
        }
    }

    @Test
    void itReadsAgainIfARuleChanged() {
        var before = ok(bobur);

        odoo.administrator().addRule("amanat.transfer", "[('state', '=', 'open')]");
        await().until(() -> !ok(bobur).path("rights").equals(before.path("rights")));

        try (var tab = back(before)) {
            assertThat(tab.expect("reset").path("reason").asString()).isEqualTo("rights");
        }
    }

    @Test
    void itDoesNotReadAgainForWhatConcernsOthers() {
        var before = ok(bobur);
        var aziz = odoo.as("aziz").token();
        var other = ok(aziz);

        odoo.administrator().setLanguage("aziz", "ru_RU");
        await().until(() -> !ok(aziz).path("rights").equals(other.path("rights")));

        try (var tab = back(before)) {
            tab.expect("resumed");
        }
    }

    /** What a tab of this user is answered that begins to watch now. */
    private JsonNode ok(String token) {
        try (var tab = Browser.open(bridge.core, 'a').hello(token)) {
            tab.send("{'type':'watch','ref':'list','view':'list','model':'amanat.transfer'}");
            return tab.expect("ok");
        }
    }

    /** A tab of Bobur that was answered this before. */
    private Browser back(JsonNode before) {
        var tab = Browser.open(bridge.core, 'b').hello(bobur);
        tab.send(("{'type':'watch','ref':'list','view':'list','model':'amanat.transfer',"
                        + "'resume':{'epoch':'%s','offset':%d,'rights':'%s'}}")
                .formatted(
                        bridge.core.core.journal().epoch(),
                        before.path("offset").asLong(),
                        before.path("rights").asString()));
        tab.expect("ok");
        return tab;
    }
}
