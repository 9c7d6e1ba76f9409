package io.amanat.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebsocketContractTest extends ContractTest {

    WebsocketContractTest(Side side) {
        super(side);
    }

    @Test
    void withoutAnOriginTheHandshakeIsABadRequest() {
        var client = stranger();

        assertThatThrownBy(() -> client.open(Map.of("No-Origin", "true")))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(400));
    }

    @Test
    void aBrowserOfAnotherVersionIsSentAway() {
        var frames = stranger().open("18.0-1", Map.of("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0"));

        assertThat(frames.awaitClosed()).isEqualTo(new Frames.Closed(1000, "OUTDATED_VERSION"));
    }

    @Test
    void aProgramThatIsNoBrowserIsNotAskedForItsVersion() {
        var aziz = as("aziz");
        var frames = as(Target.SERVICE).open("18.0-1", Map.of("User-Agent", "amanat-bridge"));
        frames.subscribe(List.of(), 0);

        int id = aziz.create(TRANSFER, Map.of("name", name("for a program")));
        frames.await(about("create", TRANSFER, id));
    }

    @Test
    void healthIsAnswered() {
        try (var client = new Client(new Target(
                URI.create(odoo.websocket().toString().replaceFirst("^ws", "http")),
                odoo.websocket(),
                odoo.database(),
                Map.of()))) {
            var response = client.get("/websocket/health");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("{\"status\": \"pass\"}");
        }
    }

    @Test
    void badMessagesAreIgnored() {
        var aziz = as("aziz");
        var frames = as(Target.SERVICE).open(Map.of());

        frames.send("this is no JSON");
        frames.send("{\"event_name\": \"no_such_event\", \"data\": {}}");
        frames.send("{\"no_event\": true}");
        frames.send("\0");
        frames.subscribe(List.of(), 0);

        int id = aziz.create(TRANSFER, Map.of("name", name("after bad messages")));
        assertThat(frames.await(about("create", TRANSFER, id)).path("user_id").asInt())
                .isPositive();
    }

    @Test
    void aChannelThatIsNoStringIsIgnored() {
        var aziz = as("aziz");
        var frames = as(Target.SERVICE).open(Map.of());

        frames.subscribe(List.of(List.of("amanat", "res.partner", 1)), 0);
        frames.subscribe(List.of(), 0);

        int id = aziz.create(TRANSFER, Map.of("name", name("after a bad channel")));
        frames.await(about("create", TRANSFER, id));
        assertThat(frames.isOpen()).isTrue();
    }

    @Test
    void moreThanTenFramesInTwoSecondsAreTooMany() {
        var frames = stranger().open(Map.of());

        for (int i = 0; i < 11; i++) { // one more would be written to a socket that is closed by then
            frames.send("{}");
        }

        assertThat(frames.awaitClosed().code()).isEqualTo(1013);
    }

    @Test
    void aMessageOfMoreThanOneMebibyteIsTooBig() throws Exception {
        try (var socket = RawSocket.open(odoo.websocket(), odoo.url())) {
            socket.sendText((1 << 20) + 1);

            assertThat(socket.awaitCloseCode()).isEqualTo(1009);
        }
    }

    @Test
    void whoSignsOutIsCutOffAtTheNextMessage() {
        var aziz = as("aziz");
        var service = stranger().signIn(Target.SERVICE);
        var frames = service.listen();
        int id = aziz.create(TRANSFER, Map.of("name", name("before the sign-out")));
        frames.await(about("create", TRANSFER, id));

        service.post("/web/session/destroy", Map.of());
        aziz.write(TRANSFER, id, Map.of("amount", 5));

        assertThat(frames.awaitClosed().code()).isEqualTo(4001);
        assertThat(frames.messages(about("update", TRANSFER, id))).isEmpty();
    }

    @Test
    void whoKnowsTheLastIdGetsOnlyWhatCameAfterIt() {
        var aziz = as("aziz");
        var service = as(Target.SERVICE);
        var first = service.listen();
        int id = aziz.create(TRANSFER, Map.of("name", name("one")));
        first.await(about("create", TRANSFER, id));
        int last = first.all().getLast().path("id").asInt();

        aziz.write(TRANSFER, id, Map.of("amount", 5));
        var second = service.open(Map.of());
        second.subscribe(List.of(), last);

        second.await(about("update", TRANSFER, id));
        assertThat(second.messages(about("create", TRANSFER, id))).isEmpty();
    }

    @Test
    void whoKnowsNoLastIdGetsTheLastFiftySeconds() {
        var aziz = as("aziz");
        int id = aziz.create(TRANSFER, Map.of("name", name("before listening")));

        as(Target.SERVICE).listen().await(about("create", TRANSFER, id));
    }

    @Test
    void aLastIdBeyondTheNewestCountsAsNone() {
        var aziz = as("aziz");
        int id = aziz.create(TRANSFER, Map.of("name", name("before listening")));
        var frames = as(Target.SERVICE).open(Map.of());

        frames.subscribe(List.of(), 2_000_000_000);

        frames.await(about("create", TRANSFER, id));
    }

    @Test
    void peekingAgainNeedsAFirstPeek() {
        var answer = stranger().post("/websocket/peek_notifications", Map.of("channels", List.of(), "last", 0));

        assertThat(answer.path("error").path("code").asInt()).isEqualTo(100);
    }
}
