package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.amanat.bridge.access.AccessSettings;
import io.amanat.bridge.channel.OwnChanges;
import io.amanat.bridge.identity.IdentitySettings;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.bridge.journal.MemoryJournal;
import io.amanat.bridge.session.SessionSettings;
import io.amanat.bridge.websocket.Door;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to those who do not keep to the protocol: a stable code, and everybody else is served on. */
class BadInputTest {

    private static final long AZIZ = 7;
    private static final int LARGEST = 16 * 1024;

    private final FakeSource source = new FakeSource();
    private final FakeOdoo odoo = new FakeOdoo().grant(AZIZ, "id", "display_name", "name");
    private final Tokens tokens = new Tokens();
    private volatile Duration later = Duration.ZERO;
    private final OneDatabase bridge = start(Duration.ofMinutes(1), source);

    private OneDatabase start(Duration helloTimeout, FakeSource changes) {
        return OneDatabase.start(
                new CoreSettings(
                        AccessSettings.DEFAULT,
                        IdentitySettings.DEFAULT,
                        OwnChanges.TAB,
                        new SessionSettings(
                                helloTimeout,
                                Duration.ofSeconds(25),
                                LARGEST,
                                2,
                                5,
                                SessionSettings.DEFAULT.outbox(),
                                SessionSettings.DEFAULT.perUser(),
                                Duration.ZERO,
                                SessionSettings.DEFAULT.arrivals()),
                        new Door.Settings(Set.of(Browser.ORIGIN), false, 100, 3)),
                new CorePorts(
                        new MemoryJournal(JournalSettings.DEFAULT),
                        changes,
                        odoo,
                        tokens::trust,
                        () -> Transfers.POLICY,
                        () -> Instant.now().plus(later)));
    }

