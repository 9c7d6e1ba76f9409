package io.amanat.bridge.app;

import static io.amanat.bridge.app.Transfers.actor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.channel.OwnChanges;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.bridge.journal.MemoryJournal;
import io.amanat.bridge.websocket.Door;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What a tab gets that comes back, over real websockets. */
@Timeout(60)
class ResumeTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;

    private final FakeSource source = new FakeSource();
    private final FakeOdoo odoo = new FakeOdoo()
            .grant(AZIZ, "id", "display_name", "name", "amount", "internal_note", "sender_id")
            .grant(BOBUR, "id", "display_name", "name", "amount");
    private final Tokens tokens = new Tokens();
    private final MemoryJournal journal = new MemoryJournal(JournalSettings.DEFAULT);
    private OneDatabase bridge = start();
    private Mark mark = new Mark(journal.epoch(), 0, "");
    private String view = "list";

    /** How far a watch has come. */
    private record Mark(String epoch, long offset, String rights) {

        Mark at(long other) {
            return new Mark(epoch, other, rights);
        }
    }

    private OneDatabase start() {
        var defaults = CoreSettings.of(Door.Settings.of(Set.of(Browser.ORIGIN)));
        return OneDatabase.start(
                new CoreSettings(
                        defaults.access(), defaults.identity(), OwnChanges.TAB, defaults.session(), defaults.door()),
                new CorePorts(journal, source, odoo, tokens::trust, () -> Transfers.POLICY, InstantSource.system()));
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void eachMissedRecordComesOnceInItsNewestState() {
        wasHere("list");
        commit(
                updated(1, "{'amount': 1}", "{'name': 'one', 'amount': 2}"),
                updated(1, "{'amount': 2}", "{'name': 'one', 'amount': 3}"),
                Transfers.created(actor(AZIZ), 2, "{'name': 'two', 'amount': 5}"),
                Transfers.created(actor(AZIZ), 3, "{'name': 'three', 'amount': 5}"),
                Transfers.deleted(actor(AZIZ), 3));

        try (var back = back()) {
            assertThat(line(back.expect("list_update"))).isEqualTo("update 1 amount 3");
            assertThat(line(back.expect("list_update"))).isEqualTo("create 2 amount 5");
            assertThat(line(back.expect("list_update"))).startsWith("delete 3");
            var resumed = back.expect("resumed");
            assertThat(resumed.path("ref").asString()).isEqualTo("list");
            assertThat(resumed.path("offset").asLong()).isEqualTo(journal.last());

            commit(updated(1, "{'amount': 3}", "{'name': 'one', 'amount': 4}"));
            assertThat(line(back.expect("list_update"))).isEqualTo("update 1 amount 4");
        }
    }

    @Test
    void whoMissedNothingIsToldSoAtOnce() {
        wasHere("list");

        try (var back = back()) {
            back.expect("resumed");
            back.gotNothing();
        }
    }

    @Test
    void theStampAndTheOffsetOutliveARestartOfTheBridge() {
        wasHere("list");
        commit(updated(1, "{'amount': 1}", "{'name': 'one', 'amount': 2}"));
        bridge.close();
        bridge = start();

        try (var back = back()) {
            assertThat(line(back.expect("list_update"))).isEqualTo("update 1 amount 2");
            back.expect("resumed");
        }
    }

    @Test
    void whatWasMissedIsJudgedByTheRightsOfToday() {
        odoo.where(BOBUR, "[['amount', '<', 50]]");
        wasHere("list");
        commit(
                updated(1, "{'amount': 1}", "{'name': 'one', 'amount': 60}"),
                updated(2, "{'amount': 70}", "{'name': 'two', 'amount': 10}"),
                updated(3, "{'amount': 70}", "{'name': 'three', 'amount': 80}"));

        try (var back = back()) {
            assertThat(line(back.expect("list_update"))).isEqualTo("enter 2 amount 10");
            assertThat(line(back.expect("list_update"))).startsWith("leave 1");
            back.expect("resumed");
        }
    }

    @Test
    void withOtherRightsThanBeforeItReadsAgain() {
        wasHere("list");
        odoo.where(BOBUR, "[['amount', '<', 50]]");
        commit(
                updated(1, "{'amount': 1}", "{'name': 'one', 'amount': 60}"),
                new Change.Rights("rules", Optional.empty(), Optional.empty(), Optional.empty()));

        try (var back = back()) {
            assertThat(back.expect("reset").path("reason").asString()).isEqualTo("rights");
            back.gotNothing();
        }
    }

    @Test
    void whatCannotBeToldIsReadAgain() {
        wasHere("list");

        readsAgain(new Mark("another", mark.offset(), mark.rights()));
        wasHere("list");
        commit(Transfers.bulk(actor(AZIZ)));
        readsAgain(mark);
        wasHere("list");
        commit(new Change.Gap(Optional.empty(), "test"));
        readsAgain(mark);
        wasHere("list");
        commit(Transfers.deleted(actor(AZIZ), 4));
        odoo.undecidable(BOBUR);
        bridge.close();
        bridge = start();
        try (var tab = Browser.open(bridge, 'c').hello(tokens.of(BOBUR, 1L))) {
            tab.send(watch("list", "list", Optional.empty()));
            mark = new Mark(
                    mark.epoch(), mark.offset(), tab.expect("ok").path("rights").asString());
        }
        readsAgain(mark);
    }

    /** The journal was perhaps taken back to an earlier state: once, that is a reason for everybody to read again. */
    @Test
    void anOffsetThatWasNeverGivenBeginsANewEpochOnce() {
        wasHere("list");
        var epoch = journal.epoch();

        try (var back = back(mark.at(1_000), 'a')) {
            assertThat(back.expect("reset").path("reason").asString()).isEqualTo("resume");
            // the new epoch begins with a gap, which reaches everybody
            assertThat(back.expect("reset").path("reason").asString()).isEqualTo("gap");
            back.gotNothing();
        }
        assertThat(journal.epoch()).isNotEqualTo(epoch);

        var next = journal.epoch();
        wasHere("list");
        readsAgain(mark.at(1_000));
        readsAgain(new Mark("another", 1_000, mark.rights()));
        assertThat(journal.epoch()).isEqualTo(next);
    }

    @Test
    void moreThanItPaysToReplayIsReadAgain() {
        wasHere("list");
        for (int id = 1; id <= 2_001; id++) {
            journal.append(List.of(updated(id, "{'amount': 1}", "{'amount': 2}")), Position.NOW);
        }

        readsAgain(mark);
    }

    @Test
    void aFormIsToldOfItsRecordOnly() {
        wasHere("form");
        commit(
                updated(1, "{'amount': 1}", "{'name': 'one', 'amount': 2}"),
                updated(42, "{'amount': 1}", "{'name': 'the', 'amount': 3}"));

        try (var back = back()) {
            assertThat(line(back.expect("form_update"))).isEqualTo("update 42 amount 3");
            back.expect("resumed");
        }
    }

    @Test
    void whatThisUserDidMeanwhileIsMarkedAsOwn() {
        wasHere("list");
        commit(
                Transfers.moved(actor(BOBUR), 1, "{'amount': 1}", "{'amount': 2}"),
                Transfers.moved(actor(AZIZ), 2, "{'amount': 1}", "{'amount': 2}"));

        try (var back = back()) {
            assertThat(back.expect("list_update").path("own").asBoolean()).isTrue();
            assertThat(back.expect("list_update").has("own")).isFalse();
            back.expect("resumed");
        }
    }

    @Test
    void twoTabsOfOneUserComeBackEachFromWhereItWas() {
        wasHere("list");
        var earlier = mark;
        commit(updated(1, "{'amount': 1}", "{'amount': 2}"));
        var later = mark.at(journal.last());
        commit(updated(2, "{'amount': 1}", "{'amount': 2}"));

        try (var one = back(earlier, 'a');
                var two = back(later, 'b')) {
            assertThat(one.expect("list_update").path("records")).hasSize(2);
            one.expect("resumed");
            assertThat(line(two.expect("list_update"))).isEqualTo("update 2 amount 2");
            two.expect("resumed");
        }
    }

    @Test
    void theSameFeedTwiceInOneTabIsReadAgain() {
        wasHere("list");
        commit(updated(1, "{'amount': 1}", "{'amount': 2}"));

        try (var back = back()) {
            back.expect("list_update");
            back.expect("resumed");
            back.send(watch("other", "list", Optional.of(mark)));
            back.expect("ok");
            assertThat(back.expect("reset").path("reason").asString()).isEqualTo("resume");
        }
    }

    @Test
    void eventsThatWereMissedComeAfterTheWelcome() {
        wasHere("list");
        commit(Transfers.event(actor(AZIZ), Set.of(BOBUR), 42), Transfers.event(actor(AZIZ), Set.of(AZIZ), 42));

        try (var tab = Browser.open(bridge, 'a')) {
            hello(tab, mark);
            var event = tab.expect("event");
            assertThat(event.path("offset").asLong()).isEqualTo(mark.offset() + 1);
            assertThat(event.toString()).doesNotContain("hush");
            var resumed = tab.expect("resumed");
            assertThat(resumed.has("ref")).isFalse();
            assertThat(resumed.path("offset").asLong()).isEqualTo(journal.last());
            tab.gotNothing();
        }
    }

    @Test
    void eventsOfAnotherEpochAreNotTold() {
        wasHere("list");
        commit(Transfers.event(actor(AZIZ), Set.of(BOBUR), 42));

        try (var tab = Browser.open(bridge, 'a')) {
            hello(tab, new Mark("another", 0, ""));
            tab.expect("resumed");
            tab.gotNothing();
        }
    }

    /** A tab of Bobur's watched this, and lost its connection. */
    private void wasHere(String which) {
        view = which;
        try (var tab = Browser.open(bridge, 'a').hello(tokens.of(BOBUR, 1L))) {
            tab.send(watch(view, view, Optional.empty()));
            var ok = tab.expect("ok");
            mark = new Mark(
                    journal.epoch(),
                    ok.path("offset").asLong(),
                    ok.path("rights").asString());
        }
        await().until(() -> bridge.core.metrics().session().sessions() == 0);
    }

    private static String watch(String ref, String view, Optional<Mark> from) {
        var resume = from.map(it -> ",'resume':{'epoch':'%s','offset':%d,'rights':'%s'}"
                        .formatted(it.epoch(), it.offset(), it.rights()))
                .orElse("");
        return "{'type':'watch','ref':'%s','view':'%s','model':'amanat.transfer'%s%s}"
                .formatted(ref, view, view.equals("form") ? ",'id':42" : "", resume);
    }

    private void hello(Browser tab, Mark from) {
        tab.send("{'type':'hello','token':'%s','origin':'%s','resume':{'epoch':'%s','offset':%d}}"
                .formatted(tokens.of(BOBUR, 1L), tab.tab(), from.epoch(), from.offset()));
        tab.expect("welcome");
    }

    private Browser back() {
        return back(mark, 'a');
    }

    private Browser back(Mark from, char digit) {
        var tab = Browser.open(bridge, digit).hello(tokens.of(BOBUR, 1L));
        // looked up before: an offset beyond the head makes the journal go on
        long head = journal.last();
        tab.send(watch(view, view, Optional.of(from)));
        assertThat(tab.expect("ok").path("offset").asLong()).isEqualTo(head);
        return tab;
    }

    private void readsAgain(Mark from) {
        try (var back = back(from, 'a')) {
            assertThat(back.expect("reset").path("reason").asString()).isEqualTo("resume");
            back.gotNothing();
        }
    }

    /** Commits this and waits until it is in the journal. */
    private void commit(Change... changes) {
        long last = journal.last() + changes.length;
        source.commit(changes);
        await().until(() -> journal.last() >= last);
    }

    private static Change.Records updated(long id, String before, String after) {
        return Transfers.moved(actor(AZIZ), id, before, after);
    }

    private static String line(JsonNode frame) {
        var first = frame.path("records").get(0);
        return "%s %d amount %s"
                .formatted(frame.path("op").asString(), first.path("id").asLong(), first.path("amount"));
    }
}
