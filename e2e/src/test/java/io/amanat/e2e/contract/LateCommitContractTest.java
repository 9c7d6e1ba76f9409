package io.amanat.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Which messages with late commits Odoo's own websocket delivers, and which it loses: what the bridge has to make good. */
class LateCommitContractTest extends ContractTest {

    private static final Duration LONGER_THAN_THE_HISTORY = Duration.ofSeconds(12);

    private final Client service = as(Target.SERVICE);
    private final Client aziz = as("aziz");

    LateCommitContractTest(Side side) {
        super(side);
    }

    private void chatter(Frames... listening) {
        int id = aziz.create(TEST, Map.of("name", name("chatter")));
        for (Frames frames : listening) {
            frames.await(about("create", TEST, id));
        }
    }

    @Test
    void aLateCommitIsDeliveredOnAnOpenConnectionAndLostAcrossAReconnection() {
        var open = service.listen();
        var late = side.late();
        chatter(open);
        int last = open.ids().stream().max(Integer::compare).orElseThrow();
        var reconnected = service.open(Map.of());
        reconnected.subscribe(List.of(), last);

        late.commit();
        open.awaitId(late.id());
        chatter(open, reconnected);

        assertThat(late.id()).isLessThan(last);
        assertThat(reconnected.ids()).doesNotContain(late.id());
        assertThat(open.ids()).doesNotHaveDuplicates();
    }

    @Test
    void aCommitTwelveSecondsLateIsDeliveredInSilence() {
        var frames = service.listen();
        var late = side.late();
        chatter(frames);

        Awaitility.await()
                .pollDelay(LONGER_THAN_THE_HISTORY)
                .atMost(Duration.ofSeconds(20))
                .until(() -> true);
        late.commit();

        frames.awaitId(late.id());
    }

    @Test
    void aCommitTwelveSecondsLateIsLostWhileOthersCommit() {
        var frames = service.listen();
        var late = side.late();
        chatter(frames);

        var until = Instant.now().plus(LONGER_THAN_THE_HISTORY);
        Awaitility.await()
                .pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    chatter(frames);
                    return Instant.now().isAfter(until);
                });
        late.commit();
        chatter(frames);

        assertThat(frames.ids()).doesNotContain(late.id());
    }

    @Test
    void peekingAgainFromTheNewestIdLosesTheLateOne() {
        var late = side.late();
        chatter();
        int last = newest(service.peek(List.of()));

        late.commit();
        chatter();
        var answer = service.post(
                "/websocket/peek_notifications", Map.of("channels", List.of(), "last", last, "is_first_poll", false));

        assertThat(newest(answer)).isGreaterThan(last);
        assertThat(ids(answer)).doesNotContain(late.id());
        assertThat(ids(service.peek(List.of()))).contains(late.id());
    }

    private static int newest(JsonNode answer) {
        return ids(answer).stream().max(Integer::compare).orElseThrow();
    }

    private static List<Integer> ids(JsonNode answer) {
        return answer.path("result")
                .path("notifications")
                .valueStream()
                .map(one -> one.path("id").asInt())
                .toList();
    }
}