    /** Whatever a test did, the next browser is served as if nothing had happened. */
    @AfterEach
    void theServerStaysUp() {
        await().until(() -> bridge.core.sessions().isEmpty());
        try (var browser = browser()) {
            browser.hello(tokens.of(AZIZ, 1L)).watchTransfers("list");
            source.commit(Transfers.updated(Transfers.actor(8), 42, "{'name': 'TR-42'}", "name"));
            browser.expect("list_update");
        }
        bridge.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':|bad_json",
                "[]|bad_json",
                "{'type':'shout'}|bad_type",
                "{'type':42}|bad_type",
                "{'type':'hello','token':'t','origin':7}|bad_value",
                "{'type':'ping'}|hello_first",
                "{'type':'watch','ref':'a','view':'list','model':'amanat.transfer'}|hello_first",
            })
    void aFirstFrameThatIsNoHelloEndsTheConnection(String frame, String code) {
        try (var browser = browser()) {
            browser.send(frame);

            assertThat(browser.expect("bye").path("code").asString()).isEqualTo(code);
            assertThat(browser.end()).isEqualTo("4000 " + code);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense|bad_json",
                "{'type':'watch','ref':'a','view':'form','model':'amanat.transfer'}|bad_value",
                "{'type':'hello','token':'t','origin':'00000000000000000000000000000000'}|hello_again",
            })
    void badFramesAfterTheHelloEndTheConnection(String frame, String code) {
        try (var browser = greeted()) {
            browser.send(frame);

            assertThat(browser.expect("bye").path("code").asString()).isEqualTo(code);
            assertThat(browser.end()).isEqualTo("4000 " + code);
        }
    }

    @Test
    void aMissingTokenIsSaid() {
        refusesToken("", "token_missing");
    }

    @Test
    void anExpiredTokenIsRefused() {
        var past = Instant.now().minusSeconds(60);
        refusesToken(
                tokens.of(
                        AZIZ,
                        it -> it.issueTime(Date.from(past.minusSeconds(300))).expirationTime(Date.from(past))),
                "token_expired");
    }

    @Test
    void aTokenThatLivesTooLongIsRefused() {
        refusesToken(
                tokens.of(AZIZ, it -> it.expirationTime(Date.from(Instant.now().plusSeconds(3600)))), "token_invalid");
    }

    @Test
    void aForgedTokenIsRefused() {
        refusesToken(new Tokens().of(AZIZ, 1L), "token_invalid");
        var parts = tokens.of(AZIZ, 1L).split("\\.", -1);
        refusesToken(parts[0] + "." + tokens.of(1, 1L).split("\\.", -1)[1] + "." + parts[2], "token_invalid");
    }

    @Test
    void aTokenWithoutSignatureIsRefused() {
        refusesToken(new PlainJWT(claims()).serialize(), "token_invalid");
    }

    @Test
    void aTokenSignedWithAnotherAlgorithmIsRefused() throws Exception {
        var kid = tokens.trust().keys().getFirst().get("kid");
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(kid).build(), claims());
        token.sign(new MACSigner("the-public-key-is-no-secret-of-thirty-two-bytes"));

        refusesToken(token.serialize(), "token_invalid");
    }

    @Test
    void aTokenOfAnotherDatabaseOrAudienceIsRefused() {
        refusesToken(tokens.of(AZIZ, it -> it.issuer("other/install")), "token_invalid");
        refusesToken(tokens.of(AZIZ, it -> it.audience("something-else")), "token_invalid");
    }

    @Test
    void aRenewalByAnotherLoginIsRefused() {
        try (var browser = greeted()) {
            browser.send("{'type':'token','token':'%s'}".formatted(tokens.of(AZIZ, it -> it.claim("sid", "other"))));

            assertThat(browser.expect("bye").path("code").asString()).isEqualTo("token_mismatch");
            assertThat(browser.end()).isEqualTo("4001 token_mismatch");
        }
    }

    @Test
    void aRenewalByTheSameLoginIsAnswered() {
        try (var browser = greeted()) {
            browser.send("{'type':'token','token':'%s'}".formatted(tokens.of(AZIZ, 1L)));

            assertThat(browser.expect("ok").path("ref").asString()).isEqualTo("token");
        }
    }

    @Test
    void aTokenThatIsNotRenewedEndsTheSession() {
        try (var browser = greeted()) {
            later = Duration.ofMinutes(6);

            assertThat(browser.expect("bye").path("code").asString()).isEqualTo("token_expired");
            assertThat(browser.end()).isEqualTo("4001 token_expired");
        } finally {
            later = Duration.ZERO;
        }
    }

    @Test
    void whoSaysNoHelloIsCutOff() {
        try (var hasty = start(Duration.ofSeconds(1), new FakeSource());
                var browser = Browser.open(hasty, 'a')) {
            assertThat(browser.expect("bye").path("code").asString()).isEqualTo("hello_timeout");
            assertThat(browser.end()).isEqualTo("4008 hello_timeout");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'watch','ref':'a','view':'list','model':'res.partner'}|unknown_model",
                "{'type':'watch','ref':'a','view':'list','model':'amanat.transfer','fields':['nothing']}|unknown_field",
                "{'type':'watch','ref':'a','view':'list','model':'amanat.transfer','fields':['amount']}|unknown_field",
                "{'type':'watch','ref':'a','view':'list','model':'amanat.transfer','companies':[2]}|unknown_company",
                "{'type':'watch','ref':'a','view':'form','model':'amanat.transfer','id':13}|unknown_record",
                "{'type':'unwatch','ref':'a'}|unknown_ref",
            })
    void whatCannotBeWatchedIsSaidAndTheConnectionGoesOn(String frame, String code) {
        odoo.hide(13, AZIZ);
        try (var browser = greeted()) {
            browser.send(frame);

            var error = browser.expect("error");
            assertThat(error.path("ref").asString()).isEqualTo("a");
            assertThat(error.path("code").asString()).isEqualTo(code);
            browser.gotNothing();
        }
    }

    @Test
    void aModelThatMayNotBeReadIsNotToldFromOneThatDoesNotExist() {
        try (var stranger = browser()) {
            stranger.hello(tokens.of(99, 1L));
            var watch = "{'type':'watch','ref':'a','view':'list','model':'amanat.transfer'}";
            var first = stranger.send(watch).expect("error").toString();
            var second = stranger.send(watch.replace("transfer", "nothing"))
                    .expect("error")
                    .toString();

            assertThat(second).isEqualTo(first.replace("transfer", "nothing"));
        }
    }

    @Test
    void refsAndWatchesAreLimited() {
        try (var browser = greeted()) {
            browser.watchTransfers("a");
            browser.send("{'type':'watch','ref':'a','view':'list','model':'amanat.transfer'}");
            assertThat(browser.expect("error").path("code").asString()).isEqualTo("duplicate_ref");

            browser.watchTransfers("b");
            browser.send("{'type':'watch','ref':'c','view':'list','model':'amanat.transfer'}");
            assertThat(browser.expect("error").path("code").asString()).isEqualTo("too_many_watches");
        }
    }

    @Test
    void aWatchWhileOdooIsAwayIsUnavailable() {
        odoo.away = true;
        try (var browser = greeted()) {
            browser.send("{'type':'watch','ref':'a','view':'list','model':'amanat.transfer'}");

            assertThat(browser.expect("error").path("code").asString()).isEqualTo("unavailable");
        }
        odoo.away = false;
    }

    @Test
    void aFloodIsCutOff() {
        try (var browser = greeted()) {
            for (int i = 0; i < 10_000 && browser.isOpen(); i++) {
                browser.trySend("{'type':'ping'}");
            }

            assertThat(browser.end()).isEqualTo("4029 rate_limited");
            assertThat(browser.everything).contains("\"code\":\"rate_limited\"");
        }
    }

    @Test
    void aBinaryFrameEndsTheConnection() {
        try (var browser = greeted()) {
            browser.sendBinary((byte) 1);

            assertThat(browser.end()).startsWith("1003 ");
        }
    }

    /** It is refused as soon as too much of it is there; the rest is not waited for. */
    @Test
    void aHugeFrameEndsTheConnection() throws Exception {
        try (var client = RawClient.upgraded(bridge.port())) {
            client.beginText(10L * 1024 * 1024, LARGEST + 1);

            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aMessageThatIsABitTooBigEndsTheConnection() {
        try (var browser = greeted()) {
            browser.trySend("x".repeat(LARGEST + 1));

            assertThat(browser.end()).startsWith("1009 ");
        }
    }

    @Test
    void aMessageThatIsTooBigInPiecesEndsTheConnection() {
        try (var browser = greeted()) {
            browser.sendInPieces("x".repeat(10_000), "x".repeat(10_000));

            assertThat(browser.end()).startsWith("1009 ");
        }
    }

    @Test
    void aMessageInCrumbsIsAFlood() {
        try (var browser = greeted()) {
            for (int i = 0; i < LARGEST / 2 && browser.isOpen(); i++) {
                browser.trySendPiece("x");
            }
            assertThat(browser.end()).isEqualTo("4029 rate_limited");
        }
    }

    @Test
    void aMessageInPiecesIsOneMessage() {
        try (var browser = greeted()) {
            browser.sendInPieces("{'type':", "'ping'}").expect("pong");
        }
    }

    @Test
    void aForeignOrMissingOriginIsRefusedBeforeTheUpgrade() {
        try (var log = new Logged(Strangers.class.getName())) {
            assertThat(handshake("http://evil.test", "amanat.v1", "/amanat.v1")).isEqualTo(403);
            assertThat(handshake("http://odoo.test.evil.test", "amanat.v1", "/amanat.v1"))
                    .isEqualTo(403);
            assertThat(handshake("null", "amanat.v1", "/amanat.v1")).isEqualTo(403);
            assertThat(handshake("", "amanat.v1", "/amanat.v1")).isEqualTo(403);

            assertThat(String.join(" ", log.lines()))
                    .containsSubsequence("http://evil.test", "http://odoo.test.evil.test", "null", "no Origin");
        }
    }

    @Test
    void anotherSubprotocolOrPathIsRefusedBeforeTheUpgrade() {
        assertThat(handshake(Browser.ORIGIN, "graphql-ws", "/amanat.v1")).isEqualTo(400);
        assertThat(handshake(Browser.ORIGIN, "amanat.v1", "/websocket")).isEqualTo(404);
    }

    @Test
    void aClientOfAnotherVersionIsToldToReload() {
        try (var newer = Browser.open(bridge, 'a', "amanat.v2")) {
            assertThat(newer.end()).isEqualTo("4003 unsupported_version");
        }
    }

    @Test
    void oneAddressGetsOnlySoManyConnections() {
        try (var first = browser();
                var second = browser();
                var third = browser()) {
            await().until(() -> bridge.core.sessions().size()
                    == List.of(first, second, third).size());
            assertThat(handshake(Browser.ORIGIN, "amanat.v1", "/amanat.v1")).isEqualTo(429);
            assertThat(bridge.core.door().refusedConnections()).isEqualTo(1);
        }
    }

    /** The place is taken by an open connection, not by a request for one. */
    @Test
    void handshakesThatAreBrokenOffTakeNoPlaces() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), bridge.port())) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream().write(RawClient.UPGRADE.getBytes(StandardCharsets.US_ASCII));
            }
        }

        await().until(() -> bridge.core.sessions().isEmpty());
        await().until(() -> handshake(Browser.ORIGIN, "amanat.v1", "/amanat.v1") == 101);
    }

    @Test
    void thePortTellsNothingElse() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var health = http.send(get("/healthz"), BodyHandlers.ofString());
            assertThat(health.body()).isEqualTo("ok");
            assertThat(health.headers().map()).doesNotContainKey("server");
            assertThat(http.send(get("/metrics"), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(404);
            assertThat(http.send(get("/amanat.v1"), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(404);
        }
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(bridge.port(), path)))
                .build();
    }

    private void refusesToken(String token, String code) {
        try (var browser = browser()) {
            browser.send("{'type':'hello','token':'%s','origin':'%s'}".formatted(token, browser.tab()));

            var bye = browser.expect("bye");
            assertThat(bye.path("code").asString()).isEqualTo(code);
            assertThat(bye.path("reconnect_after").asBoolean(true)).isFalse();
            assertThat(browser.end()).isEqualTo("4001 " + code);
        }
    }

    private int handshake(String origin, String protocol, String path) {
        var builder = HttpClient.newHttpClient().newWebSocketBuilder().subprotocols(protocol);
        if (!origin.isEmpty()) {
            builder.header("Origin", origin);
        }
        try {
            builder.buildAsync(
                            URI.create("ws://127.0.0.1:%d%s".formatted(bridge.port(), path)),
                            new WebSocket.Listener() {})
                    .join()
                    .abort();
            return 101;
        } catch (CompletionException e) {
            return e.getCause() instanceof WebSocketHandshakeException refused
                    ? refused.getResponse().statusCode()
                    : -1;
        }
    }

    private static JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .issuer("db/install")
                .audience("amanat-realtime")
                .subject("7")
                .claim("sid", "login-7")
                .jwtID("1")
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .build();
    }

    private Browser browser() {
        return Browser.open(bridge, 'a');
    }

    private Browser greeted() {
        return browser().hello(tokens.of(AZIZ, 1L));
    }
}
