package io.amanat.bridge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

class TableFramesTest {

    private static final String BRANCH = "3f6b1c52-8a51-4a3e-9a7c-0c1f5f0f6a01";
    private static final String PLAN = "7d3a52a0-0f5e-4f0e-8f43-5d0f6d0c1b10";
    private static final String TASK = "b1c9d1de-54b6-4a35-9a14-0d2c7a5e9c42";
    private static final String USER = "5a0e7c3e-2f4b-4d6a-9b1d-3e8f7a6c5b04";
    private static final UUID WRITE = UUID.fromString("c2a9f6f0-6d3b-4f5e-8a7d-1b2c3d4e5f60");
    private static final RecordRef.Key KEY = new RecordRef.Uuid(UUID.fromString(TASK));
    private static final String TOPIC = "presence:plan:" + PLAN;

    private final FrameReader reader = new FrameReader();
    private final FrameWriter writer = new FrameWriter();

    @Test
    void readsWatchesAsInTheContract() {
        assertThat(sample("watch-table"))
                .isEqualTo(new TableRequest.TableWatch(
                        "tasks",
                        "task",
                        EnumSet.allOf(Operation.class),
                        "plan_id=eq." + PLAN,
                        Optional.of(List.of("id", "plan_id", "status", "title")),
                        Optional.empty()));
        assertThat(sample("watch-table-resume"))
                .isEqualTo(new TableRequest.TableWatch(
                        "history",
                        "status_history",
                        Set.of(Operation.CREATE),
                        "",
                        Optional.empty(),
                        Optional.of(new ClientFrame.Resume(new ClientFrame.Mark("k3j9", 1041), "q3Zt0w9x"))));
        assertThat(sample("watch-topic")).isEqualTo(new TableRequest.TopicWatch("branch", "branch:" + BRANCH));
        assertThat(sample("read"))
                .isEqualTo(new TableRequest.Read(
                        "read-1",
                        "task",
                        "plan_id=eq." + PLAN,
                        Optional.of(List.of("id", "title")),
                        Optional.of(KEY),
                        500));
    }

    @Test
    void readsWritesAsInTheContract() {
        assertThat(sample("write"))
                .isEqualTo(new TableRequest.Write(
                        WRITE,
                        List.of(new TableRequest.Step(
                                "task",
                                Operation.UPDATE,
                                Optional.of(KEY),
                                Map.of("status", text("done")),
                                Map.of("status", text("taken")))),
                        true));
        assertThat(sample("write-batch"))
                .isEqualTo(new TableRequest.Write(
                        WRITE,
                        List.of(
                                step("plan", Map.of("branch_id", text(BRANCH), "title", text("Week 47"))),
                                step("task", Map.of("plan_id", tree("{'$ref':0}"), "title", text("Deliver"))),
                                new TableRequest.Step("task", Operation.DELETE, Optional.of(KEY), Map.of(), Map.of())),
                        false));
    }

    private static TableRequest.Step step(String table, Map<String, JsonNode> values) {
        return new TableRequest.Step(table, Operation.CREATE, Optional.empty(), values, Map.of());
    }

    @Test
    void readsWhatIsSaidInTopicsAsInTheContract() {
        var state = Map.<String, JsonNode>of("slot", text(TASK), "state", text("typing"));
        assertThat(sample("track")).isEqualTo(new TableRequest.Track(TOPIC, state));
        assertThat(sample("untrack")).isEqualTo(new TableRequest.Untrack(TOPIC));
        assertThat(sample("broadcast")).isEqualTo(new TableRequest.Broadcast(TOPIC, "cursor", tree("{'x':3,'y':4}")));
        assertThat(sample("report")).isEqualTo(new TableRequest.Report(List.of(38, 41, 120), 0, 60));
    }

    @Test
    void everyDigitOfAWrittenNumberIsKept() {
        var write =
                read("{'type':'write','opId':'%s','table':'t','op':'insert','values':{'n':12345678901234567890.1200}}"
                        .formatted(WRITE));

        assertThat(write)
                .isInstanceOfSatisfying(
                        TableRequest.Write.class,
                        it -> assertThat(it.steps().getFirst().values().get("n"))
                                .hasToString("12345678901234567890.1200"));
    }

