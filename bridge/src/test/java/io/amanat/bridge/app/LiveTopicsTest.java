package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.admin.AdminClient;
import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.app.settings.TenantSettings;
import io.amanat.bridge.app.settings.TopicSettings;
import io.amanat.bridge.write.Board;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.WalSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People of the plan board meet in topics, on a real PostgreSQL and over real sockets. */
@Timeout(180)
class LiveTopicsTest {

    private static final String MEMBER = "{branch_id} in (select branch_id from user_branch)";
    private static final List<TopicSettings> TOPICS = List.of(
            new TopicSettings(
                    "branch:{branch_id}",
                    MEMBER,
                    Optional.of(MEMBER),
                    Map.of("task", "branch_id=eq.{branch_id}"),
                    List.of("slot"),
                    List.of("cursor")),
            new TopicSettings(
                    "wrong:{kind:word}",
                    "exists (select from plann where title = {kind})",
                    Optional.empty(),
                    Map.of(),
                    List.of(),
                    List.of()));

    /** These, and those of the demo. */
    private static List<TopicSettings> topics() {
        return Stream.of(TOPICS, DemoBoard.TOPICS).flatMap(List::stream).toList();
    }

    private final Board board = Board.create();

    @TempDir
    private Path folder = Path.of("");

    private Bridge bridge;

