package io.amanat.bridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.access.Stamps;
import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.access.rls.Viewers;
import io.amanat.bridge.identity.IdentitySettings;
import io.amanat.bridge.identity.Proof;
import io.amanat.bridge.identity.Revocations;
import io.amanat.bridge.identity.TableIdentity;
import io.amanat.bridge.protocol.ServerFrame;
import io.amanat.bridge.protocol.TableReply;
import io.amanat.bridge.protocol.TableRequest;
import io.amanat.bridge.table.Joining;
import io.amanat.bridge.table.TableDelivery;
import io.amanat.bridge.table.TableFeed;
import io.amanat.bridge.table.TableSpec;
import io.amanat.bridge.table.TableWatching;
import io.amanat.bridge.topic.Right;
import io.amanat.bridge.topic.Rules;
import io.amanat.connector.change.Operation;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** What sessions of tables get, and what they hold and give back; who sees a row is the test's to say. */
@Timeout(120)
class TableSessionsTest {

    private static final String MALIKA = "malika";
    private static final String GULNORA = "gulnora";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Viewers viewers = new Viewers(3);
    private final Queue<Integer> left = new ConcurrentLinkedQueue<>();
    private final Board board = new Board();
    private final Map<String, TableIdentity> tokens = new ConcurrentHashMap<>();
    private final CountDownLatch writing = new CountDownLatch(1);
    private final TableSessions tables = TableSessions.start(
            talkative(),
            new SessionPorts(
                    (token, fromPage) -> prove(token),
                    new Revocations(IdentitySettings.DEFAULT, () -> House.START),
                    new Newest(),
                    () -> House.START),
            new TablePorts(
                    viewers,
                    this::leave,
                    board,
                    new Rows(),
                    new Stamps(new byte[] {1}),
                    () -> 1_000,
                    Rules.NONE,
                    (claims, topic) -> new Right(false, false),
                    report -> {}),
            new SessionMetrics());

    /** All watch the same. */
    private static final class Board implements TableWatching, TableFeed {
        private final Map<Integer, Integer> joined = new ConcurrentHashMap<>();

        @Override
        public Joining join(TableSpec spec, int viewer) {
            if (!spec.table().equals("task")) {
                return new Joining.UnknownTable();
            }
            enter(this, viewer);
            return new Joining.Joined(this);
        }

        @Override
        public void enter(TableFeed feed, int viewer) {
            joined.merge(viewer, 1, Integer::sum);
        }

        @Override
        public void leave(TableFeed feed, int viewer) {
            joined.computeIfPresent(viewer, (it, count) -> count == 1 ? null : count - 1);
        }

        @Override
        public long number() {
            return 7;
        }

        @Override
        public String table() {
            return "task";
        }

        @Override
        public List<String> columns() {
            return List.of("id", "title");
        }
    }

    /** The journal stands at 100. */
    private static final class Newest implements Progress {
        @Override
        public String epoch() {
            return "epoch";
        }

        @Override
        public long offset() {
            return 100;
        }

        @Override
        public long first() {
            return 1;
        }

        @Override
        public void beyondHead() {}
    }

    private final class Rows implements TableRows {
        @Override
        public ServerFrame read(Claims viewer, TableRequest.Read read, long offset) {
            return new TableReply.Rows(read.ref(), read.table(), offset, List.of(), false);
        }

        @Override
        public TableReply write(Claims viewer, TableRequest.Write write) {
            try {
                writing.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return new TableReply.Written(write.id(), List.of(), false);
        }
    }

