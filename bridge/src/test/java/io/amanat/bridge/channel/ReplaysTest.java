package io.amanat.bridge.channel;

import static io.amanat.bridge.channel.Court.CLERK;
import static io.amanat.bridge.channel.Court.MANAGER;
import static io.amanat.bridge.channel.Court.POLICY;
import static io.amanat.bridge.channel.Court.SOMEBODY;
import static io.amanat.bridge.channel.Court.created;
import static io.amanat.bridge.channel.Court.deleted;
import static io.amanat.bridge.channel.Court.image;
import static io.amanat.bridge.channel.Court.line;
import static io.amanat.bridge.channel.Court.rights;
import static io.amanat.bridge.channel.Court.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.access.domain.Verdict;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody is told who missed a stretch of the past. */
class ReplaysTest {

    private static final long AZIZ = 7;
    private static final Actor BOBUR = new Actor(8, "Bobur", Optional.empty());

    private final Court court = new Court();
    private final List<Change> past = new ArrayList<>();
    private int reads;

    @AfterEach
    void close() {
        court.close();
    }

    @Test
    void theNewestStateOfEachRecordInSight() {
        court.grant("[]", CLERK, AZIZ);

        assertThat(told(
                        court.list(AZIZ),
                        updated(1, "{'name': 'a'}", "{'name': 'b', 'note': 'hush'}"),
                        updated(1, "{'name': 'b'}", "{'name': 'c', 'note': 'hush'}"),
                        created(SOMEBODY, 2, "{'name': 'd'}"),
                        deleted(SOMEBODY, 3, "{'name': 'e'}")))
                .containsExactly(
                        "UPDATE [1:{name=\"c\"}] to [-1]", "CREATE [2:{name=\"d\"}] to [-1]", "DELETE [3] to [-1]");
    }

    @Test
    void whatWasInSightAtAnyMomentLeaves() {
        court.grant("[['amount', '<', 50]]", CLERK, AZIZ);

        assertThat(told(
                        court.list(AZIZ),
                        updated(1, "{'amount': 60}", "{'amount': 10}"),
                        updated(1, "{'amount': 10}", "{'amount': 70}"),
                        created(SOMEBODY, 2, "{'amount': 10}"),
                        deleted(SOMEBODY, 2, "{'amount': 10}")))
                .containsExactly("LEAVE [1] to [-1]", "DELETE [2] to [-1]");
    }

    /** The last part of a transaction may come alone; what is found later leads from before all of it to after it. */
    @Test
    void whatWasInSightBeforeAPartThatWasFoundLateLeaves() {
        court.grant("[['amount', '<', 50]]", CLERK, AZIZ);

        assertThat(told(
                        court.list(AZIZ),
                        updated(1, "{'amount': 60}", "{'amount': 70}"),
                        updated(1, "{'amount': 10}", "{'amount': 70}")))
                .containsExactly("LEAVE [1] to [-1]");
    }

    @Test
    void whatNeverWasInSightIsNotMentioned() {
        court.grant("[['amount', '<', 50]]", CLERK, AZIZ);

        assertThat(told(
                        court.list(AZIZ),
                        updated(1, "{'amount': 60}", "{'amount': 70}"),
                        created(SOMEBODY, 2, "{'amount': 80}"),
                        deleted(SOMEBODY, 2, "{'amount': 80}"),
                        deleted(SOMEBODY, 3, "{'amount': 80}")))
                .isEmpty();
    }

    @Test
    void whatWasOutOfSightInBetweenEnters() {
        court.grant("[['amount', '<', 50]]", CLERK, AZIZ);

        assertThat(told(
                        court.list(AZIZ),
                        updated(1, "{'amount': 10}", "{'amount': 70}"),
                        updated(1, "{'amount': 70}", "{'amount': 20}")))
                .containsExactly("ENTER [1:{amount=20}] to [-1]");
    }

    @Test
    void theDomainOfTheViewCountsAsItDoesLive() {
        court.grant("[]", CLERK, AZIZ);

        assertThat(told(
                        court.list(AZIZ, "[['amount', '>', 20]]"),
                        updated(1, "{'amount': 10}", "{'amount': 30, 'active': true}"),
                        updated(2, "{'amount': 30}", "{'amount': 10, 'active': true}"),
                        updated(3, "{'amount': 10}", "{'amount': 15, 'active': true}")))
                .containsExactly("ENTER [1:{active=true, amount=30}] to [-1]", "LEAVE [2] to [-1]");
    }

