package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.protocol.FrameWriter;
import io.amanat.bridge.protocol.ServerFrame;
import io.amanat.bridge.protocol.TableRequest;
import io.amanat.bridge.topic.Right;
import io.amanat.bridge.topic.Rule;
import io.amanat.bridge.topic.Rules;
import io.amanat.bridge.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class TopicTalkTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorService shard = Executors.newSingleThreadExecutor();
    private final FrameWriter writer = new FrameWriter();
    private final Map<String, Right> rights = new ConcurrentHashMap<>();
    private final AtomicLong feeds = new AtomicLong();
    private final Topics<TopicTalk> topics = new Topics<>(
            new Rules(List.of(
                    rule("plan:{plan:word}", Map.of()), rule("branch:{id:word}", Map.of("plan", "id=eq.{id}")))),
            (claims, topic) -> rights.getOrDefault(claims.subject(), new Right(true, true)),
            feeds::incrementAndGet,
            new TopicHearers(writer, () -> 7),
            System::nanoTime);

    /** What a client was sent, and tables that open when a test says so. */
    private final class Client implements TopicTalk.Line {
        final List<String> got = new CopyOnWriteArrayList<>();
        final List<Consumer<Map<String, Long>>> opening = new CopyOnWriteArrayList<>();
        final List<String> closed = new CopyOnWriteArrayList<>();
        final TopicTalk talk;

        Client(String person) {
            talk = new TopicTalk(this, topics, new Claims("authenticated", person, "{}"));
        }

        @Override
        public Executor shard() {
            return shard;
        }

        @Override
        public void send(ServerFrame frame) {
            got.add(StandardCharsets.UTF_8.decode(writer.write(frame)).toString());
        }

        @Override
        public void give(Outgoing frame) {
            got.add(StandardCharsets.UTF_8.decode(frame.bytes().duplicate()).toString());
        }

        @Override
        public long offset() {
            return 7;
        }

        @Override
        public void watchTables(String ref, Map<String, String> filters, Consumer<Map<String, Long>> done) {
            assertThat(filters).isEqualTo(Map.of("plan", "id=eq.x"));
            opening.add(done);
        }

        @Override
        public void unwatchTables(String ref) {
            closed.add(ref);
        }

        void gets(String... parts) {
            await().atMost(LONG)
                    .until(() ->
                            got.stream().anyMatch(it -> List.of(parts).stream().allMatch(it::contains)));
        }
    }

    @BeforeEach
    void start() {
        topics.start();
    }

    @AfterEach
    void stop() {
        topics.close();
        shard.shutdownNow();
    }

    @Test
    void whoWatchesATopicIsToldThatFirstAndThenWhoIsThere() {
        var aziz = new Client("aziz");
        aziz.talk.watch(new TableRequest.TopicWatch("p", "plan:1"));
        aziz.gets("\"presence_state\"");
        aziz.talk.track(new TableRequest.Track("plan:1", Map.of("slot", JsonNodeFactory.instance.stringNode("a"))));
        aziz.gets("\"presence_diff\"", "\"aziz\"", "\"slot\":\"a\"");
        var other = new Client("other");
        other.talk.watch(new TableRequest.TopicWatch("p", "plan:1"));
        other.gets("\"presence_state\"", "\"aziz\"");
        other.talk.broadcast(new TableRequest.Broadcast(
                "plan:1", "cursor", JsonNodeFactory.instance.objectNode().put("x", 1)));
        aziz.gets("\"broadcast\"", "\"from\":\"other\"", "\"payload\":{\"x\":1}");

        assertThat(other.got.getFirst()).contains("\"ok\"", "\"ref\":\"p\"", "\"feed\":1", "\"offset\":7");
        aziz.talk.end();
        other.gets("\"presence_diff\"", "\"joins\":{}", "\"leaves\":{\"aziz\"");
    }

    @Test
    void tablesOfATopicAreWatchedBeforeItIsSaidThatItIs() {
        var aziz = new Client("aziz");
        aziz.talk.watch(new TableRequest.TopicWatch("b", "branch:x"));
        await().atMost(LONG).until(() -> aziz.opening.size() == 1);
        assertThat(aziz.got).isEmpty();
        shard.execute(() -> aziz.opening.getFirst().accept(Map.of("plan", 9L)));
        aziz.gets("\"presence_state\"");

        assertThat(aziz.got.getFirst()).contains("\"ok\"", "\"tables\":{\"plan\":9}");
        aziz.talk.track(new TableRequest.Track("branch:x", Map.of("slot", JsonNodeFactory.instance.stringNode("a"))));
        aziz.gets("\"presence_diff\"");
        assertThat(aziz.got).as("the state comes once").hasSize(3);
        assertThat(aziz.talk.unwatch("b")).isTrue();
        await().atMost(LONG).until(() -> aziz.closed.contains("b"));
        assertThat(aziz.talk.unwatch("b")).isFalse();
        await().atMost(LONG).until(() -> topics.size() == 0);
    }

    @Test
    void whoseRightGoesBeforeTheTablesAreWatchedIsRefused() {
        var aziz = new Client("aziz");
        aziz.talk.watch(new TableRequest.TopicWatch("b", "branch:x"));
        await().atMost(LONG).until(() -> aziz.opening.size() == 1);
        rights.put("aziz", new Right(false, false));
        topics.forget();
        aziz.gets("\"error\"", "\"b\"", "\"unknown_topic\"");
        shard.execute(() -> aziz.opening.getFirst().accept(Map.of("plan", 9L)));
        await().atMost(LONG).until(() -> aziz.closed.size() == 2);

        assertThat(aziz.got).hasSize(1);
    }

    @Test
    void whatIsRefusedSaysWhyAndTheConnectionGoesOn() {
        var stranger = new Client("stranger");
        rights.put("stranger", new Right(false, false));
        stranger.talk.watch(new TableRequest.TopicWatch("p", "plan:1"));
        stranger.gets("\"error\"", "\"ref\":\"p\"", "\"unknown_topic\"");
        assertThat(stranger.talk.has("p")).isFalse();
        stranger.talk.track(new TableRequest.Track("plan:1", Map.of()));
        stranger.gets("\"error\"", "\"ref\":\"plan:1\"", "\"unknown_topic\"");

        var aziz = new Client("aziz");
        aziz.talk.watch(new TableRequest.TopicWatch("p", "plan:1"));
        aziz.talk.watch(new TableRequest.TopicWatch("q", "plan:1"));
        aziz.gets("\"duplicate_ref\"", "\"q\"");
    }

    @Test
    void whoseRightWentReadsThatTheTopicIsToBeWatchedAgain() {
        var aziz = new Client("aziz");
        aziz.talk.watch(new TableRequest.TopicWatch("b", "branch:x"));
        await().atMost(LONG).until(() -> aziz.opening.size() == 1);
        shard.execute(() -> aziz.opening.getFirst().accept(Map.of("plan", 9L)));
        aziz.gets("\"presence_state\"");
        rights.put("aziz", new Right(false, false));
        topics.forget();
        aziz.gets("\"reset\"", "\"rights\"", "\"feed\":1");

        assertThat(aziz.closed).containsExactly("b");
        assertThat(aziz.talk.has("b")).isFalse();
    }

    private static Rule rule(String name, Map<String, String> tables) {
        return Rule.of(name, "true", Optional.of("true"), tables, List.of("slot"), List.of("cursor"));
    }
}
