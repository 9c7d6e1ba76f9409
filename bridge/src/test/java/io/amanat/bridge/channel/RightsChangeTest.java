package io.amanat.bridge.channel;

import static io.amanat.bridge.channel.Court.CLERK;
import static io.amanat.bridge.channel.Court.MANAGER;
import static io.amanat.bridge.channel.Court.SOMEBODY;
import static io.amanat.bridge.channel.Court.TRANSFER;
import static io.amanat.bridge.channel.Court.deleted;
import static io.amanat.bridge.channel.Court.rights;
import static io.amanat.bridge.channel.Court.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a change of rights takes its place among the changes. */
class RightsChangeTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;

    private final Court court = new Court();

    @AfterEach
    void close() {
        court.close();
    }

    @Test
    void whatComesBeforeItIsJudgedByTheOldRightsAndWhatComesAfterByTheNew() {
        court.grant("[]", CLERK, AZIZ, BOBUR);
        court.list(AZIZ);
        court.list(BOBUR);
        court.grant("[['amount', '<', 100]]", CLERK, AZIZ);

        assertThat(lines(
                        updated(1, "{'amount': 500}", "{'amount': 501}"),
                        rights("groups", AZIZ),
                        updated(1, "{'amount': 501}", "{'amount': 502}"),
                        updated(1, "{'amount': 502}", "{'amount': 5}")))
                .containsExactly(
                        "UPDATE [1:{amount=501}] to [7, 8]",
                        "reset RIGHTS to [7]",
                        "UPDATE [1:{amount=502}] to [8]",
                        "ENTER [1:{amount=5}] to [7]",
                        "UPDATE [1:{amount=5}] to [8]");
    }

    @Test
    void rightsThatTurnOutToBeTheSameDisturbNobody() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ);
        court.form(AZIZ, 1);

        assertThat(lines(rights("rules"))).isEmpty();
        assertThat(court.rightsAsked).hasSize(2);
    }

    @Test
    void formsAndListsOfTheUserAreReset() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ);
        court.form(AZIZ, 1);
        court.grant("[]", MANAGER, AZIZ);

        assertThat(lines(rights("groups", AZIZ))).containsExactly("reset RIGHTS to [7]", "reset RIGHTS to [7]");
    }

    @Test
    void rightsThatOnlyOdooCanJudgeMayHaveChangedThoughTheyLookTheSame() {
        court.undecidable("same", CLERK, AZIZ);
        court.list(AZIZ);

        assertThat(lines(rights("traversed"))).containsExactly("behind to [7]", "reset RIGHTS to [7]");
    }

    @Test
    void aChangeOfOtherModelsOrUsersIsNoReasonToAsk() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ);
        lines(updated(1, "{}", "{}"));
        court.rightsAsked.clear();

        lines(rights("groups", BOBUR));
        lines(new Change.Rights("rules", Optional.empty(), Optional.of(Set.of("amanat.order")), Optional.empty()));

        assertThat(court.rightsAsked).isEmpty();
    }

    @Test
    void whileRightsAreNotKnownNothingIsDeliveredAndWhatWasMissedIsOwed() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ);
        lines(updated(1, "{}", "{}"));
        court.away = true;

        assertThat(lines(
                        rights("rules"),
                        updated(1, "{'name': 'a'}", "{'name': 'b'}"),
                        updated(1, "{'name': 'b'}", "{'name': 'c'}")))
                .containsExactly("behind to [7]");
        assertThat(court.pass(Duration.ofSeconds(2))).isEmpty();

        court.away = false;
        assertThat(untilPaid()).containsExactly("reset FAILED to [7]");
        assertThat(lines(updated(1, "{'name': 'b'}", "{'name': 'c'}")))
                .containsExactly("UPDATE [1:{name=\"c\"}] to [7]");
    }

    @Test
    void rightsThatBecomeKnownLaterAndAreTheSameOweNothingToWhoMissedNothing() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ);
        lines(updated(1, "{}", "{}"));
        court.away = true;
        lines(rights("rules"));
        court.away = false;

        await().until(() -> {
            court.pass(Duration.ofSeconds(2));
            return !court.judge(updated(1, "{'name': 'b'}", "{'name': 'c'}")).isEmpty();
        });
        assertThat(court.delivered).allSatisfy(it -> assertThat(it).isNotInstanceOf(Delivery.Gone.class));
    }

    @Test
    void rightsThatBecomeKnownLaterAndDifferAreToldOnce() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ);
        lines(updated(1, "{}", "{}"));
        court.away = true;
        lines(rights("rules"));
        court.grant("[]", MANAGER, AZIZ);
        court.away = false;

        assertThat(untilPaid()).containsExactly("reset RIGHTS to [7]");
        assertThat(court.pass(Duration.ofSeconds(2))).isEmpty();
    }

    @Test
    void whoMayNoLongerReadTheModelIsToldOnceAndGetsNothingMore() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ);
        court.rights.remove(AZIZ);

        assertThat(lines(rights("access"))).containsExactly("reset RIGHTS to [7]");
        assertThat(lines(
                        updated(1, "{'name': 'a'}", "{'name': 'b'}"),
                        deleted(SOMEBODY, 1, "{'name': 'b'}"),
                        new Change.Bulk(TRANSFER, Operation.UPDATE, SOMEBODY, Instant.EPOCH, List.of(), Set.of())))
                .isEmpty();
    }

    @Test
    void aWatchThatNamesWhatMayNotBeReadAnyMoreGetsNothingUntilItMayBeReadAgain() {
        court.grant("[]", MANAGER, AZIZ);
        court.watch(Court.list(Optional.of(Set.of("name", "note")), Optional.empty()), AZIZ);
        court.list(AZIZ, "[['note', '!=', 'x']]");
        court.grant("[]", CLERK, AZIZ);

        assertThat(lines(rights("groups", AZIZ), updated(1, "{'note': 'a'}", "{'note': 'b', 'active': true}")))
                .containsExactly("reset RIGHTS to [7]", "reset RIGHTS to [7]");

        court.grant("[]", MANAGER, AZIZ);
        assertThat(lines(rights("groups", AZIZ), updated(1, "{'note': 'a'}", "{'note': 'b', 'active': true}")))
                .hasSize(4)
                .contains("UPDATE [1:{note=\"b\"}] to [7]", "UPDATE [1:{active=true, note=\"b\"}] to [7]");
    }

    @Test
    void whoWasAdmittedWithRightsThatChangedMeanwhileIsToldBeforeAnythingElse() {
        court.grant("[]", MANAGER, AZIZ);
        court.list(AZIZ);
        court.grant("[['amount', '<', 100]]", CLERK, AZIZ);
        court.book.forgetAll();

        assertThat(lines(updated(1, "{'amount': 1}", "{'amount': 500, 'note': 'hush'}")))
                .containsExactly("reset RIGHTS to [7]", "LEAVE [1] to [7]");
    }

    @Test
    void aGapOfAllModelsIsAChangeOfAllRights() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ);
        court.grant("[['amount', '<', 100]]", CLERK, AZIZ);

        assertThat(lines(new Change.Gap(Optional.empty(), "lost"), updated(1, "{'amount': 500}", "{'amount': 501}")))
                .containsExactly("reset GAP to [7]", "reset RIGHTS to [7]");
    }

    @Test
    void aGapPaysWhatIsOwed() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ);
        lines(updated(1, "{}", "{}"));
        court.away = true;
        lines(rights("rules"), updated(1, "{'name': 'a'}", "{'name': 'b'}"));
        court.away = false;

        assertThat(lines(new Change.Gap(Optional.empty(), "lost"))).containsExactly("reset GAP to [7]");
        assertThat(court.pass(Duration.ofSeconds(2))).isEmpty();
    }

    @Test
    void rightsThatChangedWithoutAnAnnouncementAreNoticed() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ);
        lines(updated(1, "{}", "{}"));
        court.grant("[['amount', '<', 100]]", CLERK, AZIZ);
        court.book.forgetAll();

        assertThat(untilPaid(Judge.REVISE)).containsExactly("reset RIGHTS to [7]");
    }

    @Test
    void whoMayNoLongerLogInIsSentAwayAndALogoutChangesNoRights() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ);
        lines(updated(1, "{}", "{}"));
        court.rightsAsked.clear();

        assertThat(lines(new Change.Rights("logout", Optional.of(Set.of(AZIZ)), Optional.empty(), Optional.of("sid"))))
                .containsExactly("revoked Optional[[7]] Optional[sid]");
        assertThat(court.rightsAsked).isEmpty();
        assertThat(lines(rights("password", AZIZ))).containsExactly("revoked Optional[[7]] Optional.empty");

        court.rights.remove(AZIZ);
        assertThat(lines(rights("user", AZIZ)))
                .containsExactly("revoked Optional[[7]] Optional.empty", "reset RIGHTS to [7]");
    }

    @Test
    void whoMayNoLongerLogInIsSentAwayEvenIfWhatComesWithItCannotBeDecided() {
        court.grant("[]", CLERK, AZIZ);
        court.list(AZIZ);
        var odd = Court.records(
                Operation.CREATE,
                SOMEBODY,
                List.of(new Image(new RecordRef.Uuid(new UUID(1, 2)), Map.of())),
                List.of(),
                List.of(),
                Set.of());

        assertThatThrownBy(() -> court.judge(odd, rights("user", AZIZ))).isInstanceOf(IllegalArgumentException.class);
        assertThat(court.delivered.stream().map(Court::line)).containsExactly("revoked Optional[[7]] Optional.empty");
    }

    @Test
    void aCallThatDoesNotEndKeepsNobodyElseFromTheirChangesForLong() {
        court.grant("[]", CLERK, AZIZ, BOBUR);
        court.list(AZIZ);
        court.list(BOBUR);
        lines(updated(1, "{}", "{}"));
        court.hesitate();

        var start = System.nanoTime();
        var told = lines(rights("groups", AZIZ), updated(1, "{'name': 'a'}", "{'name': 'b'}"));

        assertThat(told).containsExactly("behind to [7]", "UPDATE [1:{name=\"b\"}] to [8]");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    private List<String> untilPaid() {
        return untilPaid(Judge.SETTLE);
    }

    private List<String> untilPaid(Duration step) {
        var paid = new ArrayList<String>();
        await().until(() -> {
            court.pass(step).forEach(it -> paid.add(Court.line(it)));
            return !paid.isEmpty();
        });
        return paid;
    }

    private List<String> lines(Change... changes) {
        return court.judge(changes).stream().map(Court::line).toList();
    }
}