    @Test
    void whatTheValuesCannotTellIsReadAgainAndOdooIsNotAsked() {
        court.undecidable("same", CLERK, AZIZ);
        var list = court.list(AZIZ);
        court.asked.clear();

        assertThat(replay(list)).isEqualTo(new Replay.Told(List.of()));
        assertThat(replay(list, updated(1, "{}", "{}"))).isEqualTo(new Replay.Untold(ResetReason.RESUME));
        assertThat(court.asked).isEmpty();
    }

    @Test
    void ofRightsThatOnlyOdooCanJudgeNobodySeesWhetherTheyAreTheSame() {
        court.undecidable("same", CLERK, AZIZ);
        var list = court.list(AZIZ);

        assertThat(replay(list, rights("groups", AZIZ))).isEqualTo(new Replay.Untold(ResetReason.RIGHTS));
        assertThat(replay(list, rights("rules"))).isEqualTo(new Replay.Untold(ResetReason.RIGHTS));
        assertThat(replay(list, rights("groups", 8))).isEqualTo(new Replay.Told(List.of()));
        court.grant("[]", CLERK, AZIZ);
        assertThat(replay(court.list(AZIZ), rights("logout", AZIZ))).isInstanceOf(Replay.Told.class);
    }

    @Test
    void moreThanItPaysToReadIsNotEvenRead() {
        court.grant("[]", CLERK, AZIZ);
        var list = court.list(AZIZ);
        var replays = replays();

        assertThat(replays.of(list, court.rights.getOrDefault(AZIZ, Rights.none("")), 0, Replays.LONGEST + 1))
                .isEqualTo(new Replay.Untold(ResetReason.RESUME));
        assertThat(reads).isZero();
    }

