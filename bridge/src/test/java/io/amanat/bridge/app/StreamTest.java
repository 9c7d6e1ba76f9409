package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.access.AccessSettings;
import io.amanat.bridge.channel.OwnChanges;
import io.amanat.bridge.identity.IdentitySettings;
import io.amanat.bridge.identity.Trust;
import io.amanat.bridge.identity.TrustSource;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.bridge.journal.MemoryJournal;
import io.amanat.bridge.session.SessionSettings;
import io.amanat.bridge.websocket.Door;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol over two HTTP requests, where a proxy lets no websocket through: same frames, same limits, same refusals. */
@Timeout(60)
class StreamTest {

    private static final long AZIZ = 7;
    private static final long BOBUR = 8;
    private static final Duration HEARTBEAT = Duration.ofSeconds(25);
    private static final Duration QUICK = Duration.ofSeconds(2);
    private static final int LARGEST = 4 * 1024;
    private static final int MOST = 4;

    private final FakeSource source = new FakeSource();
    private final Tokens tokens = new Tokens();
    private final OneDatabase bridge = bridge(HEARTBEAT, source);

    private OneDatabase bridge(Duration heartbeat, FakeSource changes) {
        return bridge(heartbeat, changes, tokens::trust);
    }

    private OneDatabase bridge(Duration heartbeat, FakeSource changes, TrustSource trust) {
        return OneDatabase.start(
                new CoreSettings(
                        AccessSettings.DEFAULT,
                        IdentitySettings.DEFAULT,
                        OwnChanges.TAB,
                        new SessionSettings(
                                Duration.ofMinutes(1),
                                heartbeat,
                                LARGEST,
                                30,
                                10,
                                SessionSettings.DEFAULT.outbox(),
                                SessionSettings.DEFAULT.perUser(),
                                Duration.ZERO,
                                SessionSettings.DEFAULT.arrivals()),
                        new Door.Settings(Set.of(Browser.ORIGIN), false, 100, MOST)),
                new CorePorts(
                        new MemoryJournal(JournalSettings.DEFAULT),
                        changes,
                        new FakeOdoo()
                                .grant(AZIZ, "id", "display_name", "name")
                                .grant(BOBUR, "id", "display_name", "name"),
                        trust,
                        () -> Transfers.POLICY,
                        InstantSource.system()));
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    private StreamedBrowser bobur() {
        return bobur(bridge);
    }

    private StreamedBrowser bobur(OneDatabase at) {
        return StreamedBrowser.open(at, 'b', tokens.of(BOBUR, 1L)).welcomed();
    }

    private void commit(int id) {
        source.commit(Transfers.updated(Transfers.actor(AZIZ), id, "{'name': 'TR-%d'}".formatted(id), "name"));
    }

    @Test
    void framesComeAsLinesAndAreTheSameAsOverAWebsocket() {
        try (var streamed = bobur();
                var browser = Browser.open(bridge, 'c').hello(tokens.of(BOBUR, 1L))) {
            streamed.watchTransfers("list");
            streamed.skipUntil("ok");
            browser.watchTransfers("list");

            commit(42);

            var same = streamed.skipUntil("list_update");
            assertThat(same).isEqualTo(browser.expect("list_update"));
            assertThat(same.path("records").get(0).path("name").asString()).isEqualTo("TR-42");
        }
    }

    @Test
    void framesOfOneRequestAreTakenInOrder() {
        try (var bobur = bobur()) {
            int status = bobur.send("""
                    [{'type':'watch','ref':'a','view':'list','model':'amanat.transfer'},
                     {'type':'unwatch','ref':'a'},
                     {'type':'unwatch','ref':'a'},
                     {'type':'ping'}]""");

            assertThat(status).isEqualTo(204);
            bobur.skipUntil("pong");
        }
    }

    /** The key comes before the welcome. Of two requests at once one is refused: then the other is there. */
    @Test
    void whatIsSaidBeforeTheWelcomeWaitsForIt() throws InterruptedException, ExecutionException {
        var asked = new CountDownLatch(1);
        try (var slow = bridge(HEARTBEAT, new FakeSource(), () -> trustAfter(asked));
                var bobur = StreamedBrowser.open(slow, 'b', tokens.of(BOBUR, 1L))) {
            var one = CompletableFuture.supplyAsync(() -> bobur.send("{'type':'ping'}"));
            var other = CompletableFuture.supplyAsync(() -> bobur.send("{'type':'ping'}"));
            await().until(() -> one.isDone() || other.isDone());
            asked.countDown();

            assertThat(List.of(one.get(), other.get())).containsExactlyInAnyOrder(204, 429);
            bobur.skipUntil("welcome");
            bobur.skipUntil("pong");
        }
    }

    private Trust trustAfter(CountDownLatch asked) {
        try {
            asked.await();
            return tokens.trust();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whoDoesNotKnowTheKeyIsToldNothing(String key) {
        try (var bobur = bobur()) {
            assertThat(bobur.send("{'type':'ping'}", key, tokens.of(BOBUR, 1L))).isEqualTo(404);
            assertThat(bobur.send("{'type':'ping'}", bobur.key.replaceFirst(".$", "~"), tokens.of(BOBUR, 1L)))
                    .isEqualTo(404);
        }
    }

    @Test
    void aKeyIsWorthNothingWithTheTokenOfAnotherLogin() {
        try (var bobur = bobur()) {
            assertThat(bobur.send("{'type':'ping'}", bobur.key, tokens.of(AZIZ, 1L)))
                    .isEqualTo(404);
            var otherLogin = tokens.of(BOBUR, claims -> claims.claim("sid", "elsewhere"));
            assertThat(bobur.send("{'type':'ping'}", bobur.key, otherLogin)).isEqualTo(404);
            assertThat(bobur.send("{'type':'ping'}", bobur.key, "forged")).isEqualTo(404);
            assertThat(bobur.send("{'type':'ping'}")).isEqualTo(204);
        }
    }

    @Test
    void aTokenIsRenewedAndCarriesWhatIsSaidAfterIt() {
        try (var bobur = bobur()) {
            bobur.renew(tokens.of(BOBUR, 1L, 2L));
            bobur.skipUntil("ok");

            assertThat(bobur.send("{'type':'ping'}")).isEqualTo(204);
            bobur.skipUntil("pong");
        }
    }

    @Test
    void aTokenThatProvesNothingEndsTheStreamAsItEndsAWebsocket() {
        try (var stranger = StreamedBrowser.open(bridge, 'b', "forged")) {
            assertThat(stranger.skipUntil("bye").path("code").asString()).isEqualTo("token_invalid");
            assertThat(stranger.skipUntil("close").path("code").asInt()).isEqualTo(4001);
            assertThat(stranger.line()).isEqualTo("end");
        }
    }

    @Test
    void aBadFrameEndsTheStreamWithItsCloseCode() {
        try (var bobur = bobur()) {
            bobur.send("{'type':'shout'}");

            assertThat(bobur.skipUntil("bye").path("code").asString()).isEqualTo("bad_type");
            assertThat(bobur.skipUntil("close").path("code").asInt()).isEqualTo(4000);
            assertThat(bobur.line()).isEqualTo("end");
            assertThat(bobur.send("{'type':'ping'}")).isEqualTo(404);
        }
    }

    @Test
    void aFrameThatIsTooLargeEndsTheStreamAndALargerBodyIsNotRead() {
        try (var bobur = bobur()) {
            assertThat(bobur.ask("x".repeat(17 * LARGEST))).isEqualTo(413);
            assertThat(bobur.send("{'type':'unwatch','ref':'%s'}".formatted("x".repeat(LARGEST))))
                    .isEqualTo(413);
            assertThat(bobur.skipUntil("close").path("code").asInt()).isEqualTo(1009);
        }
    }

    @Test
    void whoSaysMoreThanItsShareIsSentAway() {
        try (var bobur = bobur()) {
            var many = "[" + "{'type':'ping'},".repeat(15) + "{'type':'ping'}]";
            for (int i = 0; i < 1_000 && bobur.send(many) == 204; i++) {
                bobur.skipUntil("pong");
            }
            assertThat(bobur.skipUntil("bye").path("code").asString()).isEqualTo("rate_limited");
            assertThat(bobur.skipUntil("close").path("code").asInt()).isEqualTo(4029);
        }
    }

    @Test
    void aClientThatAnswersNoEmptyLineIsCut() {
        try (var quick = bridge(QUICK, new FakeSource());
                var bobur = bobur(quick)) {
            var line = bobur.line();
            while (!line.equals("end")) {
                assertThat(line).doesNotContain("close");
                line = bobur.line();
            }
            await().until(() -> quick.core.sessions().isEmpty());
        }
    }

    @Test
    void aClientThatAnswersEmptyLinesStays() {
        try (var quick = bridge(QUICK, new FakeSource());
                var bobur = bobur(quick)) {
            for (int i = 0; i < 4; i++) {
                await().until(() -> bobur.line().isEmpty());
                assertThat(bobur.send("[]")).isEqualTo(204);
            }
        }
    }

    @Test
    void aTabThatIsClosedIsNoticedAtOnceAndGivesItsPlaceBack() {
        for (int i = 0; i < 3 * MOST; i++) {
            bobur().leave();
            await().until(() -> bridge.core.sessions().isEmpty());
        }
    }

    @Test
    void streamsAndWebsocketsAreCountedTogether() {
        try (var one = bobur();
                var two = Browser.open(bridge, 'c').hello(tokens.of(BOBUR, 1L));
                var three = bobur();
                var four = Browser.open(bridge, 'd').hello(tokens.of(BOBUR, 1L))) {
            assertThat(post("stream", "{}").statusCode()).isEqualTo(429);
            assertThat(bridge.core.door().refusedConnections()).isEqualTo(1);
            one.leave();
            await().until(() -> bridge.core.sessions().size() == 3);
            bobur().leave();
            assertThat(two.tab()).isNotEqualTo(four.tab());
            assertThat(three.send("{'type':'ping'}")).isEqualTo(204);
        }
    }

    @Test
    void nothingOfAStreamIsReadBeforeItHasAPlace() throws IOException {
        var begun = new ArrayList<BegunRequest>();
        for (int i = 0; i < MOST; i++) {
            begun.add(begin("stream", tokens.of(BOBUR, 1L), ""));
            assertThat(begun.getLast().status()).isEqualTo(100);
        }

        try (var beyond = begin("stream", tokens.of(BOBUR, 1L), "")) {
            assertThat(beyond.status()).isEqualTo(429);
        }

        for (var broken : begun) {
            broken.close();
        }
        await().until(() -> post("stream", "{}").statusCode() == 200);
    }

    @Test
    void nothingOfWhatIsSaidIsReadWhileSomethingElseIs() throws IOException {
        var token = tokens.of(BOBUR, 1L);
        try (var bobur = bobur()) {
            try (var one = begin("send", token, bobur.key)) {
                assertThat(one.status()).isEqualTo(100);
                try (var other = begin("send", token, bobur.key)) {
                    assertThat(other.status()).isEqualTo(429);
                }

                one.end("{\"type\":\"ping\"}");
                assertThat(one.status()).isEqualTo(204);
                bobur.skipUntil("pong");
            }
            try (var broken = begin("send", token, bobur.key)) {
                assertThat(broken.status()).isEqualTo(100);
            }
            await().until(() -> bobur.send("{'type':'ping'}") == 204);
        }
    }

    @Test
    void whoseStreamEndsWhileTheyStillSpeakIsToldSo() throws IOException {
        try (var bobur = bobur();
                var speaking = begin("send", tokens.of(BOBUR, 1L), bobur.key)) {
            assertThat(speaking.status()).isEqualTo(100);

            bobur.leave();

            assertThat(speaking.status()).isEqualTo(404);
        }
    }

    @Test
    void whoIsRefusedBeforeTheirBodyHasComeIsToldNotToComeThatWayAgain() throws IOException {
        try (var hasty = BegunRequest.hasty(bridge.port(), "/amanat.v1/send", tokens.of(BOBUR, 1L), "unknown")) {
            assertThat(hasty.status()).isEqualTo(404);
            assertThat(hasty.headers()).contains("Connection: close");
        }
    }

    private BegunRequest begin(String path, String token, String key) throws IOException {
        return BegunRequest.asking(bridge.port(), "/amanat.v1/" + path, token, key);
    }

    @Test
    void whoIsConnectedIsToldThatTheBridgeStops() {
        var bobur = bobur();
        bridge.close();
        assertThat(bobur.skipUntil("bye").path("code").asString()).isEqualTo("going_away");
        assertThat(bobur.skipUntil("close").path("code").asInt()).isEqualTo(1001);
        assertThat(bobur.line()).isEqualTo("end");
    }

    @Test
    void theAnswerIsNeitherKeptNorHeldBackByProxies() {
        var headers = post("stream", "{}").headers();
        assertThat(headers.firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
        assertThat(headers.firstValue("X-Accel-Buffering")).contains("no");
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).contains(Browser.ORIGIN);
        assertThat(headers.firstValue("Vary")).contains("Origin");
        assertThat(headers.firstValue("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(headers.firstValue("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "POST|stream|http://elsewhere.test|application/json|Bearer x|403",
                "POST|send|http://elsewhere.test|application/json|Bearer x|403",
                "OPTIONS|stream|http://elsewhere.test|-|-|403",
                "POST|stream|-|application/json|Bearer x|403",
                "POST|stream|http://odoo.test|text/plain|Bearer x|415",
                "POST|stream|http://odoo.test|application/x-www-form-urlencoded|Bearer x|415",
                "POST|send|http://odoo.test|-|Bearer x|415",
                "POST|stream|http://odoo.test|application/json|-|401",
                "POST|stream|http://odoo.test|application/json|Basic x|401",
                "POST|send|http://odoo.test|application/json|Bearer x|404",
                "POST|other/stream|http://odoo.test|application/json|Bearer x|404",
                "GET|stream|http://odoo.test|-|-|405",
                "PUT|send|http://odoo.test|application/json|Bearer x|405",
            })
    void whatMayNotBeAskedIsRefused(
            String method,
            String path,
            @Nullable String origin,
            @Nullable String type,
            @Nullable String authorization,
            int status) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/amanat.v1/%s".formatted(bridge.port(), path)))
                .method(method, BodyPublishers.ofString(method.equals("GET") ? "" : "{}"));
        header(request, "Origin", origin);
        header(request, "Content-Type", type);
        header(request, "Authorization", authorization);

        assertThat(exchange(request.build()).statusCode()).isEqualTo(status);
    }

    private static void header(HttpRequest.Builder request, String name, @Nullable String value) {
        if (value != null) {
            request.header(name, value);
        }
    }

    @Test
    void aBrowserThatAsksFirstIsToldWhatPagesOfOdooMaySend() {
        var answer = exchange(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/amanat.v1/send".formatted(bridge.port())))
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", Browser.ORIGIN)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "amanat-stream,authorization,content-type")
                        .build());
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(Browser.ORIGIN);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods")).contains("POST");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("Authorization, Content-Type, Amanat-Stream");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    private HttpResponse<?> post(String path, String body) {
        return exchange(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/amanat.v1/%s".formatted(bridge.port(), path)))
                        .POST(BodyPublishers.ofString(body))
                        .header("Origin", Browser.ORIGIN)
                        .header("Content-Type", "application/json; charset=utf-8")
                        .header("Authorization", "Bearer x")
                        .build());
    }

    private static HttpResponse<?> exchange(HttpRequest request) {
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, BodyHandlers.discarding());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
