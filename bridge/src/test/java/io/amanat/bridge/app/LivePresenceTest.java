package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.standin.StandInOdoo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Edits, conflicts and presence, from the stand-in Odoo to the wire. */
@Timeout(60)
class LivePresenceTest {

    private static final String TRANSFER = "amanat.transfer";
    private static final String FORM =
            "{'type':'watch','ref':'form','view':'form','model':'amanat.transfer','id':%d,'presence':true}";
    private static final String LIST =
            "{'type':'watch','ref':'all','view':'list','model':'amanat.transfer','presence':true}";
    private static final String TOUCH =
            "{'type':'touch','ref':'%s','model':'amanat.transfer','id':%d,'fields':['amount','internal_note','secret_code']}";

    private final LiveBridge bridge = new LiveBridge();
    private final StandInOdoo odoo = bridge.odoo;
    private final int id = odoo.as("aziz")
            .create(TRANSFER, List.of(Map.of("note", "one", "amount", 9.0)))
            .getFirst();

    @AfterEach
    void stop() {
        bridge.close();
    }

    private Browser open(String login, char digit) {
        return Browser.open(bridge.core, digit).hello(odoo.as(login).token());
    }

    private Browser looking(String login, char digit) {
        var tab = open(login, digit).send(FORM.formatted(id));
        tab.expect("ok");
        return tab;
    }

    private Browser listing(String login, char digit) {
        var tab = open(login, digit).send(LIST);
        tab.expect("ok");
        return tab;
    }

