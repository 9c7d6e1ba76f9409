package io.amanat.bridge.presence;

import static io.amanat.bridge.presence.Hall.rights;
import static io.amanat.bridge.presence.Hall.viewer;
import static io.amanat.bridge.presence.Hall.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.channel.Watcher;
import io.amanat.connector.change.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is told who is at a record. */
class PresencesTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;
    private static final long CHARI = 9;

    private final Hall hall = new Hall().open(1, AZIZ, BOBUR, CHARI).open(2, AZIZ, BOBUR);
    private final List<Ended> ended = new ArrayList<>();

    @Test
    void whoHasARecordOpenIsShownToListsAndFormsThatAskForIt() {
        var list = hall.list(BOBUR);
        var form = hall.form(BOBUR, 1);
        var other = hall.form(BOBUR, 2);
        hall.looks(AZIZ, 1);

        hall.settle();

        assertThat(hall.shows(list)).isEqualTo("1: U7");
        assertThat(hall.shows(form)).isEqualTo("1: U7");
        assertThat(hall.shows(other)).isEmpty();
    }

    @Test
    void whoComesLaterIsToldWhoIsThereAlready() {
        hall.looks(AZIZ, 1);
        hall.settle();

        var list = hall.list(BOBUR);
        hall.settle();

        assertThat(hall.shows(list)).isEqualTo("1: U7");
    }

    @Test
    void whoLeavesIsShownNoMore() {
        var list = hall.list(BOBUR);
        var stay = hall.looks(AZIZ, 1);
        hall.settle();

        hall.presences.go(stay);
        hall.settle();

        assertThat(hall.told.getLast().people().people()).isEmpty();
        assertThat(hall.shows(list)).isEmpty();
    }

    @Test
    void whoMayNotReadTheRecordIsToldNothing() {
        hall.mayNotRead(1, CHARI);
        hall.list(CHARI);
        hall.form(CHARI, 1);
        hall.looks(AZIZ, 1);

        hall.settle();

        assertThat(hall.told).isEmpty();
        assertThat(hall.namesAsked).isEmpty();
    }

    @Test
    void whoMayNotReadTheRecordIsNotShown() {
        hall.mayNotRead(1, CHARI);
        var list = hall.list(BOBUR);
        hall.looks(CHARI, 1);

        assertThat(hall.settle().shows(list)).isEmpty();
    }

    @Test
    void fieldsAreNamedToThoseWhoMayReadThem() {
        hall.fields.put(BOBUR, Set.of("amount"));
        hall.fields.put(CHARI, Set.of("name"));
        var bobur = hall.list(BOBUR);
        var chari = hall.list(CHARI);
        hall.edits(AZIZ, 1, ended, "amount", "note");

        hall.settle();

        assertThat(hall.shows(bobur)).isEqualTo("1: U7 edits [amount]");
        assertThat(hall.shows(chari)).isEqualTo("1: U7 edits []");
    }

    @Test
    void namesAreThoseThatTheViewerMaySee() {
        hall.strangers.put(CHARI, Set.of(AZIZ));
        var bobur = hall.list(BOBUR);
        var chari = hall.list(CHARI);
        hall.looks(AZIZ, 1);

        hall.settle();

        assertThat(hall.shows(bobur)).isEqualTo("1: U7");
        assertThat(hall.shows(chari)).isEqualTo("1: another 7");
    }

    @Test
    void severalTabsAreOnePersonAndEditingWins() {
        var list = hall.list(BOBUR);
        hall.looks(AZIZ, 1);
        hall.looks(AZIZ, 1);
        hall.edits(AZIZ, 1, ended, "amount");
        hall.edits(AZIZ, 1, ended, "note");

        assertThat(hall.settle().shows(list)).isEqualTo("1: U7 edits [amount, note]");
    }

    @Test
    void whoEditsComesFirstThenWhoCameFirst() {
        var list = hall.list(BOBUR);
        hall.looks(AZIZ, 1);
        hall.looks(BOBUR, 1);
        hall.edits(CHARI, 1, ended, "note");

        assertThat(hall.settle().shows(list)).isEqualTo("1: U9 edits [note], U7, U8");
    }

    @Test
    void onlyOneselfIsNobody() {
        hall.form(AZIZ, 1);
        hall.looks(AZIZ, 1);

        hall.settle();

        assertThat(hall.told).isEmpty();
    }

    @Test
    void whoWantsToBeHiddenIsNotShownAndSeesOthers() {
        var aziz = hall.form(AZIZ, 1);
        var bobur = hall.form(BOBUR, 1);
        hall.come(Stay.looking(viewer(AZIZ)), 1, false);
        hall.looks(BOBUR, 1);
        hall.settle();

        assertThat(hall.shows(aziz)).isEqualTo("1: U8");
        assertThat(hall.shows(bobur)).isEmpty();
    }

    @Test
    void whoIsNotHeardOfIsHiddenUntilHeardAgain() {
        var list = hall.list(BOBUR);
        var stay = hall.looks(AZIZ, 1);
        hall.settle();

        hall.presences.show(List.of(stay), false);
        assertThat(hall.settle().shows(list)).isEmpty();
        hall.presences.show(List.of(stay), true);
        assertThat(hall.settle().shows(list)).isEqualTo("1: U7");
    }

    @Test
    void aRecordIsToldOfOnceASecond() {
        hall.list(BOBUR);
        hall.looks(AZIZ, 1);
        hall.pass(Duration.ZERO);
        assertThat(hall.told).hasSize(1);

        hall.looks(CHARI, 1);
        hall.pass(Presences.PACE.minusMillis(1));
        assertThat(hall.told).hasSize(1);
        hall.pass(Duration.ofMillis(1));
        assertThat(hall.told).hasSize(2);
    }

    @Test
    void whatIsKnownIsNotAskedAgain() {
        hall.list(BOBUR);
        hall.looks(AZIZ, 1);
        hall.settle();
        hall.asked.clear();
        hall.namesAsked.clear();

        hall.looks(BOBUR, 1);
        hall.settle();

        assertThat(hall.asked).isEmpty();
        assertThat(hall.namesAsked)
                .singleElement()
                .satisfies(it -> assertThat(it.users()).containsExactly(BOBUR));
    }

    @Test
    void manyAreAskedTogether() {
        for (long user = 100; user < 150; user++) {
            hall.open(1, user).open(2, user).list(user);
        }
        hall.looks(AZIZ, 1);
        hall.looks(AZIZ, 2);

        hall.settle();

        assertThat(hall.asked).hasSize(1);
        assertThat(hall.namesAsked).hasSize(1);
        assertThat(hall.told).hasSize(2).allSatisfy(it -> assertThat(it.to()).hasSize(50));
    }

    @Test
    void ofManyEightAreNamed() {
        var list = hall.list(BOBUR);
        for (long user = 100; user < 112; user++) {
            hall.open(1, user).looks(user, 1);
        }

        assertThat(hall.settle().shows(list)).endsWith("U107 and 4 more");
    }

    @Test
    void aListIsToldOfTwoHundredRecords() {
        var list = hall.list(BOBUR);
        for (long id = 1; id <= 250; id++) {
            hall.open(id, AZIZ, BOBUR).looks(AZIZ, id);
        }
        hall.settle();

        assertThat(hall.shown.get(list)).hasSize(Presences.MOST_RECORDS);
    }

    @Test
    void whoseRightsChangedIsAskedAboutAnewAndHasItTakenBack() {
        var bobur = hall.list(BOBUR);
        var chari = hall.list(CHARI);
        hall.looks(AZIZ, 1);
        hall.settle();

        hall.mayNotRead(1, BOBUR);
        hall.hears(rights(BOBUR));
        hall.settle();

        assertThat(hall.shows(bobur)).isEmpty();
        assertThat(hall.shows(chari)).isEqualTo("1: U7");
        assertThat(hall.told.getLast().people().people()).isEmpty();
    }

    @Test
    void whileRightsChangeNothingIsTold() {
        hall.list(BOBUR);
        hall.looks(AZIZ, 1);

        hall.hears(() -> hall.pass(Duration.ofSeconds(2)), rights());
        assertThat(hall.told).isEmpty();
        hall.settle();
        assertThat(hall.told).hasSize(1);
    }

    @Test
    void anAnswerFromBeforeAChangeOfRightsCountsForNothing() {
        hall.list(BOBUR);
        hall.looks(AZIZ, 1);
        hall.afterAnswer = () -> {
            hall.afterAnswer = () -> {};
            hall.mayNotRead(1, BOBUR);
            hall.hears(rights(BOBUR));
        };

        hall.settle();

        assertThat(hall.told).isEmpty();
    }

    /** What was asked of another record in the same call says nothing of this one. */
    @Test
    void whoComesWhileOdooIsAskedIsAskedAboutNext() {
        var chari = hall.form(CHARI, 1);
        hall.looks(AZIZ, 1);
        hall.settle();
        hall.looks(AZIZ, 2);
        hall.form(BOBUR, 2);
        hall.presences.retell(chari);
        var late = new ArrayList<Watcher>();
        hall.whileAsked = () -> {
            hall.whileAsked = () -> {};
            late.add(hall.form(BOBUR, 1));
        };

        hall.settle();

        assertThat(hall.shows(late.getFirst())).isEqualTo("1: U7");
    }

    @Test
    void namesFromBeforeAChangeOfRightsCountForNothing() {
        var list = hall.list(BOBUR);
        hall.looks(AZIZ, 1);
        hall.afterNames = () -> {
            hall.afterNames = () -> {};
            hall.strangers.put(BOBUR, Set.of(AZIZ));
            hall.hears(
                    new Change.Rights("rules", Optional.empty(), Optional.of(Set.of("res.users")), Optional.empty()));
        };

        assertThat(hall.settle().shows(list)).isEqualTo("1: another 7");
        assertThat(hall.told).hasSize(1);
    }

    @Test
    void whoPerhapsMayNotWriteIsShownAsLooking() {
        hall.silentAboutWriting = true;
        var list = hall.list(BOBUR);
        hall.edits(AZIZ, 1, ended, "amount");
        assertThat(hall.pass(Duration.ZERO).shows(list)).isEqualTo("1: U7");

        hall.silentAboutWriting = false;
        assertThat(hall.settle().shows(list)).isEqualTo("1: U7 edits [amount]");
    }

    @Test
    void anAnswerFromBeforeAChangeOfTheRecordCountsForNothing() {
        hall.list(BOBUR);
        hall.looks(AZIZ, 1);
        hall.afterAnswer = () -> {
            hall.afterAnswer = () -> {};
            hall.mayNotRead(1, BOBUR);
            hall.hears(written(1));
        };

        hall.settle();

        assertThat(hall.told).isEmpty();
    }

    @Test
    void aRecordThatComesIntoSightIsToldOfAndOneThatLeavesIsTakenBack() {
        hall.mayNotRead(1, CHARI);
        var bobur = hall.list(BOBUR);
        var chari = hall.list(CHARI);
        hall.looks(AZIZ, 1);
        hall.settle();

        hall.mayNotRead(1, BOBUR);
        hall.open(1, CHARI);
        hall.hears(written(1));
        hall.settle();

        assertThat(hall.shows(bobur)).isEmpty();
        assertThat(hall.shows(chari)).isEqualTo("1: U7");
    }

    @Test
    void whoMayNotWriteAnyMoreEditsNoMore() {
        var list = hall.list(BOBUR);
        hall.looks(AZIZ, 1);
        hall.edits(AZIZ, 1, ended, "amount");
        hall.settle();

        hall.mayNotWrite(1, AZIZ);
        hall.hears(rights(AZIZ));
        hall.settle();

        assertThat(ended).containsExactly(Ended.READ_ONLY);
        assertThat(hall.shows(list)).isEqualTo("1: U7");
    }

    @Test
    void whoEditsARecordThatIsGoneEditsNoMore() {
        hall.edits(AZIZ, 1, ended, "amount");
        hall.settle();

        hall.mayNotRead(1, AZIZ);
        hall.mayNotWrite(1, AZIZ);
        hall.hears(written(1));
        hall.settle();

        assertThat(ended).containsExactly(Ended.UNREADABLE);
    }

    @Test
    void whatOdooDoesNotAnswerIsNotToldAndAskedAgainLater() {
        hall.away = true;
        var list = hall.list(BOBUR);
        hall.looks(AZIZ, 1);
        hall.pass(Duration.ZERO);
        hall.pass(Presences.PACE);
        assertThat(hall.told).isEmpty();
        assertThat(hall.asked).hasSize(1);

        hall.away = false;
        hall.pass(Presences.RETRY);

        assertThat(hall.shows(list)).isEqualTo("1: U7");
    }

    @Test
    void anAnswerIsAskedAgainBeforeItIsTooOld() {
        var list = hall.list(BOBUR);
        hall.looks(AZIZ, 1);
        hall.settle();

        hall.mayNotRead(1, BOBUR);
        hall.pass(Presences.TRUSTED).settle();

        assertThat(hall.shows(list)).isEmpty();
    }

    @Test
    void whatGotLostIsToldAgain() {
        var list = hall.list(BOBUR);
        hall.looks(AZIZ, 1);
        hall.settle();
        hall.shown.clear();

        hall.presences.retell(list);

        assertThat(hall.settle().shows(list)).isEqualTo("1: U7");
    }

    @Test
    void whoIsToldAgainHearsThatEverybodyHasLeftMeanwhile() {
        var list = hall.list(BOBUR);
        var stay = hall.looks(AZIZ, 1);
        hall.settle();

        hall.presences.retell(list);
        hall.presences.go(stay);

        assertThat(hall.settle().shows(list)).isEmpty();
    }

    @Test
    void anotherTabOfTheSameUserIsToldToo() {
        var list = hall.list(BOBUR);
        hall.looks(AZIZ, 1);
        hall.settle();
        hall.shown.clear();

        hall.presences.observe(list);

        assertThat(hall.settle().shows(list)).isEqualTo("1: U7");
        assertThat(hall.pass(Presences.PACE).settle().told).hasSize(2);
    }

    @Test
    void whoAsksNoMoreIsToldNothing() {
        hall.leaves(hall.list(BOBUR));
        hall.looks(AZIZ, 1);

        hall.settle();

        assertThat(hall.told).isEmpty();
        assertThat(hall.asked.stream().flatMap(it -> it.viewers().stream())).doesNotContain(viewer(BOBUR));
    }

    @Test
    void aGapOfEverythingIsAChangeOfAllRights() {
        var list = hall.list(BOBUR);
        hall.looks(AZIZ, 1);
        hall.settle();

        hall.mayNotRead(1, BOBUR);
        hall.hears(new Change.Gap(Optional.empty(), "lost"));

        assertThat(hall.settle().shows(list)).isEmpty();
    }

    /** Most records are open in one tab: that costs Odoo no question. */
    @Test
    void whoIsAloneIsNotAskedAbout() {
        hall.form(AZIZ, 1);
        hall.looks(AZIZ, 1);
        hall.edits(AZIZ, 1, ended, "amount");
        hall.settle();
        assertThat(hall.asked).isEmpty();

        var bobur = hall.form(BOBUR, 1);
        assertThat(hall.settle().shows(bobur)).isEqualTo("1: U7 edits [amount]");
    }

    @Test
    void whatNobodyIsAtCostsNothing() {
        hall.list(BOBUR);
        hall.form(BOBUR, 1);
        for (int i = 0; i < 10; i++) {
            hall.hears(written(1));
            hall.pass(Presences.PACE);
        }

        assertThat(hall.asked).isEmpty();
    }
}
