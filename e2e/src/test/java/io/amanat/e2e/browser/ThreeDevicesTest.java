package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.amanat.bench.fanout.Bridge;
import io.amanat.bench.process.Checkout;
import io.amanat.bridge.access.rls.AsViewer;
import io.amanat.bridge.access.rls.Claims;
import io.amanat.e2e.board.PageHost;
import io.amanat.e2e.rls.Board;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The plan board on three devices of two branches, with a bridge and a PostgreSQL whose rows can be asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeDevicesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FIRST_BRANCH = "b0000000-0000-4000-8000-000000000001";
    private static final String SECOND_BRANCH = "b0000000-0000-4000-8000-000000000002";
    private static final Claims JASUR = Board.person(102);
    private static final Claims SHERZOD = Board.person(103);
    private static final Claims MALIKA = Board.person(201);
    private static final Pattern DONE = Pattern.compile("is-done");
    private static final Duration STATEMENT = Duration.ofSeconds(10);

    private final LocalDate sunday =
            LocalDate.now(ZoneId.systemDefault()).with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
    private final Map<Claims, PageHost> hosts = new HashMap<>();
    private Browsers browsers;
    private Board board;
    private Bridge bridge;
    private HikariDataSource connections;
    private Device jasur;
    private Device sherzod;
    private Device malika;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Needs.required(Browsers.chromium(), "there is no Chromium; run 'apt-get install chromium'");
        board = Board.ofDemo();
        connections = board.bridge();
        for (var person : List.of(JASUR, SHERZOD, MALIKA)) {
            hosts.put(person, PageHost.start(person));
        }
        var origins = hosts.values().stream().map(PageHost::origin).toArray(String[]::new);
        bridge = Bridge.start(
                Checkout.file("bridge/target/amanat.jar"), List.of("-Xmx256m"), folder, board.settings(origins));
        browsers = Browsers.start();
    }

    @AfterAll
    void stop() throws Exception {
        if (browsers != null) {
            browsers.close();
        }
        if (bridge != null) {
            bridge.close();
        }
        hosts.values().forEach(PageHost::close);
        if (board != null) {
            connections.close();
            board.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        jasur = open(JASUR);
        sherzod = open(SHERZOD);
        malika = open(MALIKA);
    }

    @AfterEach
    void close() {
        List.of(jasur, sherzod, malika).forEach(Device::close);
    }

    private Device open(Claims person) throws Exception {
        return Device.open(
                browsers,
                person,
                Objects.requireNonNull(hosts.get(person)),
                URI.create(bridge.url() + "/" + Board.NAME));
    }

    @Test
    void whatOneSavesTheOthersOfTheBranchSeeAtOnceAndNobodyElse() throws Exception {
        jasur.create("Boiler in the attic", sunday);
        assertThat(sherzod.card("Boiler in the attic")).isVisible();
        assertTold(sherzod, "INSERT", task("Boiler in the attic"), Map.of());

        jasur.mark("Boiler in the attic", 2);
        assertThat(sherzod.card("Boiler in the attic")).hasClass(DONE);
        assertTold(sherzod, "UPDATE", task("Boiler in the attic"), Map.of("status", "taken"));

        sherzod.card("Boiler in the attic").click();
        assertThat(sherzod.page().locator(".timeline li")).hasCount(2);
        jasur.mark("Boiler in the attic", 3);
        assertThat(sherzod.page().locator(".timeline li")).hasCount(3);
        sql(
                "insert into attachment (branch_id, task_id, name, kind, size, url) select branch_id, id, 'Photo of the attic.jpg',"
                        + " 'image/jpeg', 9, '/attic.jpg' from task where title = 'Boiler in the attic'");
        assertThat(sherzod.page().locator(".attachments")).containsText("Photo of the attic.jpg");

        sherzod.page().fill("textarea[name=note]", "half a sen");
        assertThat(jasur.card("Boiler in the attic")).containsText("is editing");
        jasur.rename("Boiler in the attic", "Boiler in the cellar");
        assertThat(sherzod.card("Boiler in the cellar")).isVisible();
        assertThat(sherzod.page().locator("textarea[name=note]")).hasValue("half a sen");
        Picture.take(jasur.page(), "board-three-devices-editing.png");
        sherzod.page().keyboard().press("Escape");

        sql(
                "update client_card set name = 'Hotel with a new name' where branch_id = '%s' and id = (select client_card_id from task"
                                .formatted(FIRST_BRANCH)
                        + " where branch_id = '%s' and plan_id = (%s) and client_card_id is not null order by id limit 1)"
                                .formatted(FIRST_BRANCH, plan(FIRST_BRANCH)));
        assertThat(sherzod.card("Hotel with a new name").first()).isVisible();

        sql(
                "update task set branch_id = '%1$s', plan_id = (%2$s), employee_id = '%3$s', client_card_id = null where title = 'Boiler in the cellar'"
                        .formatted(SECOND_BRANCH, plan(SECOND_BRANCH), MALIKA.subject()));
        assertThat(malika.card("Boiler in the cellar")).isVisible();
        assertThat(sherzod.card("Boiler in the cellar")).hasCount(0);
        assertThat(jasur.card("Boiler in the cellar")).hasCount(0);
        var moved = task("Boiler in the cellar");
        assertTold(malika, "INSERT", moved, Map.of());
        assertGone(sherzod, moved);

        jasur.create("Not for long", sunday);
        assertThat(sherzod.card("Not for long")).isVisible();
        var gone = task("Not for long");
        jasur.delete("Not for long");
        assertThat(sherzod.card("Not for long")).hasCount(0);
        assertGone(sherzod, gone);

        malika.create("A sign in the second branch", sunday);
        sql(
                "update task set note = 'A sign in the first branch' where id = (select id from task where plan_id = (%s) order by id limit 1)"
                        .formatted(plan(FIRST_BRANCH)));
        malika.awaitHeard("A sign in the second branch");
        jasur.awaitHeard("A sign in the first branch");
        for (var foreign : List.of("in the attic", "Not for long", "Hotel with", "in the first branch", FIRST_BRANCH)) {
            assertThat(malika.heard(foreign)).as(foreign).isFalse();
        }
        assertThat(jasur.heard("A sign in the second branch")).isFalse();
        assertThat(jasur.heard(SECOND_BRANCH)).isFalse();
        assertThat(malika.changes("task"))
                .noneMatch(frame -> frame.has("old_record")
                        && frame.path("event").asString().equals("INSERT"));
        for (var device : List.of(jasur, sherzod, malika)) {
            awaitSameAsRead(device);
        }
    }

    /** Any page may speak the protocol: nothing of this is the plan board's. */
    @Test
    void theChannelsOfABranchAndAPlanAndFilteredTablesTellWhatTheContractSays() throws Exception {
        var plan = texts(plan(FIRST_BRANCH)).getFirst();
        var foreign = texts(plan(SECOND_BRANCH)).getFirst();
        jasur.watch(Map.of(
                "branch", Map.of("view", "topic", "topic", "branch:" + FIRST_BRANCH),
                "plan", Map.of("view", "topic", "topic", "plan:" + plan),
                "foreign branch", Map.of("view", "topic", "topic", "branch:" + SECOND_BRANCH),
                "foreign plan", Map.of("view", "topic", "topic", "plan:" + foreign),
                "open",
                        watch(
                                "task",
                                "plan_id=eq.%s,status=not.in.(done,posted),title=ilike.%%channel%%".formatted(plan)),
                "foreign rows", watch("task", "plan_id=eq." + foreign)));

        sherzod.create("By the channel", sunday);
        sherzod.mark("By the channel", 2);
        malika.create("By the other channel", sunday);
        await().until(() ->
                texts("select status from task where title = 'By the channel'").contains("done"));
        sherzod.delete("By the channel");
        await().until(() ->
                texts("select title from task where title = 'By the channel'").isEmpty());
        sql("update plan set title = title || ' (2)' where id = '%s'".formatted(plan));
        jasur.awaitHeardBy("branch", "(2)");

        assertThat(jasur.told("branch"))
                .as("branch was told %s", jasur.told("branch"))
                .containsExactly("task INSERT", "task UPDATE", "task DELETE", "plan UPDATE");
        assertThat(jasur.told("plan"))
                .as("plan was told %s", jasur.told("plan"))
                .containsExactly(
                        "task INSERT",
                        "status_history INSERT",
                        "task UPDATE",
                        "status_history INSERT",
                        "task DELETE",
                        "status_history DELETE",
                        "status_history DELETE");
        assertThat(jasur.told("open")).containsExactly("task INSERT", "task DELETE");
        assertThat(jasur.told("foreign branch")).containsExactly("unknown_topic");
        assertThat(jasur.told("foreign plan")).containsExactly("unknown_topic");
        assertThat(jasur.told("foreign rows")).isEmpty();
    }

    private static Map<String, String> watch(String table, String filter) {
        return Map.of("view", "table", "table", table, "filter", filter);
    }

    @Test
    void twentyEditsOfTwoMinutesOfflineAreDoneOnceInOrderAndTheTwoThatAreRefusedSaySo() throws Exception {
        jasur.create("Doomed one", sunday);
        jasur.create("Doomed two", sunday);
        jasur.create("Shared", sunday);
        assertThat(sherzod.card("Shared")).isVisible();

        sherzod.leave();
        for (int number = 1; number <= 5; number++) {
            sherzod.create("Offline " + number, sunday);
            sherzod.rename("Offline " + number, "Renamed " + number);
            sherzod.mark("Renamed " + number, 2);
        }
        sherzod.mark("Doomed one", 2);
        sherzod.mark("Renamed 1", 3);
        sherzod.rename("Doomed two", "Never stored");
        sherzod.rename("Shared", "Shared, by Sherzod");
        sherzod.delete("Renamed 5");
        assertThat(sherzod.chip()).hasText("Offline · 20 waiting");
        Picture.take(sherzod.page(), "board-three-devices-offline.png");

        jasur.delete("Doomed one");
        jasur.delete("Doomed two");
        jasur.mark("Shared", 2);
        await().until(() -> texts(
                        "select status from task where title like 'Doomed%' or title = 'Shared' and status = 'done'")
                .equals(List.of("done")));
        await().until(() -> sherzod.kept("queue").size() == 20);
        var order = sherzod.kept("queue").stream()
                .map(it -> it.path("opId").asString())
                .toList();
        sherzod.page().reload();
        assertThat(sherzod.card("Renamed 4")).hasClass(DONE);
        assertThat(sherzod.card("Renamed 5")).hasCount(0);
        assertThat(sherzod.chip()).containsText("20 waiting");
        sherzod.page().clock().fastForward(120_000);
        assertThat(sherzod.page().locator(".banner")).containsText("Changes waiting: 20.");
        Picture.take(sherzod.page(), "board-three-devices-banner.png");

        sherzod.comeBack();
        sherzod.page().clock().fastForward(31_000);
        assertThat(sherzod.chip()).hasText("Live");
        assertThat(sherzod.page().locator(".toast")).hasCount(2);
        assertThat(sherzod.page().locator(".toast p").allTextContents())
                .containsExactly(
                        "“Task” no longer exists, or belongs to another branch. Your change was taken back.",
                        "“Never stored” no longer exists, or belongs to another branch. Your change was taken back.");
        assertThat(sherzod.page().locator(".banner")).containsText("All changes were sent");
        Picture.take(sherzod.page(), "board-three-devices-back.png");
        await().until(() -> sherzod.kept("queue").isEmpty());

        var refused = List.of(order.get(15), order.get(17));
        assertThat(texts("select op_id from amanat.operation where op_id = any('{%s}') order by at"
                        .formatted(String.join(",", order))))
                .isEqualTo(order.stream().filter(it -> !refused.contains(it)).toList());
        assertThat(texts("select title || ' ' || status from task where updated_by = '%s' and day = '%s' order by title"
                        .formatted(SHERZOD.subject(), sunday)))
                .isEqualTo(List.of(
                        "Renamed 1 posted",
                        "Renamed 2 done",
                        "Renamed 3 done",
                        "Renamed 4 done",
                        "Shared, by Sherzod done"));
        assertThat(texts("select h.status from status_history h join task t on t.id = h.task_id"
                        + " where t.title = 'Renamed 1' order by h.at"))
                .isEqualTo(List.of("taken", "done", "posted"));

        assertThat(sherzod.page().locator("[data-task^='temp']")).hasCount(0);
        for (var device : List.of(jasur, sherzod, malika)) {
            awaitSameAsRead(device);
        }
        try (var fresh = open(SHERZOD)) {
            for (var device : List.of(fresh, sherzod, jasur)) {
                assertThat(device.card("Renamed").allTextContents()).hasSize(4);
                assertThat(device.card("Shared, by Sherzod")).hasClass(DONE);
                assertThat(device.card("Doomed")).hasCount(0);
                assertThat(device.card("Never stored")).hasCount(0);
            }
        }
        malika.create("A sign of the second branch", sunday);
        malika.awaitHeard("A sign of the second branch");
        assertThat(malika.heard("Renamed")).isFalse();
    }

    /** The last change that a device was told of this row is this one, with all values as its user reads them. */
    private void assertTold(Device device, String event, JsonNode row, Map<String, String> before) {
        var frame = last(device, row);
        assertThat(frame.path("event").asString()).isEqualTo(event);
        assertThat(values(frame.path("record"))).isEqualTo(values(row));
        assertThat(frame.has("old_record")).isEqualTo(!before.isEmpty());
        assertThat(OffsetDateTime.parse(frame.path("commit_timestamp").asString()))
                .isNotNull();
        assertThat(frame.path("offset").asLong()).isPositive();
        before.forEach((column, value) ->
                assertThat(frame.path("old_record").path(column).asString()).isEqualTo(value));
        if (!before.isEmpty()) {
            assertThat(frame.path("old_record").propertyNames()).isSubsetOf("status", "updated_at", "updated_by");
        }
    }

    /** It was told that a row left its sight, and nothing else of it. */
    private static void assertGone(Device device, JsonNode row) {
        var frame = last(device, row);
        assertThat(frame.path("event").asString()).isEqualTo("DELETE");
        assertThat(frame.has("record")).isFalse();
        assertThat(frame.path("old_record"))
                .isEqualTo(JSON.createObjectNode().put("id", row.path("id").asString()));
    }

    private static JsonNode last(Device device, JsonNode row) {
        return device.changes("task").stream()
                .filter(frame -> (frame.has("record") ? frame.path("record") : frame.path("old_record"))
                        .path("id")
                        .equals(row.path("id")))
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    /** What the page keeps of tasks is what its user may read, row by row. */
    private void awaitSameAsRead(Device device) {
        await().untilAsserted(() -> {
            var kept = device.kept("rows").stream()
                    .filter(it -> it.path("table").asString().equals("task"))
                    .map(it -> it.path("row"))
                    .collect(Collectors.toMap(
                            row -> row.path("id").asString(), ThreeDevicesTest::values, (one, _) -> one, TreeMap::new));
            var read = new TreeMap<String, Map<String, Object>>();
            as(
                            device.person(),
                            "select to_jsonb(t) from task t where plan_id in (select plan_id from task where id = any(?))",
                            kept.keySet())
                    .forEach(row -> read.put(row.path("id").asString(), values(row)));
            assertThat(kept).isEqualTo(read);
        });
    }

    /** By name, without the page's own marks; times as points in time. */
    private static Map<String, Object> values(JsonNode row) {
        var values = new TreeMap<String, Object>();
        row.properties().stream()
                .filter(it -> !it.getKey().startsWith("$"))
                .forEach(it -> values.put(
                        it.getKey(),
                        it.getKey().equals("updated_at")
                                ? OffsetDateTime.parse(it.getValue().asString()).toInstant()
                                : it.getValue()));
        return values;
    }

    private List<JsonNode> as(Claims person, String sql, Iterable<String> ids) throws SQLException {
        return new AsViewer(connections, "public", STATEMENT).run(person, connection -> {
            try (var query = connection.prepareStatement(sql)) {
                var list = new ArrayList<String>();
                ids.forEach(list::add);
                query.setArray(1, connection.createArrayOf("uuid", list.toArray()));
                var rows = new ArrayList<JsonNode>();
                try (var found = query.executeQuery()) {
                    while (found.next()) {
                        rows.add(JSON.readTree(found.getString(1)));
                    }
                }
                return rows;
            }
        });
    }

    private JsonNode task(String title) throws SQLException {
        return JSON.readTree(texts("select to_jsonb(t) from task t where title = '%s'".formatted(title))
                .getFirst());
    }

    /** The one that is shown first. */
    private static String plan(String branch) {
        return "select id from plan where branch_id = '%s' and week = date_trunc('week', localtimestamp) order by title limit 1"
                .formatted(branch);
    }

    private void sql(String statement) throws SQLException {
        try (var connection = board.connect();
                var done = connection.createStatement()) {
            assertThat(done.executeUpdate(statement)).isPositive();
        }
    }

    private List<String> texts(String query) throws SQLException {
        try (Connection connection = board.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