    private JsonNode touch(Browser tab, String ref) {
        return tab.send(TOUCH.formatted(ref, id)).skipUntil("ok");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    @Test
    void whoEditsHearsOfAConflictBeforeTheValues() {
        try (var aziz = looking("aziz", 'a')) {
            var ok = touch(aziz, "t");
            assertThat(ok.path("fields")).isEqualTo(json("['amount']"));

            odoo.as("bobur").write(TRANSFER, List.of(id), Map.of("amount", 12.0, "note", "two"));

            var conflict = aziz.expect("conflict");
            assertThat(conflict.path("feed")).isEqualTo(ok.path("feed"));
            assertThat(conflict.path("fields").path("amount")).isEqualTo(json("{'base':9.0,'theirs':12.0}"));
            assertThat(conflict.path("user").path("id").asInt())
                    .isEqualTo(odoo.as("bobur").uid());
            assertThat(aziz.expect("form_update").path("offset")).isEqualTo(conflict.path("offset"));
        }
    }

    @Test
    void theTabThatSavesHearsNoConflictAndAnotherOfTheSameUserDoes() {
        try (var first = open("aziz", 'a');
                var second = open("aziz", 'b')) {
            touch(first, "t");
            touch(second, "t");

            odoo.as("aziz").withOrigin(first.tab()).write(TRANSFER, List.of(id), Map.of("amount", 12.0));
            assertThat(second.expect("conflict").path("own").asBoolean()).isTrue();
            odoo.as("bobur").write(TRANSFER, List.of(id), Map.of("amount", 13.0));

            assertThat(first.expect("conflict")
                            .path("fields")
                            .path("amount")
                            .path("base")
                            .asDouble())
                    .isEqualTo(12.0);
        }
    }

    @Test
    void aFieldThatIsNotEditedIsNoConflict() {
        try (var aziz = looking("aziz", 'a')) {
            touch(aziz, "t");

            odoo.as("bobur").write(TRANSFER, List.of(id), Map.of("note", "two"));

            aziz.expect("form_update");
        }
    }

    @Test
    void whoEditsIsShownWithTheFieldsThatEachMayRead() {
        try (var bobur = listing("bobur", 'b');
                var manager = listing("gulnora", 'c');
                var editor = open("admin", 'a')) {
            touch(editor, "t");

            assertThat(people(bobur)).isEqualTo(json("[{'user':%s,'editing':['amount']}]".formatted(user("admin"))));
            assertThat(people(manager))
                    .isEqualTo(json("[{'user':%s,'editing':['amount','internal_note']}]".formatted(user("admin"))));
            assertThat(bobur.everything).doesNotContain("internal_note", "secret_code");
        }
    }

    private static JsonNode people(Browser tab) {
        return tab.skipUntil("presence").path("people");
    }

    private String user(String login) {
        var session = odoo.as(login);
        var name = session.read("res.users", List.of(session.uid()), List.of("name"))
                .getFirst()
                .get("name");
        return "{'id':%d,'name':'%s'}".formatted(session.uid(), name);
    }

    @Test
    void whoMayNotReadTheRecordLearnsNothingOfIt() {
        try (var dilnoza = listing("dilnoza", 'd');
                var gulnora = listing("gulnora", 'c');
                var aziz = looking("aziz", 'a')) {
            assertThat(people(gulnora)).hasSize(1);
            touch(aziz, "t");
            assertThat(people(gulnora).path(0).has("editing")).isTrue();
            odoo.as("gulnora").write(TRANSFER, List.of(id), Map.of("amount", 12.0));
            aziz.skipUntil("conflict");

            assertThat(dilnoza.send(TOUCH.formatted("t", id))
                            .expect("error")
                            .path("code")
                            .asString())
                    .isEqualTo("unknown_record");
            dilnoza.send(FORM.formatted(id));
            assertThat(dilnoza.expect("error").path("code").asString()).isEqualTo("unknown_record");
            dilnoza.gotNothing();
        }
    }

    @Test
    void whoMayNotNameAUserIsToldThatSomebodyIsThere() {
        odoo.administrator().addRule("res.users", "[('id', '=', user.id)]");
        try (var bobur = listing("bobur", 'b');
                var aziz = looking("aziz", 'a')) {
            assertThat(people(bobur))
                    .isEqualTo(json(
                            "[{'user':{'id':%d}}]".formatted(odoo.as("aziz").uid())));
            aziz.gotNothing();
        }
    }

    @Test
    void whoeverLosesTheRightHasItTakenBack() {
        try (var malika = listing("malika", 'd');
                var aziz = looking("aziz", 'a')) {
            assertThat(people(malika)).hasSize(1);

            odoo.administrator().setCompanies("malika", 2);

            assertThat(people(malika)).isEmpty();
            aziz.gotNothing();
        }
    }

    @Test
    void whoMayNotWriteAnyMoreEditsNoMore() {
        try (var bobur = listing("bobur", 'b');
                var aziz = open("aziz", 'a')) {
            touch(aziz, "t");
            assertThat(people(bobur).path(0).has("editing")).isTrue();

            odoo.administrator().addWritingRule(TRANSFER, "[('id', '!=', %d)]".formatted(id));

            assertThat(aziz.skipUntil("error").path("code").asString()).isEqualTo("read_only");
            assertThat(people(bobur)).isEmpty();
            aziz.send(TOUCH.formatted("again", id));
            assertThat(aziz.expect("error").path("code").asString()).isEqualTo("read_only");
        }
    }

    @Test
    void whoIsHiddenSeesOthersAndIsNotSeen() {
        odoo.administrator().showPresence("aziz", false);
        try (var aziz = looking("aziz", 'a');
                var bobur = looking("bobur", 'b');
                var gulnora = listing("gulnora", 'c')) {
            assertThat(people(aziz).path(0).path("user").path("id").asInt())
                    .isEqualTo(odoo.as("bobur").uid());
            assertThat(people(gulnora)).hasSize(1);
            bobur.gotNothing();
        }
    }

    @Test
    void switchedOffNobodyIsShownToAnybody() {
        odoo.administrator().switchPresence(false);
        try (var aziz = looking("aziz", 'a');
                var bobur = listing("bobur", 'b')) {
            touch(aziz, "t");
            odoo.as("bobur").write(TRANSFER, List.of(id), Map.of("amount", 12.0));

            aziz.skipUntil("conflict");
            bobur.expect("list_update");
            bobur.gotNothing();
        }
    }

    @Test
    void whoClosesTheTabIsGone() {
        try (var bobur = listing("bobur", 'b')) {
            try (var aziz = looking("aziz", 'a')) {
                assertThat(people(bobur)).hasSize(1);
                aziz.send("{'type':'unwatch','ref':'form'}").expect("ok");
                assertThat(people(bobur)).isEmpty();
                aziz.send(FORM.formatted(id)).expect("ok");
                assertThat(people(bobur)).hasSize(1);
            }
            assertThat(people(bobur)).isEmpty();
        }
    }

    @Test
    void whatIsEditedCanBeSaidAnewAndTakenBack() {
        try (var aziz = open("aziz", 'a')) {
            touch(aziz, "t");
            aziz.send("{'type':'touch','ref':'t','model':'amanat.transfer','id':%d,'fields':['note']}".formatted(id));
            assertThat(aziz.expect("ok").path("fields")).isEqualTo(json("['note']"));
            odoo.as("bobur").write(TRANSFER, List.of(id), Map.of("amount", 12.0));
            odoo.as("bobur").write(TRANSFER, List.of(id), Map.of("note", "two"));
            assertThat(aziz.expect("conflict").path("fields").propertyNames()).containsExactly("note");

            aziz.send("{'type':'untouch','ref':'t'}").expect("ok");
            assertThat(aziz.send("{'type':'untouch','ref':'t'}")
                            .expect("error")
                            .path("code")
                            .asString())
                    .isEqualTo("unknown_ref");
        }
    }

    @Test
    void soManyRecordsAreEditedAtATimeAndNoMore() {
        try (var aziz = open("aziz", 'a')) {
            for (int i = 0; i < 20; i++) {
                touch(aziz, "t" + i);
            }
            aziz.send(TOUCH.formatted("more", id));
            assertThat(aziz.expect("error").path("code").asString()).isEqualTo("too_many_touches");

            aziz.send("{'type':'touch','ref':'c','model':'amanat.transfer','id':%d,'fields':[],'companies':[2]}"
                    .formatted(id));
            assertThat(aziz.expect("error").path("code").asString()).isEqualTo("unknown_company");
            aziz.send("{'type':'touch','ref':'u','model':'res.partner','id':1,'fields':[]}");
            assertThat(aziz.expect("error").path("code").asString()).isEqualTo("too_many_touches");
        }
    }

    @Test
    void whatSomebodyMayNotReadIsNotEdited() {
        try (var sardor = open("sardor", 'f')) {
            sardor.send(TOUCH.formatted("t", id));
            assertThat(sardor.expect("error").path("code").asString()).isEqualTo("unknown_model");
            sardor.send("{'type':'touch','ref':'u','model':'res.partner','id':1,'fields':[]}");
            assertThat(sardor.expect("error").path("code").asString()).isEqualTo("unknown_model");
        }
    }
}
