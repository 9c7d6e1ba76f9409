package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
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
        final AtomicInteger places = new AtomicInteger();
        final Executor worker;
        final TopicTalk talk;
        int most = 10;

        Client(String person) {
            this(person, shard);
        }

        Client(String person, Executor worker) {
            this.worker = worker;
            talk = new TopicTalk(this, topics, new Claims("authenticated", person, "{}"));
        }

        @Override
        public Executor shard() {
            return worker;
        }

        @Override
        public boolean takesPlace(String ref) {
            return places.getAndUpdate(it -> it < most ? it + 1 : it) < most;
        }

        @Override
        public void givesPlace() {
            places.decrementAndGet();
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

    @Test
    void aTopicTakesOnePlaceAndGivesItBackHoweverItEnds() {
        var aziz = new Client("aziz");
        aziz.talk.watch(new TableRequest.TopicWatch("p", "plan:1"));
        aziz.talk.watch(new TableRequest.TopicWatch("q", "plan:1"));
        aziz.gets("\"presence_state\"");
        assertThat(aziz.places).hasValue(1);
        assertThat(aziz.talk.unwatch("p")).isTrue();
        assertThat(aziz.talk.unwatch("p")).isFalse();
        assertThat(aziz.places).hasValue(0);

        aziz.talk.watch(new TableRequest.TopicWatch("p", "plan:2"));
        await().atMost(LONG).until(() -> aziz.got.stream().anyMatch(it -> it.contains("plan:2")));
        rights.put("aziz", new Right(false, false));
        topics.forget();
        aziz.gets("\"reset\"");
        await().atMost(LONG).untilAtomic(aziz.places, equalTo(0));
        aziz.talk.watch(new TableRequest.TopicWatch("p", "plan:3"));
        aziz.gets("\"unknown_topic\"");
        await().atMost(LONG).untilAtomic(aziz.places, equalTo(0));
    }

    @Test
    void whoLeavesATopicAndComesBackAtOnceIsInIt() throws InterruptedException {
        var late = new LinkedBlockingQueue<Runnable>();
        var aziz = new Client("aziz", late::add);
        aziz.talk.watch(new TableRequest.TopicWatch("p", "plan:1"));
        await().atMost(LONG).until(() -> topics.size() == 1);
        aziz.talk.unwatch("p");
        aziz.talk.watch(new TableRequest.TopicWatch("q", "plan:1"));
        runUntilTold(late, aziz);
        aziz.got.clear();
        aziz.talk.retell();
        runUntilTold(late, aziz);

        assertThat(aziz.got).as("told again").hasSize(1);
        aziz.talk.track(new TableRequest.Track("plan:1", Map.of()));
        assertThat(aziz.got).noneMatch(it -> it.contains("error"));
    }

    /** Does what a shard has not come to yet, until who is there is told. */
    private static void runUntilTold(BlockingQueue<Runnable> late, Client client) throws InterruptedException {
        while (client.got.stream().noneMatch(it -> it.contains("presence_state"))) {
            var task = late.poll(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(task).as("something to do").isNotNull();
            task.run();
        }
    }

    @Test
    void withoutAPlaceNothingIsAsked() {
        var aziz = new Client("aziz");
        aziz.most = 2;
        for (int i = 0; i < 5; i++) {
            aziz.talk.watch(new TableRequest.TopicWatch("p" + i, "plan:" + i));
        }

        assertThat(aziz.talk.count()).isEqualTo(2);
        assertThat(aziz.places).hasValue(2);
        assertThat(aziz.talk.has("p2")).isFalse();
    }

    /** What a shard does in topics waits for nobody: else it and those who wait for room in its queue would wait for each other. */
    @Test
    void nobodyWaitsForeverForAShardThatIsFull() {
        var tiny = new Shard(0, 7, 1);
        tiny.start();
        Executor worker = tiny::execute;
        var done = new AtomicInteger();
        int people = 16;
        for (int i = 0; i < people; i++) {
            var client = new Client("person" + i, worker);
            Thread.ofVirtual().start(() -> {
                talks(client);
                done.incrementAndGet();
            });
        }

        await().atMost(LONG).untilAtomic(done, equalTo(people));
        await().atMost(LONG).until(() -> topics.size() == 0);
        tiny.close();
    }

    /** On the thread of the wire, but for what a shard does. */
    private static void talks(Client client) {
        client.talk.watch(new TableRequest.TopicWatch("p", "plan:1"));
        for (int i = 0; i < 50; i++) {
            var state = Map.<String, JsonNode>of("slot", JsonNodeFactory.instance.stringNode("s" + i));
            client.talk.track(new TableRequest.Track("plan:1", state));
            client.talk.broadcast(
                    new TableRequest.Broadcast("plan:1", "cursor", JsonNodeFactory.instance.objectNode()));
            long silent = i % 2 == 0 ? LONG.toNanos() * 2 : 0;
            client.worker.execute(() -> client.talk.silent(silent));
            client.worker.execute(client.talk::retell);
            client.worker.execute(() -> client.talk.renewed(new Claims("authenticated", "person", "{}")));
        }
        client.talk.unwatch("p");
        client.worker.execute(client.talk::end);
    }

    private static Rule rule(String name, Map<String, String> tables) {
        return Rule.of(name, "true", Optional.of("true"), tables, List.of("slot"), List.of("cursor"));
    }
}