    private static SessionSettings talkative() {
        var usual = SessionSettings.DEFAULT;
        return new SessionSettings(
                usual.helloTimeout(),
                usual.heartbeat(),
                usual.frameBytes(),
                usual.watches(),
                10_000,
                usual.outbox(),
                new SessionSettings.PerUser(100, 150, 10_000),
                usual.drain(),
                usual.arrivals());
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private Proof prove(String token) {
        var identity = tokens.get(token);
        return identity == null ? new Proof.Missing() : new Proof.Accepted(identity);
    }

    private void leave(int number) {
        left.add(number);
        viewers.leave(number);
    }

    private Tab tab(char digit, String subject) {
        token(subject, subject, "authenticated", "1");
        return Tab.open(tables.sessions(), digit).hello(subject);
    }

    private void token(String text, String subject, String role, String branch) {
        var claims = "{\"branch\":\"%s\",\"sub\":\"%s\"}".formatted(branch, subject);
        tokens.put(text, new TableIdentity(subject, role, claims, subject, House.START, House.START.plusSeconds(300)));
    }

    private static Tab watch(Tab tab) {
        tab.say("{'type':'watch','ref':'tasks','view':'table','table':'task'}").expect("ok");
        return tab;
    }

    private int number(String subject, String branch) {
        var claims =
                new Claims("authenticated", subject, "{\"branch\":\"%s\",\"sub\":\"%s\"}".formatted(branch, subject));
        int number = viewers.join(claims).orElseThrow();
        viewers.leave(number);
        return number;
    }

    private void change(long offset, int... to) {
        var bits = new BitSet();
        for (int number : to) {
            bits.set(number);
        }
        Map<String, JsonNode> row = Map.of("title", StringNode.valueOf("the " + offset));
        tables.deliver(
                List.of(new TableDelivery.Row(offset, board, Operation.UPDATE, row, Map.of(), House.START, bits)));
    }

    @Test
    void aRowGoesToThoseWhoMaySeeItAndOnlyWhatIsNewerThanTheWatch() {
        var malika = watch(tab('a', MALIKA));
        var gulnora = watch(tab('b', GULNORA));

        change(100, number(MALIKA, "1"), number(GULNORA, "1"));
        change(101, number(MALIKA, "1"));
        change(102, number(GULNORA, "1"));

        assertThat(malika.expect("postgres_changes").path("offset").asLong()).isEqualTo(101);
        assertThat(gulnora.expect("postgres_changes").path("offset").asLong()).isEqualTo(102);
    }

    @Test
    void aReceiptGoesToAllSessionsOfTheUser() {
        var one = tab('a', MALIKA);
        var other = tab('b', MALIKA);
        var gulnora = watch(tab('c', GULNORA));
        var operation = UUID.randomUUID();

        tables.deliver(List.of(new TableDelivery.Receipt(101, MALIKA, operation)));
        change(102, number(GULNORA, "1"));

        assertThat(one.expect("receipt").path("opId").asString()).isEqualTo(operation.toString());
        assertThat(other.expect("receipt").path("opId").asString()).isEqualTo(operation.toString());
        gulnora.expect("postgres_changes");
    }

    @Test
    void whoHasOtherClaimsReadsAgainAndIsJudgedByThem() {
        var malika = watch(tab('a', MALIKA));
        int before = number(MALIKA, "1");
        token("renewed", MALIKA, "authenticated", "2");

        malika.say("{'type':'token','token':'renewed'}");

        var types = List.of(malika.next(), malika.next());
        assertThat(types)
                .extracting(it -> it.path("type").asString() + it.path("reason").asString(""))
                .containsExactlyInAnyOrder("ok", "resetrights");
        assertThat(board.joined).containsOnlyKeys(number(MALIKA, "2"));
        change(101, before);
        change(102, number(MALIKA, "2"));
        assertThat(malika.expect("postgres_changes").path("offset").asLong()).isEqualTo(102);
        assertThat(left).contains(before);
    }

    @Test
    void aTokenOfAnotherRoleOrUserEndsTheSession() {
        var malika = watch(tab('a', MALIKA));
        token("anonymous", MALIKA, "anon", "1");
        malika.say("{'type':'token','token':'anonymous'}");
        assertThat(malika.skipTo("bye").path("code").asString()).isEqualTo("token_mismatch");

        var other = watch(tab('b', MALIKA));
        token("other", GULNORA, "authenticated", "1");
        other.say("{'type':'token','token':'other'}");
        assertThat(other.skipTo("bye").path("code").asString()).isEqualTo("token_mismatch");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(board.joined).isEmpty());
    }

