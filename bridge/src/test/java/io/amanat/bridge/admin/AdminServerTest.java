package io.amanat.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminServerTest {

    @TempDir
    private Path folder = Path.of("");

    private final Pages pages = new Pages();

    @Test
    void whoMayOpenTheSocketGetsAnswers() {
        var address = socket();
        try (var _ = AdminServer.start(address, pages)) {
            var client = new AdminClient(address);

            assertThat(client.get("/readyz")).isEqualTo(new AdminClient.Answer(200, "ready\n"));
            assertThat(client.get("/metrics")).isEqualTo(new AdminClient.Answer(200, "amanat_sessions 3\n"));
            assertThat(client.get("/info")).isEqualTo(new AdminClient.Answer(200, "{\"version\":\"1\"}\n"));
            assertThat(client.get("/nothing").status()).isEqualTo(404);
        }
    }

    @Test
    void aQuestionAboutRightsArrivesAsItWasAsked() {
        var address = socket();
        var query = new RightsQuery("shop", "a ziz&model=x", "amanat.transfer", OptionalLong.of(42), List.of(2L, 1L));
        try (var _ = AdminServer.start(address, pages)) {
            assertThat(new AdminClient(address).get(query.path()).body()).contains(query.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/rights?user=nobody&model=m,404,no such user",
        "/rights?model=m,400,say whose rights on what",
        "/rights?user=a&model=m&record=-1,400,numbers",
        "/rights?user=a&model=m&record=99999999999999999999,400,numbers",
        "/rights?user=a&model=m&companies=1;2,400,numbers"
    })
    void aQuestionAboutRightsThatHasNoAnswerIsToldWhy(String path, int status, String why) {
        var address = socket();
        try (var _ = AdminServer.start(address, pages)) {
            var answer = new AdminClient(address).get(path);

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).contains(why);
        }
    }

    @Test
    void notBeingReadyHasReasons() {
        var address = socket();
        pages.readiness = new Readiness(false, List.of("Odoo does not answer"));
        try (var _ = AdminServer.start(address, pages)) {
            assertThat(new AdminClient(address).get("/readyz"))
                    .isEqualTo(new AdminClient.Answer(503, "not ready\nOdoo does not answer\n"));
        }
    }

    @Test
    void onlyTheUserTheBridgeRunsAsMayOpenTheSocket() throws IOException {
        var address = socket();
        try (var _ = AdminServer.start(address, pages)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(address.file())))
                    .isEqualTo("rw-------");
        }
        assertThat(address.file()).doesNotExist();
    }

    @Test
    void theFileOfABridgeThatWasKilledIsReplaced() throws IOException {
        var address = socket();
        leaveBehind(address.file());
        try (var _ = AdminServer.start(address, pages)) {
            assertThat(new AdminClient(address).get("/readyz").status()).isEqualTo(200);
        }
    }

    @Test
    void theSocketOfABridgeThatRunsIsNotTakenAway() {
        var address = socket();
        try (var _ = AdminServer.start(address, pages)) {
            assertThatExceptionOfType(AdminException.class)
                    .isThrownBy(() -> AdminServer.start(address, pages))
                    .withMessageStartingWith("another bridge runs and answers on ");
            assertThat(new AdminClient(address).get("/readyz").status()).isEqualTo(200);
        }
    }

    @Test
    void whatChangesSomethingIsNoQuestion() {
        var address = socket();
        try (var _ = AdminServer.start(address, pages)) {
            var client = new AdminClient(address);

            assertThat(client.post("/reload")).isEqualTo(new AdminClient.Answer(200, "{\"started\":[\"shop\"]}\n"));
            assertThat(client.get("/reload").status()).isEqualTo(405);
            assertThat(client.post("/info").status()).isEqualTo(405);
            pages.broken = true;
            assertThat(client.post("/reload")).isEqualTo(new AdminClient.Answer(422, "odoo.url is missing\n"));
        }
    }

    @Test
    void onAPortEveryQuestionNeedsTheCredential() throws IOException {
        try (var kept = keptPort();
                var _ = AdminServer.start(new AdminAddress.Port(kept.getLocalPort(), "right"), pages)) {
            int port = kept.getLocalPort();
            for (var path : List.of("/readyz", "/metrics", "/info", "/rights", "/tail", "/nothing")) {
                assertThat(new AdminClient(new AdminAddress.Port(port, "wrong"))
                                .get(path)
                                .status())
                        .as(path)
                        .isEqualTo(401);
            }
            assertThat(new AdminClient(new AdminAddress.Port(port, "right"))
                            .get("/readyz")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void theSocketIsOursAloneAndNothingElseIsLeftBesideIt() throws IOException {
        var file = socket().file();
        try (var _ = AdminServer.start(socket(), pages)) {
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(folder.resolve("run").toFile().list()).containsExactly("admin.sock");
        }
        assertThat(folder.resolve("run")).isEmptyDirectory();
    }

    @Test
    void aFileThatIsNoSocketIsLeftAlone() throws IOException {
        var file = socket().file();
        Files.createDirectories(file.getParent());
        Files.writeString(file, "precious");

        assertThatExceptionOfType(AdminException.class)
                .isThrownBy(() -> AdminServer.start(socket(), pages))
                .withMessageEndingWith("admin.sock is no socket; set another admin.socket");
        assertThat(file).hasContent("precious");
        assertThat(folder.resolve("run").toFile().list()).containsExactly("admin.sock");
    }

    @Test
    void tailShowsWhatPassesUntilTheBridgeStops() {
        var address = socket();
        var seen = new CopyOnWriteArrayList<String>();
        var server = AdminServer.start(address, pages);
        var following = CompletableFuture.runAsync(() -> new AdminClient(address).follow("/tail", seen::add));
        await().until(pages.tail::isFollowed);

        pages.tail.publish("{\"offset\":1}");
        pages.tail.publish("{\"offset\":2}");
        await().until(() -> seen.size() == 2);
        server.close();

        assertThat(seen).containsExactly("{\"offset\":1}", "{\"offset\":2}");
        await().until(following::isDone);
        await().until(() -> !pages.tail.isFollowed());
    }

    @Test
    void whoReadsTooSlowlyIsToldHowMuchWasMissed() throws InterruptedException {
        var follower = pages.tail.follow().orElseThrow();
        for (int i = 0; i < 1_005; i++) {
            pages.tail.publish("line");
        }

        String last = "";
        for (int i = 0; i < 1_001; i++) {
            last = follower.next(java.time.Duration.ofMillis(1)).orElseThrow();
        }

        assertThat(last).isEqualTo("{\"missed\":5}");
    }

    @Test
    void aBridgeThatIsDownIsSaidInOneSentence() {
        assertThatExceptionOfType(AdminException.class)
                .isThrownBy(() -> new AdminClient(socket()).get("/readyz"))
                .withMessageContaining("no bridge answers at " + socket());
    }

    private AdminAddress.Socket socket() {
        return new AdminAddress.Socket(folder.resolve("run/admin.sock"));
    }

    private static void leaveBehind(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (var channel = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            channel.bind(java.net.UnixDomainSocketAddress.of(file));
        }
        assertThat(file).exists();
    }

    /** Bound without listening: nobody else gets the port before the server does. */
    private static Socket keptPort() throws IOException {
        var socket = new Socket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }

    private static final class Pages implements AdminPages {

        private volatile Readiness readiness = Readiness.READY;
        private volatile boolean broken;
        private final Tail tail = new Tail();

        @Override
        public Readiness readiness() {
            return readiness;
        }

        @Override
        public String metrics() {
            return "amanat_sessions 3\n";
        }

        @Override
        public Map<String, ?> info() {
            return Map.of("version", "1");
        }

        @Override
        public Map<String, ?> rights(RightsQuery query) {
            if (query.login().equals("nobody")) {
                throw PageException.unknown("no such user");
            }
            return Map.of("query", query.toString());
        }

        @Override
        public Map<String, ?> reload() {
            if (broken) {
                throw PageException.unusable("odoo.url is missing");
            }
            return Map.of("started", List.of("shop"));
        }

        @Override
        public Tail tail() {
            return tail;
        }
    }
}
