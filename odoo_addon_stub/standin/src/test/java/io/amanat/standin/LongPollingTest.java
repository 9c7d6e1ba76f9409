package io.amanat.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LongPollingTest {

    private static final String TRANSFER = "amanat.transfer";

    private final StandInOdoo odoo = StandInOdoo.start(StandInSettings.empty(0).as(Series.ODOO_14));
    private final OdooClient bridge = new OdooClient(odoo.url());
    private final OdooClient stranger = new OdooClient(odoo.url());

    @AfterEach
    void stop() {
        bridge.close();
        stranger.close();
        odoo.close();
    }

    private static JsonNode poll(OdooClient client, List<String> channels, int last) throws Exception {
        return client.post("/longpolling/poll", Map.of("channels", channels, "last", last, "options", Map.of()));
    }

    private static JsonNode peek(OdooClient client, List<String> channels) throws Exception {
        var params = Map.of("channels", channels, "last", 0, "options", Map.of("peek", true));
        return client.post("/longpolling/poll", params).path("result");
    }

    @Test
    void theServiceUserHearsThePrivateChannelUnasked() throws Exception {
        bridge.signIn(odoo.serviceLogin());
        odoo.as("aziz").create(TRANSFER, List.of(Map.of("name", "announced")));

        var found = poll(bridge, List.of(), 0).path("result").path(0);

        assertThat(found.path("id").asInt()).isEqualTo(1);
        assertThat(found.path("channel").path(3).asString()).isEqualTo("realtime_updates");
        assertThat(found.path("message").path("payload").path("model").asString())
                .isEqualTo(TRANSFER);
        assertThat(peek(stranger, List.of("realtime_updates")).path("notifications"))
                .isEmpty();
    }

    @Test
    void anybodyMayWriteToAPlainChannelAndReadIt() throws Exception {
        stranger.post("/longpolling/send", Map.of("channel", "elsewhere", "message", Map.of("forged", true)));

        var found = peek(stranger, List.of("elsewhere")).path("notifications").path(0);

        assertThat(found.toString()).isEqualTo("{\"id\":1,\"channel\":\"elsewhere\",\"message\":{\"forged\":true}}");
    }

    @Test
    void nobodyMayWriteToOrReadWhatLooksLikeTheAddonsChannel() throws Exception {
        bridge.signIn(odoo.serviceLogin());
        for (var name :
                List.of("realtime_updates", "REALTIME_updates", " realtime_updates", "[\"realtime_updates\"]")) {
            stranger.post("/longpolling/send", Map.of("channel", name, "message", Map.of("forged", true)));
            assertThat(peek(stranger, List.of(name)).path("channels")).isEmpty();
            assertThat(peek(bridge, List.of(name)).path("notifications")).isEmpty();
        }
    }

    @Test
    void aRequestWaitsUntilSomethingComes() throws Exception {
        bridge.signIn(odoo.serviceLogin());
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            odoo.sendPlain("aziz", Map.of("number", 1));
            var waiting = executor.submit(() -> poll(bridge, List.of("realtime_updates"), 1));
            var sent = executor.submit(() -> odoo.sendPlain("aziz", Map.of("number", 2)));

            assertThat(sent.get()).isEqualTo(2);
            assertThat(waiting.get().path("result").path(0).path("message").toString())
                    .isEqualTo("{\"number\":2}");
        }
    }

    @Test
    void withoutItsBusThePortSaysSo() throws Exception {
        odoo.busFaults().makeUnavailable();

        var error = poll(stranger, List.of(), 0).path("error");

        assertThat(error.path("code").asInt()).isEqualTo(200);
        assertThat(error.path("data").path("name").asString()).isEqualTo("builtins.Exception");
        assertThat(error.path("data").path("message").asString()).isEqualTo("bus.Bus unavailable");
    }

    @Test
    void itsVersionIs14AndItHasNeitherWebsocketsNorJson2() throws Exception {
        assertThat(bridge.signIn("aziz").path("result").path("server_version").asString())
                .isEqualTo("14.0");
        for (String path : List.of("/websocket?version=19.0-2", "/json/2/amanat.bridge/bridge_info")) {
            assertThat(status(path)).isEqualTo(404);
        }
    }

    private int status(String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(odoo.url() + path)).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