    @BeforeEach
    void start() {
        board.run("CREATE PUBLICATION amanat FOR TABLE branch, employee, user_branch, plan, task, client_card,"
                + " status_history, attachment, amanat.operation");
        bridge = Bridge.start(settings(), this::settings, InstantSource.system());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> admin().get("/readyz").status() == 200);
        catchUp();
    }

    /** Whatever was read at the beginning is decided: it comes before the change that is told here. */
    private void catchUp() {
        try (var first = browser('f', Board.MALIKA)) {
            first.send("{'type':'watch','ref':'t','view':'table','table':'task'}");
            first.expect("ok");
            board.run("UPDATE task SET title = 'first' WHERE branch_id = '" + branchOf(Board.MALIKA) + "'");
            first.skipUntil("postgres_changes");
        }
    }

    @AfterEach
    void close() {
        bridge.close();
    }

    private AdminClient admin() {
        return new AdminClient(new AdminAddress.Socket(folder.resolve("admin.sock")));
    }

    private Settings settings() {
        var at = board.database().settings();
        var asBridge = new PostgresSettings(
                at.host(), at.port(), at.database(), "amanat", new Secret(""), at.sslMode(), Optional.empty());
        var wal = WalSettings.of(asBridge, "amanat_" + at.database(), "amanat");
        var databases = new LinkedHashMap<String, TenantSettings>();
        databases.put(
                "board",
                TablesSettings.of(wal, BoardTokens.SETTINGS, List.of(Browser.ORIGIN))
                        .with(topics()));
        return new Settings(
                databases,
                new Settings.Browsers("127.0.0.1", 0, List.of(), 100),
                new AdminAddress.Socket(folder.resolve("admin.sock")),
                Optional.empty(),
                new Settings.Logging(Settings.Logging.Level.ERROR, Settings.Logging.Format.TEXT));
    }

    private Browser browser(char digit, Claims who) {
        return Browser.open(bridge.port(), "/amanat.v1/board", digit).hello(BoardTokens.of(who));
    }

    private String branchOf(Claims who) {
        return board.ask("SELECT branch_id FROM user_branch WHERE user_id = '" + who.subject() + "' LIMIT 1")
                .getFirst();
    }

    private static void enter(Browser browser, String branch) {
        browser.send("{'type':'watch','ref':'b','view':'topic','topic':'branch:%s'}".formatted(branch));
    }

    @Test
    void membersOfABranchMeetAndAStrangerDoesNotKnowThatThereIsOne() {
        var branch = branchOf(Board.MALIKA);
        try (var malika = browser('a', Board.MALIKA);
                var otabek = browser('b', Board.OTABEK);
                var gulnora = browser('c', Board.GULNORA)) {
            enter(malika, branch);
            var ok = malika.expect("ok");
            assertThat(ok.path("tables").path("task").asLong()).isPositive();
            assertThat(malika.expect("presence_state").path("people").isEmpty()).isTrue();
            malika.send("{'type':'track','topic':'branch:%s','state':{'slot':'mon-9'}}".formatted(branch));
            malika.expect("presence_diff");

            enter(otabek, branch);
            otabek.expect("ok");
            assertThat(otabek.expect("presence_state")
                            .path("people")
                            .path(Board.MALIKA.subject())
                            .path(0)
                            .path("slot")
                            .asString())
                    .isEqualTo("mon-9");
            malika.send(
                    "{'type':'broadcast','topic':'branch:%s','event':'cursor','payload':{'x':7}}".formatted(branch));
            assertThat(otabek.expect("broadcast").path("from").asString()).isEqualTo(Board.MALIKA.subject());

            enter(gulnora, branch);
            assertThat(gulnora.expect("error").path("code").asString()).isEqualTo("unknown_topic");
            malika.send("{'type':'unwatch','ref':'b'}");
            assertThat(otabek.expect("presence_diff").path("leaves").has(Board.MALIKA.subject()))
                    .isTrue();
        }
    }

    @Test
    void whoIsAMemberNoMoreHearsNothingMore() {
        var branch = branchOf(Board.MALIKA);
        try (var malika = browser('a', Board.MALIKA);
                var otabek = browser('b', Board.OTABEK)) {
            enter(otabek, branch);
            otabek.skipUntil("presence_state");
            enter(malika, branch);
            long feed = malika.expect("ok").path("feed").asLong();
            malika.send("{'type':'track','topic':'branch:%s','state':{'slot':'a'}}".formatted(branch));
            otabek.skipUntil("presence_diff");

            board.run("DELETE FROM user_branch WHERE user_id = '" + Board.MALIKA.subject() + "'");

            while (true) {
                var reset = malika.skipUntil("reset");
                assertThat(reset.path("reason").asString()).isEqualTo("rights");
                if (reset.path("feed").asLong() == feed) {
                    break;
                }
            }
            assertThat(otabek.skipUntil("presence_diff").path("leaves").has(Board.MALIKA.subject()))
                    .isTrue();
            enter(malika, branch);
            assertThat(malika.skipUntil("error").path("code").asString()).isEqualTo("unknown_topic");
        }
    }

    @Test
    void whoSeesAPlanSeesWhoIsAtIt() {
        var plan = board.ask("SELECT id FROM plan WHERE branch_id = '" + branchOf(Board.MALIKA) + "' LIMIT 1")
                .getFirst();
        var watch = "{'type':'watch','ref':'p','view':'topic','topic':'presence:plan:%s'}".formatted(plan);
        try (var malika = browser('a', Board.MALIKA);
                var gulnora = browser('c', Board.GULNORA)) {
            malika.send(watch);
            malika.expect("ok");
            malika.expect("presence_state");
            malika.send("{'type':'track','topic':'presence:plan:%s','state':{'slot':'x','state':'editing'}}"
                    .formatted(plan));
            assertThat(malika.expect("presence_diff").path("joins").has(Board.MALIKA.subject()))
                    .isTrue();

            gulnora.send(watch);
            assertThat(gulnora.expect("error").path("code").asString()).isEqualTo("unknown_topic");
        }
    }

    @Test
    void aRuleThatIsWrittenWronglyIsLoggedOnceWithItsDatabaseAndWhatPostgresqlSays() {
        try (var log = new Logged("io.amanat.bridge.topic");
                var malika = browser('a', Board.MALIKA)) {
            for (var topic : List.of("wrong:one", "wrong:one", "wrong:two")) {
                malika.send("{'type':'watch','ref':'w','view':'topic','topic':'%s'}".formatted(topic));
                assertThat(malika.expect("error").path("code").asString()).isEqualTo("unavailable");
            }

            assertThat(log.lines())
                    .containsExactly("nobody comes into the topics 'wrong:{kind:word}' until their rule in the settings"
                            + " is corrected: relation \"plann\" does not exist (SQLSTATE 42P01)");
            assertThat(log.databases("SqlRights")).containsExactly("board");

            board.run("CREATE TABLE plann (title text); GRANT SELECT ON plann TO authenticated");
            malika.send("{'type':'watch','ref':'w','view':'topic','topic':'wrong:one'}");
            assertThat(malika.expect("error").path("code").asString()).isEqualTo("unknown_topic");
            board.run("DROP TABLE plann");
            malika.send("{'type':'watch','ref':'w','view':'topic','topic':'wrong:one'}");
            assertThat(malika.expect("error").path("code").asString()).isEqualTo("unavailable");
            assertThat(log.lines()).hasSize(2);
        }
    }

    @Test
    void aTokenThatReadsPastEveryPolicyIsNotForAPage() {
        var service = new Claims("service_role", "robot", "{\"role\":\"service_role\",\"sub\":\"robot\"}");
        try (var page = Browser.open(bridge.port(), "/amanat.v1/board", 'a')) {
            page.send("{'type':'hello','token':'%s','origin':'%s'}".formatted(BoardTokens.of(service), "a".repeat(32)));
            assertThat(page.expect("bye").path("code").asString()).isEqualTo("token_invalid");
        }
    }

    @Test
    void whatBrowsersMeasuredIsTold() {
        try (var malika = browser('a', Board.MALIKA)) {
            malika.send("{'type':'report','delays':[12,40,90],'disconnects':0,'seconds':60}");
            var json = new JsonMapper();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> slo(json).path("delays").asInt() == 3);

            assertThat(slo(json).path("delay_p95_ms").asInt()).isEqualTo(100);
            assertThat(admin().get("/metrics").body()).contains("amanat_realtime_delay_ms_count{database=\"board\"} 3");
        }
    }

    @Test
    void howPoliciesWereAskedIsTold() {
        assertThat(admin().get("/metrics").body())
                .containsPattern("\namanat_policy_together_total\\{database=\"board\"} [1-9]")
                .contains(
                        "\namanat_policy_refused_total{database=\"board\"} 0\n",
                        "\namanat_policy_wrong_total{database=\"board\"} 0\n");
    }

    private JsonNode slo(JsonMapper json) {
        return json.readTree(admin().get("/info").body())
                .path("databases")
                .path("board")
                .path("slo");
    }
}
