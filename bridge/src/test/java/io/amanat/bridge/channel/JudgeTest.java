package io.amanat.bridge.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.access.Answer;
import io.amanat.bridge.access.OracleException;
import io.amanat.bridge.access.Oracles;
import io.amanat.bridge.access.Question;
import io.amanat.bridge.policy.LiveModel;
import io.amanat.bridge.policy.Policy;
import io.amanat.bridge.policy.PolicySettings;
import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class JudgeTest {

    private static final String TRANSFER = "amanat.transfer";
    private static final Actor SOMEBODY = new Actor(99, "Somebody", Optional.empty());
    private static final Answer CLERK = new Answer(true, Set.of(1L, 2L), Set.of("id", "display_name", "name"));
    private static final Answer MANAGER =
            new Answer(true, Set.of(1L, 2L), Set.of("id", "display_name", "name", "note"));

    private final Channel channel = new Channel();
    private final Map<Long, Answer> rights = new HashMap<>();
    private final List<Question> asked = new ArrayList<>();
    private final List<Delivery> delivered = new ArrayList<>();
    private final List<Decided> tail = new ArrayList<>();
    private final ChannelMetrics metrics = new ChannelMetrics();
    private final Policy policy = Policy.of(
            Map.of(TRANSFER, new LiveModel("Transfer", Map.of("name", "char", "note", "text"))),
            PolicySettings.DEFAULT);
    private final Judge judge = new Judge(
            new Judge.Ports(channel, () -> policy, (Oracles.Records) this::answer, delivered::addAll),
            OwnChanges.TAB,
            metrics,
            tail::add);

    @Test
    void equalRightsAreOneClass() {
        rights.putAll(Map.of(1L, CLERK, 2L, CLERK, 3L, MANAGER));
        var watchers = List.of(list(1), list(2), list(3));

        judge.judge(List.of(numbered(10, updated(1))));

        assertThat(delivered).hasSize(2).allSatisfy(it -> assertThat(it).isInstanceOf(Delivery.Data.class));
        assertThat(data(0).to()).containsExactlyInAnyOrder(watchers.get(0), watchers.get(1));
        assertThat(data(0).visible().now().getFirst().values()).containsOnlyKeys("name", "display_name");
        assertThat(data(1).visible().now().getFirst().values()).containsOnlyKeys("name", "display_name", "note");
        assertThat(data(0).visible().changedFields()).containsExactly("name");
        assertThat(tail).containsExactly(new Decided(10, TRANSFER, "update", 1, 99, 2, 3, 0));
    }

    @Test
    void aWatchOfSomeFieldsGetsNoOthers() {
        rights.put(1L, MANAGER);
        channel.register(
                new WatchSpec(
                        TRANSFER, OptionalLong.empty(), Optional.of(Set.of("note")), Optional.empty(), List.of(1L)),
                1);

        judge.judge(List.of(numbered(10, updated(1))));

        assertThat(data(0).visible().now().getFirst().values()).containsOnlyKeys("note", "display_name");
    }

    @Test
    void whatIsPartlyReadableIsSentInPartAndTheRestReset() {
        rights.put(1L, new Answer(true, Set.of(1L), Set.of("id", "name")));
        list(1);

        judge.judge(List.of(numbered(10, updated(1, 2))));

        assertThat(data(0).visible().now()).extracting(Burst::id).containsExactly(1L);
        assertThat(reset(1).reason()).isEqualTo(ResetReason.NOT_READABLE);
    }

    @Test
    void aDeletionIsNotToldToWhoMayNotReadTheModel() {
        rights.put(1L, Answer.NOTHING);
        list(1);

        judge.judge(List.of(numbered(10, deleted(1))));

        assertThat(delivered).isEmpty();
    }

    @Test
    void aModelThatIsNotLiveIsNotEvenAskedAbout() {
        list(1);

        judge.judge(List.of(numbered(
                10,
                new Change.Records(
                        "res.users",
                        Operation.UPDATE,
                        SOMEBODY,
                        Instant.EPOCH,
                        List.of(),
                        List.of(),
                        List.of(),
                        Set.of(),
                        Set.of()))));

        assertThat(asked).isEmpty();
        assertThat(delivered).isEmpty();
        assertThat(metrics.refused()).isEqualTo(1);
    }

    @Test
    void aChangeNobodyWatchesIsNotAskedAbout() {
        judge.judge(List.of(numbered(10, updated(1))));

        assertThat(asked).isEmpty();
        assertThat(tail).containsExactly(new Decided(10, TRANSFER, "update", 1, 99, 0, 0, 0));
    }

    @Test
    void aGapNeedsNoRightsAndReachesEveryFeed() {
        rights.clear();
        list(1);
        form(2, 7);

        judge.judge(List.of(numbered(10, new Change.Gap(Optional.empty(), "lost"))));

        assertThat(asked).isEmpty();
        assertThat(delivered)
                .extracting(it -> ((Delivery.Reset) it).reason())
                .containsOnly(ResetReason.GAP)
                .hasSize(2);
    }

    @Test
    void withoutAnswerEverythingConcernedIsReset() {
        list(1);
        form(2, 1);
        form(2, 7);

        judge.judge(List.of(numbered(10, updated(1))));

        assertThat(delivered)
                .hasSize(2)
                .allSatisfy(it -> assertThat(((Delivery.Reset) it).reason()).isEqualTo(ResetReason.FAILED));
        assertThat(metrics.resets(ResetReason.FAILED)).isEqualTo(2);
    }

    @Test
    void theOrderOfOffsetsIsKept() {
        rights.put(1L, CLERK);
        list(1);

        judge.judge(List.of(numbered(10, updated(1)), numbered(11, deleted(1)), numbered(12, updated(2))));

        assertThat(delivered).extracting(Delivery::offset).containsExactly(10L, 11L, 12L);
        assertThat(asked).singleElement().satisfies(it -> assertThat(it.ids()).containsExactly(1L, 2L));
    }

    /** The record may have been hidden while it held the older value; rights are only known as they are now. */
    @Test
    void aValueThatWasOverwrittenBeforeRightsWereAskedIsNeverShown() {
        rights.put(1L, CLERK);
        list(1);

        judge.judge(List.of(numbered(10, named("SECRET")), numbered(11, named("public"))));

        assertThat(delivered).hasSize(2);
        assertThat(data(0).visible().now()).isEqualTo(data(1).visible().now());
        assertThat(delivered.toString()).contains("public").doesNotContain("SECRET");
    }

    @Test
    void whoStoppedWatchingIsNotConcerned() {
        rights.put(1L, CLERK);
        channel.unregister(list(1));

        judge.judge(List.of(numbered(10, updated(1))));

        assertThat(delivered).isEmpty();
    }

    private List<List<Answer>> answer(List<Question> questions) {
        asked.addAll(questions);
        if (rights.isEmpty()) {
            throw new OracleException("away", null);
        }
        return questions.stream()
                .map(question -> question.viewers().stream()
                        .map(viewer -> rights.getOrDefault(viewer.userId(), Answer.NOTHING))
                        .toList())
                .toList();
    }

    private Watcher list(long user) {
        return channel.register(
                        new WatchSpec(TRANSFER, OptionalLong.empty(), Optional.empty(), Optional.empty(), List.of(1L)),
                        user)
                .orElseThrow();
    }

    private Watcher form(long user, long id) {
        return channel.register(
                        new WatchSpec(TRANSFER, OptionalLong.of(id), Optional.empty(), Optional.empty(), List.of(1L)),
                        user)
                .orElseThrow();
    }

    private Delivery.Data data(int index) {
        return (Delivery.Data) delivered.get(index);
    }

    private Delivery.Reset reset(int index) {
        return (Delivery.Reset) delivered.get(index);
    }

    private static Numbered numbered(long offset, Change change) {
        return new Numbered(offset, change);
    }

    private static Change updated(long... ids) {
        return new Change.Records(
                TRANSFER,
                Operation.UPDATE,
                SOMEBODY,
                Instant.EPOCH,
                Arrays.stream(ids).mapToObj(JudgeTest::image).toList(),
                List.of(),
                List.of(),
                Set.of("name", "secret_code"),
                Set.of());
    }

    private static Change named(String name) {
        return new Change.Records(
                TRANSFER,
                Operation.UPDATE,
                SOMEBODY,
                Instant.EPOCH,
                List.of(new Image(new RecordRef.Serial(1), Map.of("name", JsonNodeFactory.instance.stringNode(name)))),
                List.of(),
                List.of(),
                Set.of("name"),
                Set.of());
    }

    private static Change deleted(long id) {
        return new Change.Records(
                TRANSFER,
                Operation.DELETE,
                SOMEBODY,
                Instant.EPOCH,
                List.of(new Image(new RecordRef.Serial(id), Map.of())),
                List.of(),
                List.of(image(id)),
                Set.of(),
                Set.of());
    }

    private static Image image(long id) {
        JsonNode text = JsonNodeFactory.instance.stringNode("TR-" + id);
        return new Image(
                new RecordRef.Serial(id),
                Map.of("name", text, "note", text, "display_name", text, "secret_code", text));
    }
}
