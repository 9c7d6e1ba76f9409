package io.amanat.bridge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.access.domain.ModelFields;
import io.amanat.connector.change.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RightsBookTest {

    private static final String TRANSFER = "amanat.transfer";
    private static final Viewer AZIZ = viewer(7);
    private static final Viewer BOBUR = viewer(8);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final FakeRights odoo = new FakeRights();
    private final HandClock clock = new HandClock();
    private final AccessMetrics metrics = new AccessMetrics();
    private RightsBook book = book(Duration.ZERO);

    @AfterEach
    void close() {
        book.close();
    }

    @Test
    void whatIsKnownIsNotAskedAgain() {
        var known = book.known(TRANSFER, List.of(AZIZ, BOBUR), LONG);
        odoo.calls.clear();

        assertThat(book.known(TRANSFER, List.of(AZIZ, BOBUR), LONG)).isEqualTo(known);
        assertThat(book.ask(TRANSFER, AZIZ)).isEqualTo(FakeRights.everything(TRANSFER));
        assertThat(odoo.calls).isEmpty();
    }

    @Test
    void aColdStartOf200ViewersIsOneCall() {
        var gathering = book(Duration.ofSeconds(4));
        try (gathering;
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = LongStream.rangeClosed(1, 200)
                    .mapToObj(
                            user -> CompletableFuture.supplyAsync(() -> gathering.ask(TRANSFER, viewer(user)), threads))
                    .toList();

            var rights = asked.stream().map(CompletableFuture::join).toList();

            assertThat(odoo.calls)
                    .singleElement()
                    .satisfies(call -> assertThat(call.questions())
                            .singleElement()
                            .satisfies(
                                    question -> assertThat(question.viewers()).hasSize(200)));
            assertThat(rights).allSatisfy(it -> assertThat(it).isSameAs(rights.getFirst()));
        }
    }

    @Test
    void whatIsAskedDuringACallRidesInTheNext() {
        odoo.hesitate();
        book.known(TRANSFER, List.of(AZIZ), Duration.ZERO);
        await().until(() -> odoo.calls.size() == 1);
        for (long user = 100; user < 150; user++) {
            book.known(TRANSFER, List.of(viewer(user)), Duration.ZERO);
        }
        book.known(TRANSFER, List.of(AZIZ), Duration.ZERO);
        odoo.answer(2);

        assertThat(book.known(TRANSFER, List.of(AZIZ, viewer(149)), LONG)).hasSize(2);
        assertThat(odoo.calls).hasSize(2);
    }

    @Test
    void whatIsTooMuchForOneCallIsAskedInSeveral() {
        odoo.hesitate();
        book.known("first", List.of(AZIZ), Duration.ZERO);
        await().until(() -> odoo.calls.size() == 1);
        var viewers = LongStream.rangeClosed(1, 1_200)
                .mapToObj(RightsBookTest::viewer)
                .toList();
        book.known(TRANSFER, viewers, Duration.ZERO);
        odoo.answer(10);

        await().until(() -> viewers.stream()
                .allMatch(viewer -> book.current(TRANSFER, viewer).isPresent()));
        assertThat(odoo.calls)
                .extracting(call -> call.questions().getFirst().viewers().size())
                .containsExactly(1, RightsAsker.MAX_PER_CALL, RightsAsker.MAX_PER_CALL, 200);
    }

    @Test
    void noCallHoldsMoreQuestionsThanTheContractAllows() {
        odoo.hesitate();
        book.known("first", List.of(AZIZ), Duration.ZERO);
        await().until(() -> odoo.calls.size() == 1);
        for (int model = 0; model < 450; model++) {
            book.known("model" + model, List.of(AZIZ), Duration.ZERO);
        }
        odoo.answer(10);

        assertThat(book.known("model449", List.of(AZIZ), LONG)).hasSize(1);
        assertThat(odoo.calls)
                .extracting(call -> call.questions().size())
                .containsExactly(1, RightsOracle.MAX_QUESTIONS, RightsOracle.MAX_QUESTIONS, 50);
    }

    @Test
    void viewersWhoseRecordsOnlyOdooCanTellShareNothingUnlessOdooSaysSo() {
        odoo.grants = key -> Rights.undecidable(
                key.viewer().userId() < 10 ? "a" : "b", Set.of("id"), "en_US", ModelFields.nothing(key.model()));

        var known = book.known(TRANSFER, List.of(AZIZ, BOBUR, viewer(10)), LONG);

        assertThat(known.get(AZIZ)).isSameAs(known.get(BOBUR)).isNotEqualTo(known.get(viewer(10)));
    }

    @Test
    void whatWasAnnouncedIsDeniedAtOnceAndAskedFresh() {
        book.ask(TRANSFER, AZIZ);
        odoo.hesitate();

        book.forget(rules());

        assertThat(book.known(TRANSFER, List.of(AZIZ), Duration.ZERO)).isEmpty();
        assertThat(book.current(TRANSFER, AZIZ)).isEmpty();
        odoo.answer(1);
        assertThat(book.known(TRANSFER, List.of(AZIZ), LONG)).hasSize(1);
        assertThat(odoo.calls).extracting(FakeRights.Call::fresh).containsExactly(false, true);
    }

    @Test
    void anAnswerAskedBeforeAnAnnouncementCountsForNothing() {
        odoo.hesitate();
        odoo.grants = key -> FakeRights.reads(key.model(), "id", "secret");
        book.known(TRANSFER, List.of(AZIZ), Duration.ZERO);
        await().until(() -> odoo.calls.size() == 1);

        odoo.grants = key -> FakeRights.reads(key.model(), "id");
        book.forget(groups(7));
        odoo.answer(2);

        assertThat(book.ask(TRANSFER, AZIZ).fields()).containsExactly("id");
        assertThat(odoo.calls).extracting(FakeRights.Call::fresh).containsExactly(false, true);
    }

    @Test
    void anAnnouncementAboutOthersLeavesAnAnswerAsItIs() {
        odoo.hesitate();
        book.known(TRANSFER, List.of(AZIZ), Duration.ZERO);
        await().until(() -> odoo.calls.size() == 1);

        book.forget(groups(8));
        odoo.answer(1);

        assertThat(book.known(TRANSFER, List.of(AZIZ), LONG)).hasSize(1);
        assertThat(odoo.calls).hasSize(1);
    }

    @Test
    void whatChangesFasterThanItCanBeAskedStaysUnknown() {
        odoo.grants = key -> {
            book.forgetAll();
            return FakeRights.everything(key.model());
        };

        assertThat(book.known(TRANSFER, List.of(AZIZ), LONG)).isEmpty();
        assertThat(odoo.calls).hasSize(RightsAsker.MAX_TRIES);
    }

    @Test
    void anAnnouncementConcernsOnlyWhomItNames() {
        for (var model : List.of(TRANSFER, "amanat.money")) {
            book.known(model, List.of(AZIZ, BOBUR), LONG);
        }

        book.forget(groups(7));

        assertThat(book.current(TRANSFER, AZIZ)).isEmpty();
        assertThat(book.current("amanat.money", AZIZ)).isEmpty();
        assertThat(book.current(TRANSFER, BOBUR)).isPresent();

        book.forget(rules());

        assertThat(book.current(TRANSFER, BOBUR)).isEmpty();
        assertThat(book.current("amanat.money", BOBUR)).isPresent();

        book.forgetAll();

        assertThat(book.current("amanat.money", BOBUR)).isEmpty();
    }

    @Test
    void someSecondsAfterAnAnnouncementOdooHasSettled() {
        book.forget(groups(7));
        clock.pass(Duration.ofSeconds(9));
        book.ask(TRANSFER, AZIZ);
        clock.pass(Duration.ofSeconds(1));
        book.ask(TRANSFER, BOBUR);

        assertThat(odoo.calls).extracting(FakeRights.Call::fresh).containsExactly(true, false);
    }

    @Test
    void recordsAreAskedAboutAfreshUntilThen() {
        book.readable(List.of());
        book.forget(rules());
        book.readable(List.of());
        clock.pass(Duration.ofSeconds(10));
        book.readable(List.of());

        assertThat(odoo.recordCalls).containsExactly(false, true, false);
    }

    @Test
    void aPasswordOrALogoutChangesNoRulesInOdoo() {
        book.forget(new Change.Rights("password", Optional.of(Set.of(7L)), Optional.empty(), Optional.empty()));
        book.forget(new Change.Rights("logout", Optional.of(Set.of(7L)), Optional.empty(), Optional.of("sid")));
        book.ask(TRANSFER, AZIZ);

        assertThat(odoo.calls).extracting(FakeRights.Call::fresh).containsExactly(false);
    }

    @Test
    void afterFourMinutesTheyAreAskedAgainWhileTheyAreStillBelieved() {
        var before = book.ask(TRANSFER, AZIZ);
        clock.pass(Duration.ofMinutes(4).minusSeconds(1));
        book.refresh(TRANSFER, List.of(AZIZ));
        clock.pass(Duration.ofSeconds(1));
        odoo.hesitate();
        odoo.grants = key -> Rights.none(key.model());

        book.refresh(TRANSFER, List.of(AZIZ, BOBUR));

        await().until(() -> odoo.calls.size() == 2);
        assertThat(odoo.calls.getLast().questions()).containsExactly(new RightsQuestion(TRANSFER, List.of(AZIZ)));
        assertThat(book.known(TRANSFER, List.of(AZIZ), Duration.ZERO)).isEqualTo(Map.of(AZIZ, before));
        odoo.answer(1);
        await().until(() ->
                book.known(TRANSFER, List.of(AZIZ), Duration.ZERO).equals(Map.of(AZIZ, Rights.none(TRANSFER))));
    }

    @Test
    void afterFiveMinutesTheyAreNoRightsAnyMore() {
        book.ask(TRANSFER, AZIZ);
        odoo.away = true;
        clock.pass(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(book.known(TRANSFER, List.of(AZIZ), LONG)).hasSize(1);
        clock.pass(Duration.ofSeconds(1));

        assertThat(book.known(TRANSFER, List.of(AZIZ), LONG)).isEmpty();
    }

    @Test
    void aClockThatGoesBackMakesNothingYoung() {
        book.ask(TRANSFER, AZIZ);
        odoo.away = true;
        clock.pass(Duration.ofMinutes(-1));

        assertThat(book.known(TRANSFER, List.of(AZIZ), LONG)).isEmpty();
    }

    @Test
    void anOdooThatIsAwayMakesNobodyReadAnything() {
        odoo.away = true;
        assertThat(book.known(TRANSFER, List.of(AZIZ), LONG)).isEmpty();
        assertThatExceptionOfType(OracleException.class).isThrownBy(() -> book.ask(TRANSFER, AZIZ));

        odoo.away = false;

        assertThat(book.known(TRANSFER, List.of(AZIZ), LONG)).hasSize(1);
    }

    @Test
    void whoCannotBeAskedAboutHarmsNobodyElse() {
        odoo.grants = key -> {
            if (key.viewer().equals(AZIZ)) {
                throw new OracleException("planted", null);
            }
            return FakeRights.everything(key.model());
        };
        var viewers =
                LongStream.rangeClosed(1, 100).mapToObj(RightsBookTest::viewer).toList();

        try (var gathering = book(Duration.ofMillis(200))) {
            assertThat(gathering.known(TRANSFER, viewers, LONG)).hasSize(99).doesNotContainKey(AZIZ);
        }
    }

    @Test
    void anOdooThatIsAwayIsNotAskedAboutEveryViewerByItself() {
        odoo.away = true;
        var viewers =
                LongStream.rangeClosed(1, 100).mapToObj(RightsBookTest::viewer).toList();

        try (var gathering = book(Duration.ofMillis(500))) {
            assertThat(gathering.known(TRANSFER, viewers, LONG)).isEmpty();
        }
        assertThat(odoo.calls).hasSize(3);
    }

    @Test
    void whoIsNotAnsweredInTimeIsUnknownAndTheOthersAreKnown() {
        book.ask(TRANSFER, AZIZ);
        odoo.hesitate();

        assertThat(book.known(TRANSFER, List.of(AZIZ, BOBUR), Duration.ofMillis(20)))
                .containsOnlyKeys(AZIZ);
    }

    @Test
    void moreThanMayWaitAreNotAskedAtAll() {
        odoo.hesitate();
        try (var small = new RightsBook(odoo, new AccessSettings(LONG, 2, Duration.ZERO), metrics, clock)) {
            small.known(TRANSFER, List.of(AZIZ), Duration.ZERO);
            await().until(() -> odoo.calls.size() == 1);
            small.known(TRANSFER, List.of(viewer(1), viewer(2), viewer(3)), Duration.ZERO);

            assertThatExceptionOfType(OracleException.class).isThrownBy(() -> small.ask(TRANSFER, viewer(4)));
            odoo.answer(2);
            assertThat(small.known(TRANSFER, List.of(AZIZ, viewer(2)), LONG)).hasSize(2);
            assertThat(small.current(TRANSFER, viewer(3))).isEmpty();
        }
    }

    @Test
    void oneViewersTroubleIsNobodyElses() {
        odoo.grants = key -> key.viewer().equals(AZIZ) ? Rights.none(TRANSFER) : FakeRights.everything(TRANSFER);
        odoo.troubles = List.of(new RightsReply.Trouble(AZIZ, "the record rules of this model raise ValueError"));

        var known = book.known(TRANSFER, List.of(AZIZ, BOBUR), LONG);

        assertThat(known).isEqualTo(Map.of(AZIZ, Rights.none(TRANSFER), BOBUR, FakeRights.everything(TRANSFER)));
        await().until(() -> metrics.denials() == 1);
        assertThat(book.summaries()).singleElement().satisfies(summary -> {
            assertThat(summary.viewers()).isEqualTo(2);
            assertThat(summary.distinct()).isEqualTo(2);
            assertThat(new ArrayList<>(summary.troubles().keySet()))
                    .containsExactly("the record rules of this model raise ValueError");
        });

        odoo.troubles = List.of();
        book.forget(groups(7));
        book.ask(TRANSFER, AZIZ);

        await().untilAsserted(
                        () -> assertThat(book.summaries().getFirst().troubles()).isEmpty());
    }

    private RightsBook book(Duration gather) {
        return new RightsBook(odoo, new AccessSettings(LONG, 20_000, gather), metrics, clock);
    }

    private static Viewer viewer(long user) {
        return new Viewer(user, List.of(1L));
    }

    private static Change.Rights groups(long user) {
        return new Change.Rights("groups", Optional.of(Set.of(user)), Optional.empty(), Optional.empty());
    }

    private static Change.Rights rules() {
        return new Change.Rights("rules", Optional.empty(), Optional.of(Set.of(TRANSFER)), Optional.empty());
    }
}
