package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.admin.AdminClient;
import io.amanat.bridge.app.settings.DatabaseSettings;
import io.amanat.bridge.app.settings.Limits;
import io.amanat.bridge.app.settings.Settings;
import io.amanat.bridge.app.settings.SourceSettings;
import io.amanat.bridge.app.settings.TenantSettings;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.WebSocketSettings;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two databases in one bridge, each before an Odoo of its own. */
@Timeout(120)
class SeveralDatabasesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StandInOdoo shop = StandInOdoo.start(StandInSettings.empty(0));
    private final StandInOdoo works = StandInOdoo.start(StandInSettings.empty(0));
    private final Map<String, TenantSettings> wanted = new LinkedHashMap<>();

    @TempDir
    private Path folder = Path.of("");

    private Optional<Path> dataDir = Optional.empty();
    private Bridge bridge;

    @BeforeEach
    void start() {
        wanted.put("shop", of(shop.url()));
        wanted.put("works", of(works.url()));
        bridge = Bridge.start(settings(), this::settings, InstantSource.system());
        Listening.to(admin(), "shop");
        Listening.to(admin(), "works");
    }

    @AfterEach
    void stop() {
        bridge.close();
        shop.close();
        works.close();
    }

    @Test
    void eachBrowserSeesTheChangesOfItsDatabaseOnly() {
        try (var seller = browser("shop", 'a').hello(shop.as("bobur").token());
                var worker = browser("works", 'b').hello(works.as("bobur").token())) {
            seller.watchTransfers("list");
            worker.watchTransfers("list");

            shop.as("aziz").create("amanat.transfer", List.of(Map.of("note", "of the shop")));

            assertThat(seller.expect("list_update").toString()).contains("of the shop");
            worker.gotNothing();
        }
    }

    @Test
    void eachStreamSeesTheChangesOfItsDatabaseOnly() {
        try (var seller = streamed("shop", 'a', shop.as("bobur").token()).welcomed();
                var worker = streamed("works", 'b', works.as("bobur").token()).welcomed()) {
            seller.watchTransfers("list");
            seller.skipUntil("ok");
            worker.watchTransfers("list");
            worker.skipUntil("ok");

            shop.as("aziz").create("amanat.transfer", List.of(Map.of("note", "of the shop")));
            works.as("aziz").create("amanat.transfer", List.of(Map.of("note", "of the works")));

            assertThat(seller.skipUntil("list_update").toString()).contains("of the shop");
            assertThat(worker.skipUntil("list_update").toString()).contains("of the works");
        }
    }

    @Test
    void aStreamIsOfOneDatabaseOnly() {
        var token = shop.as("bobur").token();
        try (var seller = streamed("shop", 'a', token).welcomed();
                var worker = streamed("works", 'b', works.as("bobur").token()).welcomed();
                var stranger = streamed("works", 'c', token)) {
            assertThat(stranger.skipUntil("bye").path("code").asString()).isEqualTo("token_invalid");
            assertThat(worker.send("{'type':'ping'}", seller.key, token)).isEqualTo(404);
            assertThat(seller.send("{'type':'ping'}")).isEqualTo(204);
        }
        for (var path : List.of("/amanat.v1", "/amanat.v1/store", "/amanat.v1/Shop")) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> StreamedBrowser.open(bridge.port(), path, 'a', token))
                    .withMessageStartingWith("the stream is over");
        }
    }

    @Test
    void aTokenOfAnotherDatabaseIsRefused() {
        try (var stranger = browser("works", 'a')) {
            stranger.send("{'type':'hello','token':'%s','origin':'%s'}"
                    .formatted(shop.as("bobur").token(), stranger.tab()));

            assertThat(stranger.expect("bye").path("code").asString()).isEqualTo("token_invalid");
            assertThat(stranger.end()).startsWith("4001");
        }
    }

    @Test
    void aPathThatNamesNoneOfThemLeadsNowhere() {
        for (var path :
                List.of("/amanat.v1", "/amanat.v1/", "/amanat.v1/store", "/amanat.v1/shop/", "/amanat.v1/Shop")) {
            assertRefused(() -> Browser.open(bridge.port(), path, 'a'));
        }
    }

    @Test
    void whatIsBrokenInOneDoesNotTouchTheOther() {
        works.close();

        await().until(() -> !ready("works"));
        try (var seller = browser("shop", 'a').hello(shop.as("bobur").token())) {
            seller.watchTransfers("list");
            shop.as("aziz").create("amanat.transfer", List.of(Map.of("note", "on we go")));
            assertThat(seller.expect("list_update").toString()).contains("on we go");
        }
        assertThat(ready("shop")).isTrue();
        assertThat(admin().get("/readyz").status()).isEqualTo(200);
        assertThat(admin().get("/readyz").body()).startsWith("ready\nworks: ");
        assertThat(admin().get("/metrics").body())
                .contains("amanat_ready{database=\"shop\"} 1\namanat_ready{database=\"works\"} 0\n");
    }

    @Test
    void whatIsLoggedOfADatabaseNamesIt() {
        try (var log = new Logged("io.amanat");
                var worker = browser("works", 'b').hello(works.as("bobur").token())) {
            knowsMoreThan("works", works.as("bobur").token());
            works.close();
            worker.send("{'type':'watch','ref':'list','view':'list','model':'amanat.transfer'}");

            for (var part : List.of("MemoryJournal", "FeedReader", "RightsAsker")) {
                await().atMost(PATIENCE).until(() -> !log.databases(part).isEmpty());
            }
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
                stranger("works");
                return !log.databases("TrustCache").isEmpty();
            });
            for (var part : List.of("MemoryJournal", "FeedReader", "RightsAsker", "AddonWatch", "TrustCache")) {
                assertThat(log.databases(part)).as(part).containsExactly("works");
            }
        }
    }

    /** Somebody comes back who knows an offset that this journal never gave: a new epoch begins, and a warning says so. */
    private void knowsMoreThan(String database, String token) {
        try (var ahead = browser(database, 'c')) {
            ahead.send("{'type':'hello','token':'%s','origin':'%s','resume':{'epoch':'%s','offset':1000000}}"
                    .formatted(
                            token,
                            ahead.tab(),
                            journalOf(database).path("epoch").asString()));
            ahead.expect("welcome");
        }
    }

    /** Somebody comes whose token names an unknown key: the bridge asks for keys. */
    private void stranger(String database) {
        try (var stranger = browser(database, 'd')) {
            stranger.send(
                    "{'type':'hello','token':'%s','origin':'%s'}".formatted(new Tokens().of(7, 1L), stranger.tab()));
            stranger.expect("bye");
        }
    }

    @Test
    void reloadAddsRemovesAndChangesAndLeavesTheOthersAlone() {
        try (var third = StandInOdoo.start(StandInSettings.empty(0));
                var untouched = browser("shop", 'a').hello(shop.as("bobur").token());
                var removed = browser("works", 'b').hello(works.as("bobur").token())) {
            untouched.watchTransfers("list");
            wanted.remove("works");
            wanted.put("lab", of(third.url()));

            assertThat(reloaded())
                    .hasToString("{\"started\":[\"lab\"],\"stopped\":[\"works\"],\"restarted\":[],"
                            + "\"untouched\":[\"shop\"],\"needs_restart\":[]}");

            assertThat(removed.expect("bye").path("reconnect_after").asInt()).isPositive();
            assertThat(removed.end()).startsWith("1001");
            Listening.to(admin(), "lab");
            try (var added = browser("lab", 'c').hello(third.as("bobur").token())) {
                added.watchTransfers("list");
            }
            shop.as("aziz").create("amanat.transfer", List.of(Map.of("note", "still here")));
            assertThat(untouched.expect("list_update").toString()).contains("still here");
        }
    }

    @Test
    void otherSettingsStartADatabaseAnew() {
        try (var browser = browser("works", 'b').hello(works.as("bobur").token())) {
            wanted.put("works", withModels(of(works.url()), "amanat.order"));

            assertThat(reloaded().path("restarted").toString()).isEqualTo("[\"works\"]");

            browser.expect("bye");
            Listening.to(admin(), "works");
            try (var again = browser("works", 'b').hello(works.as("bobur").token())) {
                again.send("{'type':'watch','ref':'list','view':'list','model':'amanat.transfer'}");
                assertThat(again.expect("error").path("code").asString()).isEqualTo("unknown_model");
            }
        }
    }

    @Test
    void aDatabaseHasItsOwnLimitOfConnections() {
        wanted.put("works", withConnections(of(works.url()), 1));
        reloaded();
        await().until(() -> ready("works"));

        try (var _ = browser("works", 'a').hello(works.as("bobur").token());
                var _ = browser("shop", 'b').hello(shop.as("bobur").token());
                var _ = browser("shop", 'c').hello(shop.as("bobur").token())) {
            assertRefused(() -> browser("works", 'd'));
            assertThat(admin().get("/metrics").body())
                    .contains("amanat_connections_refused_total{database=\"works\"} 1\n");
        }
    }

    @Test
    void statusSaysOfEachHowItDoes() {
        assertThat(run("status").exitCode()).isZero();

        works.close();
        await().until(() -> !ready("works"));

        var status = run("status");
        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.out())
                .startsWith("shop: ready\n  source    websocket; connected; the first choice works")
                .contains(
                        "\nworks: not ready\n  trouble   ",
                        "\n  journal   epoch ",
                        "\n  browsers  0 connections, 0 views");
        assertThat(run("status", "--output", "json").out())
                .startsWith("{\"ready\":false,")
                .contains("\"works\":{\"ready\":false,");
    }

    @Test
    void rightsAreAskedOfOneDatabase() {
        assertThat(run("rights", "--user", "aziz", "--model", "amanat.transfer"))
                .isEqualTo(new Result(2, "", "amanat: say which database with --database; there are: shop, works\n"));
        assertThat(run("rights", "--user", "aziz", "--model", "amanat.transfer", "--database", "shop")
                        .exitCode())
                .isZero();
    }

    @Test
    void aDatabaseWhoseFolderCannotBeUsedIsBrokenAloneUntilItIsMended() throws IOException {
        var inTheWay = Files.writeString(
                Files.createDirectories(folder.resolve("data")).resolve("lab"), "no folder");
        dataDir = Optional.of(folder.resolve("data"));
        bridge.close();
        wanted.put("lab", of(shop.url()));
        bridge = Bridge.start(settings(), this::settings, InstantSource.system());

        await().until(() -> ready("shop") && ready("works"));
        assertThat(ready("lab")).isFalse();
        assertThat(info().path("databases").path("lab").path("troubles").get(0).asString())
                .contains(inTheWay.toString());
        assertRefused(() -> browser("lab", 'a'));

        Files.delete(inTheWay);
        assertThat(reloaded().path("restarted").toString()).isEqualTo("[\"lab\"]");
        await().until(() -> ready("lab"));
        assertThat(folder.resolve("data/lab/journal")).isDirectory();
    }

    @Test
    void aDatabaseThatIsStartedAnewGoesOnInItsJournal() {
        dataDir = Optional.of(folder.resolve("data"));
        bridge.close();
        bridge = Bridge.start(settings(), this::settings, InstantSource.system());
        Listening.to(admin(), "works");
        var before = journalOf("works");

        wanted.put("works", withConnections(of(works.url()), 1));
        reloaded();

        assertThat(journalOf("works").path("epoch")).isEqualTo(before.path("epoch"));
        assertThat(journalOf("works").path("offset").asLong())
                .isGreaterThanOrEqualTo(before.path("offset").asLong());
    }

    private JsonNode journalOf(String database) {
        return info().path("databases").path(database).path("journal");
    }

    private record Result(int exitCode, String out, String err) {}

    private Result run(String command, String... more) {
        var out = new StringWriter();
        var err = new StringWriter();
        var arguments =
                new ArrayList<>(List.of(command, "--socket", socket().file().toString()));
        arguments.addAll(List.of(more));
        int code = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    private Browser browser(String database, char digit) {
        return Browser.open(bridge.port(), "/amanat.v1/" + database, digit);
    }

    private StreamedBrowser streamed(String database, char digit, String token) {
        return StreamedBrowser.open(bridge.port(), "/amanat.v1/" + database, digit, token);
    }

    private static void assertRefused(ThrowingCallable connecting) {
        Assertions.assertThatExceptionOfType(CompletionException.class).isThrownBy(connecting);
    }

    private boolean ready(String database) {
        return info().path("databases").path(database).path("ready").asBoolean(false);
    }

    private JsonNode info() {
        return JsonMapper.shared().readTree(admin().get("/info").body());
    }

    private JsonNode reloaded() {
        return JsonMapper.shared().readTree(admin().post("/reload").body());
    }

    private AdminClient admin() {
        return new AdminClient(socket());
    }

    private AdminAddress.Socket socket() {
        return new AdminAddress.Socket(folder.resolve("admin.sock"));
    }

    private Settings settings() {
        return new Settings(
                new LinkedHashMap<>(wanted),
                new Settings.Browsers("127.0.0.1", 0, List.of(), Limits.DEFAULT.connections()),
                socket(),
                dataDir,
                Demo.LOGGING);
    }

    private static DatabaseSettings of(URI odoo) {
        return DatabaseSettings.of(
                OdooSettings.of(odoo, "amanat", "amanat_bridge", new Secret("amanat_bridge")),
                SourceSettings.at(odoo, WebSocketSettings.besides(odoo)),
                List.of(Browser.ORIGIN));
    }

    private static DatabaseSettings withModels(DatabaseSettings usual, String... models) {
        return new DatabaseSettings(
                usual.odoo(),
                usual.source(),
                Set.of(models),
                usual.ownChanges(),
                usual.origins(),
                usual.limits(),
                usual.journal());
    }

    private static DatabaseSettings withConnections(DatabaseSettings usual, int connections) {
        var limits = usual.limits();
        return new DatabaseSettings(
                usual.odoo(),
                usual.source(),
                usual.models(),
                usual.ownChanges(),
                usual.origins(),
                new Limits(
                        connections,
                        limits.connectionsPerAddress(),
                        limits.perUser(),
                        limits.frameBytes(),
                        limits.watches(),
                        limits.messagesPerSecond(),
                        limits.outboxBytes(),
                        limits.arrivals()),
                usual.journal());
    }
}