    @Test
    void whoeverMissedTheSameIsToldTheVerySame() {
        court.grant("[]", CLERK, AZIZ);
        var list = court.list(AZIZ);
        past.add(updated(1, "{'name': 'a'}", "{'name': 'b'}"));
        var replays = replays();
        var mine = court.rights.getOrDefault(AZIZ, Rights.none(""));

        assertThat(replays.of(list, mine, 0, 1)).isSameAs(replays.of(list, mine, 0, 1));
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void theAuthorIsToldThatItIsTheirs() {
        court.grant("[]", CLERK, AZIZ);
        var part = parts(court.list(AZIZ), updated(BOBUR, 1, "{'name': 'a'}", "{'name': 'b'}"))
                .getFirst();

        assertThat(part.author()).isEqualTo(8);
        assertThat(part.own().map(Court::line)).contains("UPDATE own [1:{name=\"b\"}] to [-1]");
    }

    @Test
    void whereOwnChangesAreNotToldOnlyWhatOthersHadAPartInIs() {
        try (var quiet = new Court(OwnChanges.USER)) {
            quiet.grant("[]", CLERK, AZIZ);
            past.addAll(List.of(
                    updated(BOBUR, 1, "{'name': 'a'}", "{'name': 'b'}"),
                    updated(SOMEBODY, 2, "{'name': 'a'}", "{'name': 'b'}"),
                    updated(BOBUR, 2, "{'name': 'b'}", "{'name': 'c'}")));
            var replays = new Replays(this::between, () -> POLICY, quiet.book, OwnChanges.USER, () -> 0);
            var told = replays.of(quiet.list(AZIZ), quiet.rights.getOrDefault(AZIZ, Rights.none("")), 0, 3);

            assertThat(((Replay.Told) told).parts())
                    .extracting(Replay.Part::quiet)
                    .containsExactly(true, false);
        }
    }

    @Test
    void longOnesComeInSlices() {
        court.grant("[]", CLERK, AZIZ);
        for (int id = 1; id <= 250; id++) {
            past.add(updated(id, "{'name': 'a'}", "{'name': 'b'}"));
        }
        var part = parts(court.list(AZIZ)).getFirst();

        assertThat(part.slices(100))
                .extracting(
                        it -> ((Delivery.Data) it.delivery()).visible().now().size())
                .containsExactly(100, 100, 50);
    }

    @Test
    void eventsAreToldAsFarAsWhatTheyAreAboutMayBeRead() {
        court.grant("[['amount', '<', 50]]", CLERK, AZIZ);
        past.addAll(List.of(event(AZIZ, 10), event(8, 10), event(AZIZ, 60)));

        assertThat(replays().events(new Viewer(AZIZ, List.of(1L)), 0, 3).stream()
                        .map(Court::line))
                .containsExactly("event [1:{amount=10}] to [7]");
        court.away = true;
        court.book.forgetAll();
        assertThat(replays().events(new Viewer(AZIZ, List.of(1L)), 0, 3)).isEmpty();
    }

    /** Random and even inconsistent changes: what is told holds nothing that may not be read, and names nobody never in sight. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void nothingThatMayNotBeReadIsInAnyReplay(long seed) {
        var random = new Random(seed);
        court.grant("[['amount', '<', 50]]", CLERK, 1);
        court.grant("['|', ['company_id', 'in', [false, 1]], ['level', '>', 5]]", MANAGER, 2);
        court.grant("[['level', '<=', 5], ['name', '!=', 'a']]", CLERK, 3);
        int told = 0;
        for (int round = 0; round < 300; round++) {
            past.clear();
            for (int i = random.nextInt(6); i >= 0; i--) {
                past.add(NoLeakTest.change(random));
            }
            long user = 1L + random.nextInt(3);
            var list = random.nextBoolean() ? court.list(user) : court.list(user, "[['amount', '>', 20]]");
            if (replay(list) instanceof Replay.Told(var parts)) {
                told++;
                parts.forEach(it -> check(court.rights.getOrDefault(user, Rights.none("")), it.delivery()));
            }
        }
        assertThat(told).isGreaterThan(30);
    }

    private void check(Rights mine, Delivery delivery) {
        var fold = Fold.of(Court.TRANSFER, OptionalLong.empty(), numbered()).orElseThrow();
        switch (delivery) {
            case Delivery.Data data -> {
                assertThat(mine.fields()).containsAll(data.visible().changedFields());
                assertThat(mine.fields()).containsAll(data.visible().reread());
                for (var image : data.visible().now()) {
                    assertThat(mine.fields()).containsAll(image.values().keySet());
                    assertThat(image.values().toString()).doesNotContain("old-", "rule-", "777777", ".03125");
                    assertThat(mine.verdict(
                                    moment(fold, Moment.id(image)).after().orElseThrow()))
                            .isEqualTo(Verdict.YES);
                }
            }
            case Delivery.Gone gone ->
                gone.ids().forEach(id -> assertThat(states(fold, id)).anyMatch(it -> mine.verdict(it) == Verdict.YES));
            default -> throw new AssertionError(delivery);
        }
    }

    private static Moment moment(Fold.Past fold, long id) {
        return fold.changes().stream()
                .flatMap(it -> it.records().stream())
                .filter(it -> it.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private static List<Image> states(Fold.Past fold, long id) {
        var states = new ArrayList<Image>();
        for (var sum : fold.changes()) {
            for (int i = 0; i < sum.records().size(); i++) {
                if (sum.records().get(i).id() == id) {
                    states.addAll(sum.between().get(i));
                    sum.records().get(i).before().ifPresent(states::add);
                }
            }
        }
        return states;
    }

    private static Change.Event event(long user, int amount) {
        return new Change.Event(
                "ready",
                Court.TRANSFER,
                SOMEBODY,
                Instant.EPOCH,
                Set.of(user),
                List.of(image(1, "{'amount': %d, 'note': 'hush'}".formatted(amount))),
                Set.of());
    }

    private List<String> told(Watcher watcher, Change... changes) {
        return parts(watcher, changes).stream().map(it -> line(it.delivery())).toList();
    }

    private List<Replay.Part> parts(Watcher watcher, Change... changes) {
        return switch (replay(watcher, changes)) {
            case Replay.Told(var parts) -> parts;
            case Replay.Untold untold -> throw new AssertionError(untold);
        };
    }

    private Replay replay(Watcher watcher, Change... changes) {
        if (changes.length > 0) {
            past.clear();
            past.addAll(List.of(changes));
        }
        var mine = court.rights.getOrDefault(watcher.viewer().userId(), Rights.none(""));
        return replays().of(watcher, mine, 0, past.size());
    }

    private Replays replays() {
        return new Replays(this::between, () -> POLICY, court.book, OwnChanges.TAB, () -> 0);
    }

    private Optional<List<Numbered>> between(long from, long to) {
        reads++;
        return Optional.of(numbered().subList((int) from, (int) to));
    }

    private List<Numbered> numbered() {
        var numbered = new ArrayList<Numbered>();
        for (int i = 0; i < past.size(); i++) {
            numbered.add(new Numbered(i + 1, POLICY.admit(past.get(i)).orElseThrow()));
        }
        return numbered;
    }
}
