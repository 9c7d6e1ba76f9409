package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.admin.AdminClient;
import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.app.settings.TenantSettings;
import io.amanat.bridge.write.Board;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.WalSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The plan board on a real PostgreSQL, from a commit to a browser's frame. */
@Timeout(180)
class LiveTablesTest {

    private final Board board = Board.create();

    @TempDir
    private Path folder = Path.of("");

    private Bridge bridge;

    @BeforeEach
    void start() {
        board.run("CREATE PUBLICATION amanat FOR TABLE branch, employee, user_branch, plan, task, client_card,"
                + " status_history, attachment, amanat.operation");
        board.run("INSERT INTO amanat.operation (subject, op_id, at, keys) VALUES"
                + " ('somebody', gen_random_uuid(), now() - interval '31 days', '[]'),"
                + " ('somebody', gen_random_uuid(), now() - interval '29 days', '[]')");
        bridge = Bridge.start(settings(), this::settings, InstantSource.system());
        var admin = new AdminClient(admin());
        await().atMost(Duration.ofSeconds(60)).until(() -> admin.get("/readyz").status() == 200);
    }

    @AfterEach
    void close() {
        bridge.close();
    }

    private AdminAddress.Socket admin() {
        return new AdminAddress.Socket(folder.resolve("admin.sock"));
    }

    private Settings settings() {
        var databases = new LinkedHashMap<String, TenantSettings>();
        databases.put("board", TablesSettings.of(wal(), BoardTokens.SETTINGS, List.of(Browser.ORIGIN)));
        return new Settings(
                databases,
                new Settings.Browsers(
                        "127.0.0.1",
                        0,
                        List.of(),
                        100,
                        Optional.of(new Settings.PlanBoard("board", "/session/amanat-token"))),
                admin(),
                Optional.empty(),
                new Settings.Logging(Settings.Logging.Level.WARN, Settings.Logging.Format.TEXT));
    }

    private WalSettings wal() {
        var at = board.database().settings();
        var asBridge = new PostgresSettings(
                at.host(), at.port(), at.database(), "amanat", new Secret(""), at.sslMode(), Optional.empty());
        return WalSettings.of(asBridge, "amanat_" + at.database(), "amanat");
    }

    private Browser browser(char digit, Claims who) {
        return Browser.open(bridge.port(), "/amanat.v1/board", digit).hello(BoardTokens.of(who));
    }

    private static long watch(Browser browser, String filter) {
        browser.send("{'type':'watch','ref':'tasks','view':'table','table':'task','filter':'%s'}".formatted(filter));
        return browser.expect("ok").path("feed").asLong();
    }

    @Test
    void thePlanBoardIsAPageThatKnowsWhereItsTokensAre() throws Exception {
        assertThat(get("/board/")).startsWith("200 <!doctype html>");
        assertThat(JsonMapper.shared().readTree(get("/board/config.json").substring(4)))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"bridge":"/amanat.v1/board","token":"/session/amanat-token"}"""));
        assertThat(get("/board/people.json")).startsWith("404 ");
    }

    private String get(String path) throws Exception {
        var address = URI.create("http://127.0.0.1:%d%s".formatted(bridge.port(), path));
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }

    @Test
    void operatorsSeeWhatPassesWithoutAnyValue() {
        var seen = new CopyOnWriteArrayList<String>();
        Thread.startVirtualThread(() -> new AdminClient(admin()).follow("/tail", seen::add));
        try (var malika = browser('a', Board.MALIKA)) {
            watch(malika, "");

            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        board.run("UPDATE task SET title = 'not for operators ' || gen_random_uuid() WHERE id ="
                                + " (SELECT id FROM task WHERE branch_id = (SELECT branch_id FROM user_branch WHERE user_id = '"
                                + Board.MALIKA.subject() + "' LIMIT 1) LIMIT 1)");
                        return seen.stream().anyMatch(line -> line.contains("\"frames\":1"));
                    });

            assertThat(seen)
                    .filteredOn(line -> line.contains("\"frames\":1"))
                    .first()
                    .asString()
                    .contains("\"database\":\"board\"")
                    .endsWith("\"model\":\"task\",\"operation\":\"update\",\"records\":1,\"user_id\":0,"
                            + "\"frames\":1,\"viewers\":1,\"resets\":0}");
            assertThat(seen.toString()).doesNotContain("not for operators", "amanat.operation");
        }
    }

    @Test
    void whoMaySeeARowIsToldOfItAndNobodyElseIs() {
        try (var malika = browser('a', Board.MALIKA);
                var gulnora = browser('b', Board.GULNORA)) {
            long feed = watch(malika, "");
            watch(gulnora, "");
            var task = board.ask(
                            "SELECT id FROM task WHERE branch_id = (SELECT branch_id FROM user_branch WHERE user_id = '"
                                    + Board.MALIKA.subject() + "' LIMIT 1) AND status = 'taken' LIMIT 1")
                    .getFirst();

            board.run("UPDATE task SET status = 'done' WHERE id = '" + task + "'");

            var change = malika.skipUntil("postgres_changes");
            assertThat(change.path("feed").asLong()).isEqualTo(feed);
            assertThat(change.path("event").asString()).isEqualTo("UPDATE");
            assertThat(change.path("record").path("id").asString()).isEqualTo(task);
            assertThat(change.path("record").path("status").asString()).isEqualTo("done");
            assertThat(change.path("old_record").path("status").asString()).isEqualTo("taken");
            var hers = board.ask(
                            "SELECT id FROM task WHERE branch_id = (SELECT branch_id FROM user_branch WHERE user_id = '"
                                    + Board.GULNORA.subject() + "' LIMIT 1) LIMIT 1")
                    .getFirst();
            board.run("UPDATE task SET title = 'the next' WHERE id = '" + hers + "'");
            assertThat(gulnora.expect("postgres_changes")
                            .path("record")
                            .path("title")
                            .asString())
                    .isEqualTo("the next");
            assertThat(gulnora.everything.toString()).doesNotContain(task);
        }
    }

    @Test
    void aWriteIsAnsweredAndItsReceiptComesBehindWhatItDid() {
        try (var malika = browser('a', Board.MALIKA)) {
            watch(malika, "");
            malika.send("{'type':'read','ref':'r','table':'task','limit':1}");
            var row = malika.expect("rows").path("rows").get(0);
            var id = row.path("id").asString();
            var operation = UUID.randomUUID();

            malika.send("{'type':'write','opId':'%s','table':'task','op':'update','id':'%s','values':{'title':'mine'}}"
                    .formatted(operation, id));

            boolean changed = false;
            for (var frame = malika.next(); ; frame = malika.next()) {
                var type = frame.path("type").asString();
                assertThat(type).isIn("written", "postgres_changes", "receipt");
                changed |= type.equals("postgres_changes")
                        && frame.path("record").path("title").asString().equals("mine");
                if (type.equals("receipt")) {
                    assertThat(frame.path("opId").asString()).isEqualTo(operation.toString());
                    break;
                }
            }
            assertThat(changed).isTrue();
        }
    }

    @Test
    void writesOfMoreThanThirtyDaysAgoAreForgotten() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> board.ask("SELECT count(*) FROM amanat.operation WHERE at < now() - interval '30 days'")
                        .equals(List.of("0")));

        assertThat(board.ask("SELECT count(*) FROM amanat.operation")).isEqualTo(List.of("1"));
    }
}
