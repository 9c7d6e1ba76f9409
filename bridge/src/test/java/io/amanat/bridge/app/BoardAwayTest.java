package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.admin.AdminClient;
import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.app.settings.TenantSettings;
import io.amanat.bridge.write.Board;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.wal.CrashingPostgres;
import io.amanat.connector.source.wal.PostgresSettings;
import io.amanat.connector.source.wal.TestPostgres;
import io.amanat.connector.source.wal.WalSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** PostgreSQL is away, from the start or for a while: nobody is refused for good, and nobody has to do anything. */
@Timeout(180)
class BoardAwayTest {

    private final Path folder;
    private final CrashingPostgres postgres;
    private final Board board;
    private final Settings settings;
    private final String task;
    private Optional<Bridge> bridge = Optional.empty();

    BoardAwayTest(@TempDir Path folder) {
        this.folder = folder;
        postgres = new CrashingPostgres(folder.resolve("postgres"), Map.of());
        board = Board.create(TestPostgres.empty(postgres.server()));
        board.run("CREATE PUBLICATION amanat FOR TABLE branch, employee, user_branch, plan, task, client_card,"
                + " status_history, attachment, amanat.operation");
        task = board.ask("SELECT id FROM task WHERE branch_id = '%s' LIMIT 1".formatted(Board.id('b', 2)))
                .getFirst();
        settings = settings();
    }

    private Settings settings() {
        var at = board.database().settings();
        var asBridge = new PostgresSettings(
                at.host(), at.port(), at.database(), "amanat", new Secret(""), at.sslMode(), Optional.empty());
        var databases = new LinkedHashMap<String, TenantSettings>();
        databases.put(
                "board",
                TablesSettings.of(
                        WalSettings.of(asBridge, "amanat_board", "amanat"),
                        BoardTokens.SETTINGS,
                        List.of(Browser.ORIGIN)));
        return new Settings(
                databases,
                new Settings.Browsers("127.0.0.1", 0, List.of(), 100),
                admin(),
                Optional.empty(),
                new Settings.Logging(Settings.Logging.Level.WARN, Settings.Logging.Format.TEXT));
    }

    private AdminAddress.Socket admin() {
        return new AdminAddress.Socket(folder.resolve("admin.sock"));
    }

    private Bridge start() {
        var started = Bridge.start(settings, () -> settings, InstantSource.system());
        bridge = Optional.of(started);
        return started;
    }

    private void awaitReady() {
        var client = new AdminClient(admin());
        await().atMost(Duration.ofSeconds(60)).until(() -> client.get("/readyz").status() == 200);
    }

    @AfterEach
    void close() {
        bridge.ifPresent(Bridge::close);
        postgres.close();
    }

    private static Browser come(Bridge bridge, char digit) {
        return Browser.open(bridge.port(), "/amanat.v1/board", digit);
    }

    /** As a page does that is told to come back. The pool of connections, too, tries again only now and then. */
    private static Browser comeUntilWelcome(Bridge bridge) {
        var welcome = new AtomicReference<Browser>();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            var browser = come(bridge, 'b');
            var answer = sayHello(browser).next();
            if (answer.path("type").asString().equals("welcome")) {
                welcome.set(browser);
                return true;
            }
            assertThat(code(answer)).isEqualTo("unavailable");
            browser.close();
            return false;
        });
        return welcome.get();
    }

    private static Browser sayHello(Browser browser) {
        return browser.send(
                "{'type':'hello','token':'%s','origin':'%s'}".formatted(BoardTokens.of(Board.MALIKA), browser.tab()));
    }

    private static void watch(Browser browser) {
        browser.send("{'type':'watch','ref':'tasks','view':'table','table':'task'}");
    }

    private String write(UUID operation, String title) {
        return "{'type':'write','opId':'%s','table':'task','op':'update','id':'%s','values':{'title':'%s'}}"
                .formatted(operation, task, title);
    }

    private static String code(JsonNode frame) {
        return frame.path("code").asString();
    }

    @Test
    void aBridgeThatStartsWithoutPostgresqlServesWhenItComes() {
        postgres.kill();
        var started = start();
        try (var early = come(started, 'a')) {
            var bye = sayHello(early).expect("bye");
            assertThat(code(bye)).isEqualTo("unavailable");
            assertThat(bye.path("reconnect_after").isNumber()).isTrue();
            assertThat(early.end()).startsWith("1001 ");
        }

        postgres.startAgain();
        awaitReady();

        try (var malika = comeUntilWelcome(started)) {
            watch(malika);
            malika.expect("ok");
            malika.send(write(UUID.randomUUID(), "at first"));
            malika.skipUntil("receipt");
            malika.send(write(UUID.randomUUID(), "after all"));
            assertThat(malika.skipUntil("postgres_changes")
                            .path("record")
                            .path("title")
                            .asString())
                    .isEqualTo("after all");
            malika.skipUntil("receipt");
            assertThat(malika.everything.toString()).as("what it missed").contains("'type':'reset'".replace('\'', '"'));
        }
    }

    @Test
    void whoIsHereWhileItIsAwayIsAskedToTryAgainAndMissesNothing() {
        var started = start();
        awaitReady();
        try (var malika = come(started, 'a').hello(BoardTokens.of(Board.MALIKA));
                var otabek = come(started, 'b').hello(BoardTokens.of(Board.OTABEK))) {
            watch(otabek);
            otabek.expect("ok");
            var operation = UUID.randomUUID();
            postgres.kill();

            malika.send(write(operation, "said twice"));
            var refused = malika.expect("refused");
            malika.send("{'type':'watch','ref':'plans','view':'table','table':'plan'}");
            var unwatched = malika.expect("error");
            malika.send("{'type':'read','ref':'r','table':'task','limit':1}");
            var unread = malika.expect("error");

            assertThat(List.of(code(refused), code(unwatched), code(unread))).containsOnly("unavailable");
            assertThat(refused.path("retry").asBoolean()).isTrue();
            postgres.startAgain();
            malika.send(write(operation, "said twice"));
            assertThat(malika.expect("written").path("repeated").asBoolean(false))
                    .isFalse();
            assertThat(otabek.expect("postgres_changes")
                            .path("record")
                            .path("title")
                            .asString())
                    .isEqualTo("said twice");
            malika.send("{'type':'watch','ref':'plans','view':'table','table':'plan'}");
            malika.skipUntil("ok");
        }
    }
}
