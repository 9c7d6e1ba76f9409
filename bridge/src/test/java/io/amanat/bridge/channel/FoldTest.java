package io.amanat.bridge.channel;

import static io.amanat.bridge.channel.Court.SOMEBODY;
import static io.amanat.bridge.channel.Court.TRANSFER;
import static io.amanat.bridge.channel.Court.created;
import static io.amanat.bridge.channel.Court.deleted;
import static io.amanat.bridge.channel.Court.image;
import static io.amanat.bridge.channel.Court.records;
import static io.amanat.bridge.channel.Court.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What several transactions, one after the other, come to. */
class FoldTest {

    private static final Actor AZIZ = new Actor(7, "Aziz", Optional.of("a".repeat(32)));

    @Test
    void theFirstOldAndTheLastNewValuesCount() {
        var sum = only(
                updated(1, "{'amount': 1}", "{'name': 'a', 'amount': 2}"),
                updated(1, "{'name': 'a'}", "{'name': 'b', 'amount': 2}"),
                updated(1, "{'amount': 2}", "{'name': 'b', 'amount': 3}"));

        assertThat(sum.offset()).isEqualTo(3);
        assertThat(sum.change().now()).containsExactly(image(1, "{'name': 'b', 'amount': 3}"));
        assertThat(sum.change().before()).containsExactly(image(1, "{'name': 'a', 'amount': 1}"));
        assertThat(sum.change().changedFields()).isEqualTo(Set.of("name", "amount"));
    }

    @Test
    void anOldValueOfAFieldThatWasWrittenBeforeIsNotTheFirst() {
        var first = records(
                Operation.UPDATE, SOMEBODY, List.of(image(1, "{'amount': 2}")), List.of(), List.of(), Set.of("amount"));

        var sum = only(first, updated(1, "{'amount': 2, 'name': 'a'}", "{'amount': 3, 'name': 'b'}"));

        assertThat(sum.change().before()).containsExactly(image(1, "{'name': 'a'}"));
    }

    @Test
    void whatOnlyRulesLookAtGivesWayToWhatIsNewer() {
        var first = records(
                Operation.UPDATE,
                SOMEBODY,
                List.of(image(1, "{}")),
                List.of(image(1, "{'level': 1, 'name': 'a', 'note': 'n'}")),
                List.of(),
                Set.of("level"));
        var second = records(
                Operation.UPDATE,
                SOMEBODY,
                List.of(image(1, "{'name': 'b'}")),
                List.of(image(1, "{'level': 2}")),
                List.of(),
                Set.of("note"));

        assertThat(only(first, second).change().rules()).containsExactly(image(1, "{'level': 2}"));
    }

    @Test
    void aValueThatIsToBeReadAnewIsNotTheOneOfBefore() {
        var second = new Change.Records(
                TRANSFER,
                Operation.UPDATE,
                SOMEBODY,
                Instant.EPOCH,
                List.of(image(1, "{'amount': 2}")),
                List.of(),
                List.of(),
                Set.of("name", "amount"),
                Set.of("name"));

        var sum = only(updated(1, "{'name': 'a'}", "{'name': 'b', 'amount': 1}"), second);

        assertThat(sum.change().now()).containsExactly(image(1, "{'amount': 2}"));
        assertThat(sum.change().reread()).containsExactly("name");
    }

    @Test
    void whoWasCreatedIsNewHoweverOftenItWasWritten() {
        var sum = only(created(SOMEBODY, 1, "{'name': 'a'}"), updated(1, "{'name': 'a'}", "{'name': 'b'}"));

        assertThat(sum.change().operation()).isEqualTo(Operation.CREATE);
        assertThat(sum.change().before()).isEmpty();
        assertThat(sum.change().changedFields()).isEmpty();
    }

    @Test
    void whatWasCreatedAndDeletedIsGoneForWhoeverSawItInBetween() {
        var sum = only(
                created(SOMEBODY, 1, "{'amount': 1}"),
                updated(1, "{'amount': 1}", "{'amount': 2}"),
                deleted(SOMEBODY, 1, "{'amount': 2}"));

        assertThat(sum.change().operation()).isEqualTo(Operation.DELETE);
        assertThat(sum.records()).containsExactly(new Moment(1, Optional.empty(), Optional.empty()));
        assertThat(sum.between()).containsExactly(List.of(image(1, "{'amount': 1}"), image(1, "{'amount': 2}")));
    }