    @Test
    void whatIsOverGivesItsNumberBack() {
        var malika = watch(tab('a', MALIKA));
        int number = number(MALIKA, "1");
        malika.say("{'type':'watch','ref':'again','view':'table','table':'task'}")
                .expect("ok");
        malika.say("{'type':'unwatch','ref':'tasks'}").expect("ok");
        assertThat(board.joined).containsEntry(number, 1);

        malika.gone();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(left).containsExactly(number));
        assertThat(board.joined).isEmpty();
        assertThat(viewers.size()).isZero();
    }

    @Test
    void thereAreOnlySoManyViewers() {
        tab('a', "one");
        tab('b', "two");
        var third = tab('c', "three");
        token("four", "four", "authenticated", "1");

        var fourth = Tab.open(tables.sessions(), 'd').greet("four", "");
        assertThat(fourth.expect("bye").path("code").asString()).isEqualTo("busy");

        third.gone();
        await().atMost(PATIENCE).until(() -> viewers.size() == 2);
        Tab.open(tables.sessions(), 'd').hello("four");
    }

    @Test
    void whatIsAskedIsAnsweredInOrderAndNotWithoutBound() {
        var malika = tab('a', MALIKA);
        var first = UUID.randomUUID();
        write(malika, first);
        for (int i = 0; i < 110; i++) {
            malika.say("{'type':'read','ref':'r','table':'task'}");
        }
        assertThat(malika.expect("error").path("code").asString()).isEqualTo("unavailable");

        writing.countDown();

        assertThat(malika.skipTo("written").path("opId").asString()).isEqualTo(first.toString());
        assertThat(malika.expect("rows").path("offset").asLong()).isEqualTo(100);
    }

    private static void write(Tab tab, UUID operation) {
        tab.say("{'type':'write','opId':'%s','table':'task','op':'delete','id':'%s'}"
                .formatted(operation, UUID.randomUUID()));
    }

    @Test
    void topicsCountToWhatASessionAndAUserMayWatch() {
        var topic = "{'type':'watch','ref':'topic','view':'topic','topic':'plan:1'}";
        var one = tab('a', MALIKA);
        for (int i = 0; i < 100; i++) {
            one.say("{'type':'watch','ref':'t%d','view':'table','table':'task'}".formatted(i))
                    .expect("ok");
        }
        assertThat(one.say(topic).expect("error").path("code").asString()).isEqualTo("too_many_watches");

        var other = tab('b', MALIKA);
        for (int i = 0; i < 60; i++) {
            assertThat(other.say(topic).expect("error").path("code").asString())
                    .as("a place of a topic that is refused is given back")
                    .isEqualTo("unknown_topic");
        }
        for (int i = 0; i < 50; i++) {
            other.say("{'type':'watch','ref':'t%d','view':'table','table':'task'}".formatted(i))
                    .expect("ok");
        }
        assertThat(other.say(topic).expect("error").path("code").asString()).isEqualTo("too_many_user_watches");
        other.say("{'type':'unwatch','ref':'t0'}").expect("ok");
        assertThat(other.say(topic).expect("error").path("code").asString()).isEqualTo("unknown_topic");
    }

    @Test
    void whatCannotBeWatchedIsSaidAndTheRefIsFree() {
        var malika = tab('a', MALIKA);

        malika.say("{'type':'watch','ref':'x','view':'table','table':'secret'}");
        assertThat(malika.expect("error").path("code").asString()).isEqualTo("unknown_table");

        malika.say("{'type':'watch','ref':'x','view':'table','table':'task'}").expect("ok");
        malika.say("{'type':'watch','ref':'x','view':'table','table':'task'}");
        assertThat(malika.expect("error").path("code").asString()).isEqualTo("duplicate_ref");
    }
}
