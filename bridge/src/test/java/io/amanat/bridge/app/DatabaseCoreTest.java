package io.amanat.bridge.app;

import static io.amanat.bridge.app.Transfers.actor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.channel.OwnChanges;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.bridge.journal.MemoryJournal;
import io.amanat.bridge.policy.Policy;
import io.amanat.bridge.websocket.Door;
import io.amanat.connector.change.Change;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The way of a change through the whole bridge, from a source to real websocket clients. */
class DatabaseCoreTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;
    private static final long CHARI = 9;

    private final FakeSource source = new FakeSource();
    private final FakeOdoo odoo = new FakeOdoo()
            .grant(AZIZ, "id", "display_name", "name", "amount", "internal_note", "sender_id")
            .grant(BOBUR, "id", "display_name", "name", "amount", "sender_id");
    private final Tokens tokens = new Tokens();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Policy policy = Transfers.POLICY;
    private OneDatabase bridge;

    @BeforeEach
    void start() {
        bridge = start(OwnChanges.TAB);
    }

    private OneDatabase start(OwnChanges own) {
        var defaults = CoreSettings.of(Door.Settings.of(Set.of(Browser.ORIGIN)));
        var settings =
                new CoreSettings(defaults.access(), defaults.identity(), own, defaults.session(), defaults.door());
        return OneDatabase.start(
                settings,
                new CorePorts(
                        new MemoryJournal(JournalSettings.DEFAULT),
                        source,
                        odoo,
                        tokens::trust,
                        this::policy,
                        InstantSource.system()));
    }

    private Policy policy() {
        asked.incrementAndGet();
        return policy;
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void aSaveReachesWhoeverWatchesTheList() {
        try (var bobur = browser('b', BOBUR)) {
            long feed = bobur.watchTransfers("list");

            source.commit(Transfers.updated(
                    actor(AZIZ),
                    42,
                    "{'display_name': 'TR-42', 'name': 'TR-42', 'amount': 10.5, 'sender_id': [3, 'Akbar']}",
                    "amount"));

            var frame = bobur.expect("list_update");
            assertThat(frame.path("feed").asLong()).isEqualTo(feed);
            assertThat(frame.path("offset").asLong()).isEqualTo(1);
            assertThat(frame.path("records"))
                    .isEqualTo(json("[{'id':42,'amount':10.5,'display_name':'TR-42','name':'TR-42',"
                            + "'sender_id':{'id':3,'display_name':'Akbar'}}]"));
            assertThat(frame.path("changed_fields")).isEqualTo(json("['amount']"));
            assertThat(frame.path("user")).isEqualTo(json("{'id':7,'name':'User 7'}"));
        }
    }

    @Test
    void whatWasCommittedBeforeOdooSaidWhatIsLiveIsKept() {
        bridge.close();
        policy = Policy.unknown();
        bridge = start(OwnChanges.TAB);
        source.commit(Transfers.updated(actor(AZIZ), 42, "{'display_name': 'TR-42'}", "name"));
        int before = asked.get();
        await().until(() -> asked.get() > before + 1);

        policy = Transfers.POLICY;

        await().until(() -> bridge.core.journal().last() == 1);
    }

    @Test
    void aFieldThatMayNotBeReadIsInNoFrame() {
        try (var aziz = browser('a', AZIZ);
                var bobur = browser('b', BOBUR)) {
            aziz.watchTransfers("list");
            bobur.watchTransfers("list");

            source.commit(Transfers.updated(
                    actor(CHARI),
                    42,
                    "{'display_name': 'TR-42', 'internal_note': 'hush', 'secret_code': 'XYZZY'}",
                    "internal_note",
                    "secret_code"));

            assertThat(aziz.expect("list_update").path("records"))
                    .isEqualTo(json("[{'id':42,'display_name':'TR-42','internal_note':'hush'}]"));
            assertThat(bobur.expect("list_update").path("records"))
                    .isEqualTo(json("[{'id':42,'display_name':'TR-42'}]"));
            assertThat(bobur.everything).doesNotContain("hush", "internal_note", "XYZZY", "secret_code");
            assertThat(aziz.everything).doesNotContain("XYZZY", "secret_code");
        }
    }

    @Test
    void whoMayNotReadARecordLearnsNothingOfItsCreation() {
        odoo.where(BOBUR, "[['id', '!=', 42]]");
        try (var bobur = browser('b', BOBUR)) {
            bobur.watchTransfers("list");

            source.commit(Transfers.created(actor(AZIZ), 42, "{'name': 'TR-42'}"));
            source.commit(Transfers.created(actor(AZIZ), 43, "{'name': 'TR-43'}"));

            assertThat(bobur.expect("list_update")
                            .path("records")
                            .get(0)
                            .path("id")
                            .asInt())
                    .isEqualTo(43);
            assertThat(bobur.everything).doesNotContain("TR-42");
        }
    }

    @Test
    void whatLeavesSightIsNamedWithoutValuesAndWhatEntersComesWithThem() {
        odoo.where(BOBUR, "[['amount', '<', 100]]");
        try (var bobur = browser('b', BOBUR)) {
            long feed = bobur.watchTransfers("list");

            source.commit(Transfers.moved(actor(AZIZ), 42, "{'amount': 10}", "{'name': 'TR-42', 'amount': 200}"));
            source.commit(Transfers.moved(actor(AZIZ), 42, "{'amount': 200}", "{'name': 'TR-42', 'amount': 300}"));
            source.commit(Transfers.moved(actor(AZIZ), 42, "{'amount': 300}", "{'name': 'TR-42', 'amount': 20}"));

            assertThat(bobur.expect("list_update"))
                    .isEqualTo(json("{'type':'list_update','feed':%d,'offset':1,'model':'amanat.transfer','op':'leave',"
                                    .formatted(feed)
                            + "'records':[{'id':42}]}"));
            var entered = bobur.expect("list_update");
            assertThat(entered.path("op").asString()).isEqualTo("enter");
            assertThat(entered.path("offset").asLong()).isEqualTo(3);
            assertThat(entered.path("records")).isEqualTo(json("[{'id':42,'amount':20,'name':'TR-42'}]"));
            assertThat(bobur.everything).doesNotContain("200", "300");
        }
    }

    @Test
    void whoCannotBeProvenToHaveSeenARecordIsToldToReadAgainWithoutIdsOrValues() {
        odoo.undecidable(BOBUR).hide(42, BOBUR);
        try (var bobur = browser('b', BOBUR)) {
            long feed = bobur.watchTransfers("list");

            source.commit(Transfers.updated(actor(AZIZ), 42, "{'name': 'TR-42'}", "name"));

            assertThat(bobur.expect("reset"))
                    .isEqualTo(json("{'type':'reset','feed':%d,'offset':1,'reason':'not_readable'}".formatted(feed)));
        }
    }

    @Test
    void aDeletionReachesThoseWhoCouldSeeTheRecord() {
        odoo.where(BOBUR, "[['name', '=', 'TR-gone']]").where(AZIZ, "[['name', '=', 'other']]");
        try (var bobur = browser('b', BOBUR);
                var aziz = browser('a', AZIZ)) {
            bobur.watchTransfers("list");
            aziz.watchTransfers("list");

            source.commit(Transfers.deleted(actor(CHARI), 42));

            var frame = bobur.expect("list_update");
            assertThat(frame.path("op").asString()).isEqualTo("delete");
            assertThat(frame.path("records")).isEqualTo(json("[{'id':42}]"));
            assertThat(bobur.everything).doesNotContain("TR-gone");
            aziz.gotNothing();
        }
    }

    @Test
    void aFormHearsOfItsRecordOnly() {
        try (var bobur = browser('b', BOBUR)) {
            bobur.watchTransfer("form", 42);

            source.commit(Transfers.updated(actor(AZIZ), 41, "{'name': 'other'}", "name"));
            source.commit(Transfers.updated(actor(AZIZ), 42, "{'name': 'mine'}", "name"));

            assertThat(bobur.expect("form_update").path("records")).isEqualTo(json("[{'id':42,'name':'mine'}]"));
        }
    }

    @Test
    void theTabThatDidItGetsAReceiptAndTheUsersOtherTabTheData() {
        try (var first = browser('a', AZIZ);
                var second = browser('b', AZIZ)) {
            first.watchTransfers("list");
            first.watchTransfer("form", 42);
            second.watchTransfers("list");

            source.commit(Transfers.updated(actor(AZIZ, first), 42, "{'name': 'TR-42'}", "name"));

            assertThat(first.expect("receipt"))
                    .isEqualTo(
                            json("{'type':'receipt','offset':1,'model':'amanat.transfer','op':'update','ids':[42]}"));
            assertThat(second.expect("list_update").path("own").asBoolean()).isTrue();
            first.gotNothing();
            assertThat(first.everything).doesNotContain("TR-42");
            assertThat(second.everything).doesNotContain(first.tab());
        }
    }

    @Test
    void anOriginMeansNothingTogetherWithAnotherUser() {
        try (var bobur = browser('b', BOBUR)) {
            bobur.watchTransfers("list");

            source.commit(Transfers.updated(actor(AZIZ, bobur), 42, "{'name': 'TR-42'}", "name"));

            assertThat(bobur.expect("list_update").has("own")).isFalse();
        }
    }

    @Test
    void withOwnChangesUserNoTabOfThatUserGetsAnything() {
        bridge.close();
        bridge = start(OwnChanges.USER);
        try (var aziz = browser('a', AZIZ);
                var bobur = browser('b', BOBUR)) {
            aziz.watchTransfers("list");
            bobur.watchTransfers("list");

            source.commit(Transfers.updated(actor(AZIZ), 42, "{'name': 'TR-42'}", "name"));

            bobur.expect("list_update");
            aziz.gotNothing();
        }
    }

    @Test
    void withoutAnAnswerNothingIsDeliveredAndEverybodyReadsAgain() {
        odoo.undecidable(BOBUR);
        try (var bobur = browser('b', BOBUR)) {
            bobur.watchTransfers("list");
            odoo.away = true;

            source.commit(Transfers.updated(actor(AZIZ), 42, "{'name': 'TR-42'}", "name"));

            assertThat(bobur.expect("reset").path("reason").asString()).isEqualTo("failed");
            assertThat(bobur.everything).doesNotContain("TR-42");
        }
    }

    @Test
    void aBulkAndAGapAreResets() {
        try (var bobur = browser('b', BOBUR)) {
            bobur.watchTransfers("list");

            source.commit(Transfers.bulk(actor(AZIZ)));
            source.commit(new Change.Gap(Optional.empty(), "reconnected"));

            assertThat(bobur.expect("reset").path("reason").asString()).isEqualTo("bulk");
            assertThat(bobur.expect("reset").path("reason").asString()).isEqualTo("gap");
        }
    }

    @Test
    void anEventReachesTheTabsOfItsUsersWithTheFieldsTheyMayRead() {
        try (var first = browser('a', BOBUR);
                var second = browser('b', BOBUR);
                var aziz = browser('c', AZIZ)) {
            source.commit(Transfers.event(actor(CHARI), Set.of(BOBUR), 42));

            for (var tab : Set.of(first, second)) {
                assertThat(tab.expect("event"))
                        .isEqualTo(
                                json("{'type':'event','offset':1,'action':'transfer_ready','model':'amanat.transfer',"
                                        + "'records':[{'id':42,'name':'TR-42'}],'changed_fields':['name']}"));
                assertThat(tab.everything).doesNotContain("hush");
            }
            aziz.gotNothing();
        }
    }

    @Test
    void aWatchThatEndedHearsNothingMore() {
        try (var bobur = browser('b', BOBUR)) {
            bobur.watchTransfers("list");
            bobur.send("{'type':'unwatch','ref':'list'}").expect("ok");

            source.commit(Transfers.updated(actor(AZIZ), 42, "{'name': 'TR-42'}", "name"));
            awaitDecided();

            bobur.gotNothing();
        }
    }

    @Test
    void whatTheValuesTellIsNotAsked() {
        odoo.where(AZIZ, "[['name', '!=', 'TR-41']]");
        try (var aziz = browser('a', AZIZ);
                var bobur = browser('b', BOBUR)) {
            aziz.watchTransfers("list");
            bobur.watchTransfers("list");
            odoo.calls.clear();
            odoo.rightsCalls.clear();

            source.commit(
                    Transfers.updated(actor(CHARI), 41, "{'name': 'TR-41'}", "amount"),
                    Transfers.updated(actor(CHARI), 42, "{'name': 'TR-42'}", "name"));
            bobur.expect("list_update");
            bobur.expect("list_update");

            assertThat(aziz.expect("list_update").path("offset").asLong()).isEqualTo(2);
            assertThat(odoo.calls).isEmpty();
            assertThat(odoo.rightsCalls).isEmpty();
        }
    }

    @Test
    void aChangeOfRightsTakesItsPlaceAmongTheChanges() {
        try (var bobur = browser('b', BOBUR)) {
            bobur.watchTransfers("list");
            odoo.where(BOBUR, "[['amount', '<', 100]]");

            source.commit(
                    Transfers.updated(actor(AZIZ), 42, "{'amount': 500}", "name"),
                    new Change.Rights("groups", Optional.of(Set.of(BOBUR)), Optional.empty(), Optional.empty()),
                    Transfers.updated(actor(AZIZ), 42, "{'amount': 600}", "name"));
            source.commit(Transfers.updated(actor(AZIZ), 43, "{'amount': 7}", "name"));

            assertThat(bobur.expect("list_update").path("offset").asLong()).isEqualTo(1);
            assertThat(bobur.expect("reset").path("reason").asString()).isEqualTo("rights");
            assertThat(bobur.expect("list_update").path("offset").asLong()).isEqualTo(4);
            assertThat(bobur.everything).doesNotContain("600");
        }
    }

    @Test
    void whoeverStopsTheBridgeTellsBrowsersToComeBack() {
        try (var bobur = browser('b', BOBUR)) {
            bridge.close();

            var bye = bobur.expect("bye");
            assertThat(bye.path("code").asString()).isEqualTo("going_away");
            assertThat(bye.path("reconnect_after").asLong()).isBetween(0L, 10_000L);
            assertThat(bobur.end()).isEqualTo("1001 going_away");
        }
    }

    private void awaitDecided() {
        await().until(() -> bridge.core.metrics().channel().changes() == 1);
    }

    private Browser browser(char tab, long user) {
        return Browser.open(bridge, tab).hello(tokens.of(user, 1L));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