    @Test
    void whatARecordWasInBetweenHoldsWhatOnlyRulesLookAt() {
        var first = records(
                Operation.UPDATE,
                SOMEBODY,
                List.of(image(1, "{'amount': 1}")),
                List.of(image(1, "{'level': 3}")),
                List.of(),
                Set.of());

        assertThat(only(first, updated(1, "{}", "{}")).between())
                .containsExactly(List.of(image(1, "{'amount': 1, 'level': 3}")));
    }

    @Test
    void ofWhatWasDeletedTheFirstOldValuesCount() {
        var sum =
                only(updated(1, "{'amount': 1}", "{'amount': 2}"), deleted(SOMEBODY, 1, "{'amount': 2, 'name': 'a'}"));

        assertThat(sum.change().operation()).isEqualTo(Operation.DELETE);
        assertThat(sum.change().before()).containsExactly(image(1, "{'amount': 1, 'name': 'a'}"));
    }

    @Test
    void theLastWhoWroteIsNamedWithoutTheTab() {
        var sum = only(updated(1, "{}", "{}"), updated(AZIZ, 1, "{}", "{}"));

        assertThat(sum.change().actor()).isEqualTo(new Actor(7, "Aziz", Optional.empty()));
        assertThat(sum.alone()).isFalse();
        assertThat(only(updated(AZIZ, 1, "{}", "{}"), updated(AZIZ, 1, "{}", "{}"))
                        .alone())
                .isTrue();
    }

    @Test
    void recordsToWhichTheSameWasDoneGoTogetherInOrder() {
        var sums = fold(
                updated(1, "{'amount': 1}", "{'amount': 2}"),
                updated(2, "{'name': 'a'}", "{'name': 'b'}"),
                updated(3, "{'amount': 1}", "{'amount': 2}"));

        assertThat(sums).extracting(Fold.Sum::offset).containsExactly(2L, 3L);
        assertThat(sums.get(1).change().now()).hasSize(2);
    }

    @Test
    void onlyTheModelAndTheRecordThatMatterCount() {
        var changes = List.of(
                new Numbered(1, updated(1, "{}", "{}")),
                new Numbered(2, updated(2, "{}", "{}")),
                new Numbered(3, new Change.Gap(Optional.of("amanat.order"), "test")));

        assertThat(Fold.of(TRANSFER, OptionalLong.of(2), changes).orElseThrow().size())
                .isEqualTo(1);
        assertThat(Fold.of("amanat.other", OptionalLong.empty(), changes)
                        .orElseThrow()
                        .changes())
                .isEmpty();
    }

    @Test
    void whatSaysNothingOfSingleRecordsCannotBeTold() {
        var bulk = new Change.Bulk(TRANSFER, Operation.UPDATE, SOMEBODY, Instant.EPOCH, List.of(), Set.of());

        assertThat(untold(bulk)).isTrue();
        assertThat(untold(new Change.Gap(Optional.empty(), "test"))).isTrue();
        assertThat(untold(new Change.Gap(Optional.of(TRANSFER), "test"))).isTrue();
        assertThat(untold(deleted(SOMEBODY, 1, "{}"), created(SOMEBODY, 1, "{}")))
                .isTrue();
    }

    @Test
    void soManyRecordsAreFoldedAndNoMore() {
        var changes = new ArrayList<Change>();
        for (int id = 1; id <= Fold.MOST; id++) {
            changes.add(updated(id, "{}", "{}"));
        }
        assertThat(untold(changes.toArray(Change[]::new))).isFalse();
        changes.add(updated(Fold.MOST + 1, "{}", "{}"));
        assertThat(untold(changes.toArray(Change[]::new))).isTrue();
    }

    private static boolean untold(Change... changes) {
        return Fold.of(TRANSFER, OptionalLong.empty(), numbered(changes)).isEmpty();
    }

    private static Fold.Sum only(Change... changes) {
        var sums = fold(changes);
        assertThat(sums).hasSize(1);
        return sums.getFirst();
    }

    private static List<Fold.Sum> fold(Change... changes) {
        return Fold.of(TRANSFER, OptionalLong.empty(), numbered(changes))
                .orElseThrow()
                .changes();
    }

    private static List<Numbered> numbered(Change... changes) {
        var numbered = new ArrayList<Numbered>();
        for (int i = 0; i < changes.length; i++) {
            numbered.add(new Numbered(i + 1, changes[i]));
        }
        return numbered;
    }
}
