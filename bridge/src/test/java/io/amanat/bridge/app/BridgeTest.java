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
import io.amanat.bridge.websocket.PortTakenException;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.WebSocketSettings;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge as a whole, against the stand-in Odoo and real browsers' connections. */
class BridgeTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatOneUserSavesReachesTheOtherOne() {
        try (var odoo = StandInOdoo.start(StandInSettings.empty(0));
                var bridge = start(odoo);
                var bobur =
                        Browser.open(bridge.port(), 'b').hello(odoo.as("bobur").token())) {
            long feed = bobur.watchTransfers("list");

            var aziz = odoo.as("aziz");
            var ids = aziz.create("amanat.transfer", List.of(Map.of("amount", 5.0, "note", "first")));
            var created = bobur.expect("list_update");
            aziz.write("amanat.transfer", ids, Map.of("amount", 7.5, "secret_code", "hush"));
            var updated = bobur.expect("list_update");
            aziz.unlink("amanat.transfer", ids);
            var gone = bobur.expect("list_update");

            assertThat(created.path("op").asString()).isEqualTo("create");
            assertThat(created.path("records").get(0).path("note").asString()).isEqualTo("first");
            assertThat(updated.path("changed_fields").valueStream().map(it -> it.asString()))
                    .containsExactly("amount");
            assertThat(updated.path("records").get(0).path("amount").asDouble()).isEqualTo(7.5);
            assertThat(updated.path("user").path("name").asString()).isEqualTo("Азиз Каримов");
            assertThat(gone.path("feed").asLong()).isEqualTo(feed);
            assertThat(gone.path("op").asString()).isEqualTo("delete");
            assertThat(gone.path("records").get(0).path("id").asInt()).isEqualTo(ids.getFirst());
            assertThat(bobur.everything.toString()).doesNotContain("hush", "internal_note", "secret_code");
        }
    }

    @Test
    void operatorsSeeThatItIsReadyWhatItCountsAndWhatPasses() {
        var seen = new CopyOnWriteArrayList<String>();
        try (var odoo = StandInOdoo.start(StandInSettings.empty(0));
                var bridge = start(odoo)) {
            var admin = new AdminClient(socket());
            await().until(() -> admin.get("/readyz").equals(new AdminClient.Answer(200, "ready\n")));
            Thread.startVirtualThread(() -> admin.follow("/tail", seen::add));

            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                odoo.as("aziz").create("amanat.transfer", List.of(Map.of("note", "not for operators")));
                return seen.stream().anyMatch(line -> line.contains("amanat.transfer"));
            });

            assertThat(seen)
                    .filteredOn(line -> !line.contains("\"gap\""))
                    .first()
                    .asString()
                    .contains("\"model\":\"amanat.transfer\"", "\"operation\":\"create\"", "\"records\":1")
                    .doesNotContain("not for operators");
            assertThat(admin.get("/metrics").body())
                    .contains(
                            "\namanat_ready{database=\"odoo\"} 1\n",
                            "\namanat_sessions{database=\"odoo\"} 0\n",
                            "amanat_commit_to_frame_seconds_bucket{database=\"odoo\",le=\"+Inf\"}");
            assertThat(admin.get("/info").body()).contains("\"port\":" + bridge.port(), "\"amanat.transfer\"");
        }
    }

    @Test
    void itStartsWhileOdooIsAwayAndSaysWhyItIsNotReady() {
        try (var bridge = start(settings(URI.create("http://127.0.0.1:9"), 0))) {
            var admin = new AdminClient(socket());

            await().until(() -> admin.get("/readyz").body().contains("http://127.0.0.1:"));

            assertThat(admin.get("/readyz").status()).isEqualTo(503);
            assertThat(bridge.port()).isPositive();
        }
    }

    @Test
    void aTakenPortIsSaidAndNothingIsLeftBehind() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(PortTakenException.class)
                    .isThrownBy(() -> start(settings(URI.create("http://127.0.0.1:9"), other.getLocalPort())))
                    .withMessageContaining("127.0.0.1:" + other.getLocalPort());
        }
        assertThat(socket().file()).doesNotExist();
        await().untilAsserted(() -> assertThat(ourThreads()).isEmpty());
    }

    @Test
    void stoppedItLeavesNoThreadBehind() {
        try (var odoo = StandInOdoo.start(StandInSettings.empty(0))) {
            var bridge = start(odoo);
            await().until(() -> new AdminClient(socket()).get("/readyz").status() == 200);

            assertThat(ourThreads()).isNotEmpty();
            bridge.close();

            await().untilAsserted(() -> assertThat(ourThreads()).isEmpty());
        }
    }

    private Bridge start(StandInOdoo odoo) {
        var bridge = start(settings(odoo.url(), 0));
        Listening.to(new AdminClient(socket()), Settings.ONLY);
        return bridge;
    }

    private static Bridge start(Settings settings) {
        return Bridge.start(settings, () -> settings, InstantSource.system());
    }

    private Settings settings(URI odoo, int port) {
        return Settings.of(
                DatabaseSettings.of(
                        OdooSettings.of(odoo, "amanat", "amanat_bridge", new Secret("amanat_bridge")),
                        SourceSettings.at(odoo, WebSocketSettings.besides(odoo)),
                        List.of(Browser.ORIGIN)),
                new Settings.Browsers("127.0.0.1", port, List.of(), Limits.DEFAULT.connections()),
                socket(),
                Optional.empty(),
                Demo.LOGGING);
    }

    private AdminAddress.Socket socket() {
        return new AdminAddress.Socket(folder.resolve("admin.sock"));
    }

    private static Set<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("amanat-") || name.startsWith("admin-"))
                .collect(Collectors.toSet());
    }
}