    @Test
    void aWriteThatCanBeNamedIsRefusedAndTheConnectionGoesOn() {
        for (var rest : List.of(
                "'ops':[]",
                "'ops':[%s]".formatted("{'table':'t','op':'insert'},".repeat(100) + "{'table':'t','op':'insert'}"),
                "'ops':[7]",
                "'table':'t'",
                "'table':'t','op':'upsert'",
                "'table':'t','op':'update'",
                "'table':'t','op':'update','id':'42'",
                "'table':'t','op':'update','id':0",
                "'table':'t','op':'update','id':1.5",
                "'table':'t','op':'insert','values':[]",
                "'table':'t','op':'insert','values':{'':1}",
                "'table':'t','op':'insert','values':{'%s':1}".formatted("n".repeat(64)),
                "'table':'t','op':'delete','id':7,'values':{'a':1}",
                "'table':'t','op':'insert','mode':'force'",
                "'table':'t','op':'insert','base':7",
                "'op':'insert'")) {
            assertThat(read("{'type':'write','opId':'%s',%s}".formatted(WRITE, rest)))
                    .as(rest)
                    .isInstanceOfSatisfying(
                            TableRequest.BadWrite.class,
                            it -> assertThat(it.id()).isEqualTo(WRITE));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'write','table':'t','op':'insert'}|opId",
                "{'type':'write','opId':'1-2-3-4-5','table':'t','op':'insert'}|opId",
                "{'type':'watch','view':'table','table':'t'}|ref",
                "{'type':'watch','view':'table','ref':'a'}|table",
                "{'type':'watch','view':'table','ref':'a','table':'t\\u0000'}|table",
                "{'type':'watch','view':'table','ref':'a','table':'t','events':[]}|events",
                "{'type':'watch','view':'table','ref':'a','table':'t','events':['insert']}|events",
                "{'type':'watch','view':'table','ref':'a','table':'t','events':'INSERT'}|events",
                "{'type':'watch','view':'table','ref':'a','table':'t','columns':[]}|columns",
                "{'type':'watch','view':'table','ref':'a','table':'t','columns':[7]}|columns",
                "{'type':'watch','view':'table','ref':'a','table':'t','columns':['']}|columns",
                "{'type':'watch','view':'table','ref':'a','table':'t','resume':{'epoch':'e','offset':1}}|resume",
                "{'type':'watch','view':'topic','ref':'a'}|topic",
                "{'type':'read','ref':'a'}|table",
                "{'type':'read','ref':'a','table':'t','limit':0}|limit",
                "{'type':'read','ref':'a','table':'t','limit':1001}|limit",
                "{'type':'read','ref':'a','table':'t','after':'x'}|after",
                "{'type':'track','topic':'p'}|state",
                "{'type':'track','topic':'p','state':[]}|state",
                "{'type':'track','topic':'','state':{}}|topic",
                "{'type':'untrack'}|topic",
                "{'type':'broadcast','topic':'p','event':'e'}|payload",
                "{'type':'broadcast','topic':'p','payload':1}|event",
                "{'type':'report','delays':[-1],'disconnects':0,'seconds':60}|delays",
                "{'type':'report','delays':[],'disconnects':-1,'seconds':60}|disconnects",
                "{'type':'report','delays':[],'disconnects':0,'seconds':1e9}|seconds",
            })
    void namesTheKeyThatIsWrong(String text, String key) {
        assertThat(read(text)).isInstanceOfSatisfying(ClientFrame.Malformed.class, it -> {
            assertThat(it.code()).isEqualTo(ErrorCode.BAD_VALUE);
            assertThat(it.message()).startsWith(key + " must be");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "null", "['a=eq.1']", "{}"})
    void whatIsNoFilterIsAnsweredAndTheConnectionGoesOn(String filter) {
        var bad = new ClientFrame.BadWatch("a", ErrorCode.BAD_FILTER, TableFrameReader.FILTER_RULE);
        assertThat(read("{'type':'watch','view':'table','ref':'a','table':'t','filter':%s}".formatted(filter)))
                .isEqualTo(bad);
        assertThat(read("{'type':'read','ref':'a','table':'t','filter':%s}".formatted(filter)))
                .isEqualTo(bad);
    }

    @Test
    void listsAreBounded() {
        var columns = "{'type':'read','ref':'a','table':'t','columns':[%s'c']}";
        assertThat(read(columns.formatted("'c',".repeat(255)))).isInstanceOf(TableRequest.Read.class);
        assertThat(read(columns.formatted("'c',".repeat(256)))).isInstanceOf(ClientFrame.Malformed.class);
        var delays = "{'type':'report','delays':[%s1],'disconnects':0,'seconds':60}";
        assertThat(read(delays.formatted("1,".repeat(199)))).isInstanceOf(TableRequest.Report.class);
        assertThat(read(delays.formatted("1,".repeat(200)))).isInstanceOf(ClientFrame.Malformed.class);
        var filter = "{'type':'read','ref':'a','table':'t','filter':'%s'}";
        assertThat(read(filter.formatted("a".repeat(4_096)))).isInstanceOf(TableRequest.Read.class);
        assertThat(read(filter.formatted("a".repeat(4_097)))).isInstanceOf(ClientFrame.BadWatch.class);
    }

    @Test
    void writesTheConversationAsInTheContract() {
        same(
                "welcome-table",
                new ServerFrame.Welcome(
                        "s-7",
                        "k3j9",
                        1041,
                        text(USER),
                        "",
                        new ServerFrame.Limits(16384, 100, 50, 20),
                        25,
                        299,
                        true));
        var columns = List.of("id", "plan_id", "status", "title");
        same("ok-table", new TableReply.WatchingTable("tasks", 3, 1041, "q3Zt0w9x", columns));
        var tables = new LinkedHashMap<String, Long>();
        tables.put("plan", 7L);
        tables.put("task", 8L);
        same("ok-topic", new TableReply.WatchingTopic("branch", 6, 1041, tables));
        same(
                "rows",
                new TableReply.Rows(
                        "read-1", "task", 1041, List.of(tree("{'id':'%s','title':'Deliver'}".formatted(TASK))), false));
        same("error-bad_filter", new ServerFrame.Refused("tasks", ErrorCode.BAD_FILTER, TableFrameReader.FILTER_RULE));
    }

    @Test
    void writesChangesAsInTheContract() {
        same(
                "postgres_changes-insert",
                change(1042, Operation.CREATE, row("taken"), Map.of(), "2026-11-21T10:00:00.123456Z"));
        same(
                "postgres_changes",
                change(1043, Operation.UPDATE, row("done"), Map.of("status", text("taken")), "2026-11-21T10:00:01Z"));
        same(
                "postgres_changes-delete",
                change(1044, Operation.DELETE, Map.of(), Map.of("id", text(TASK)), "2026-11-21T10:00:02Z"));
        same("receipt-write", new TableReply.WriteReceipt(1043, WRITE));
    }

    private static ServerFrame change(
            long offset, Operation operation, Map<String, JsonNode> row, Map<String, JsonNode> old, String at) {
        return new TableReply.RowChange(3, offset, "task", operation, row, old, Instant.parse(at));
    }

    private static Map<String, JsonNode> row(String status) {
        return Map.of("id", text(TASK), "plan_id", text(PLAN), "status", text(status), "title", text("Deliver"));
    }

    @Test
    void writesAnswersToWritesAsInTheContract() {
        var row = tree("{'id':'%s','status':'done'}".formatted(TASK));
        same("written", written(Optional.of(row), false));
        same("written-repeated", written(Optional.empty(), true));
        same(
                "refused",
                new TableReply.WriteRefused(
                        WRITE,
                        "missing_value",
                        "title must be given",
                        OptionalInt.of(1),
                        Optional.of("task"),
                        Optional.of("title"),
                        Optional.empty(),
                        false));
        same(
                "refused-conflict",
                new TableReply.WriteRefused(
                        WRITE,
                        "conflict",
                        "somebody else changed this row meanwhile",
                        OptionalInt.of(0),
                        Optional.of("task"),
                        Optional.empty(),
                        Optional.of(tree("{'id':'%s','status':'posted'}".formatted(TASK))),
                        false));
        same(
                "refused-unavailable",
                new TableReply.WriteRefused(
                        WRITE,
                        "unavailable",
                        "the database cannot be reached just now",
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true));
    }

    private static ServerFrame written(Optional<JsonNode> row, boolean repeated) {
        return new TableReply.Written(WRITE, List.of(new TableReply.WrittenRow("task", KEY, row)), repeated);
    }

    @Test
    void writesWhatHappensInTopicsAsInTheContract() {
        var typing = List.of(tree("{'slot':'%s','state':'typing','device':'d-1'}".formatted(TASK)));
        same("presence_state", new TableReply.PresenceState(9, TOPIC, Map.of(USER, typing)));
        same("presence_diff", new TableReply.PresenceDiff(9, TOPIC, Map.of(), Map.of(USER, typing)));
        same("broadcast-heard", new TableReply.Told(9, TOPIC, "cursor", tree("{'x':3,'y':4}"), USER));
    }

    @Test
    void aNumberIsWrittenWithAllItsDigits() {
        var exact = Strict.EXACT.readTree("12345678901234567890.1200");
        var frame = change(1, Operation.CREATE, Map.of("n", exact), Map.of(), "2026-11-21T10:00:00Z");

        assertThat(StandardCharsets.UTF_8.decode(writer.write(frame)).toString())
                .contains("\"n\":12345678901234567890.1200");
    }

    private ClientFrame sample(String name) {
        return reader.read(Samples.text(name));
    }

    private ClientFrame read(String text) {
        return reader.read(text.replace('\'', '"'));
    }

    private void same(String sample, ServerFrame frame) {
        var written = StandardCharsets.UTF_8.decode(writer.write(frame)).toString();
        assertThat(JsonMapper.shared().readTree(written))
                .isEqualTo(JsonMapper.shared().readTree(Samples.text(sample)));
    }

    private static JsonNode text(String text) {
        return StringNode.valueOf(text);
    }

    private static JsonNode tree(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
