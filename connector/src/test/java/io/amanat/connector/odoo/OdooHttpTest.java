package io.amanat.connector.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls to a server that closes each connection without announcing it, as the HTTP workers of Odoo 14 do. */
@Timeout(60)
class OdooHttpTest {

    private static final String ANSWER =
            "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

    private final ServerSocket server = listening();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean answers = true;
    private final OdooHttp http = new OdooHttp(OdooSettings.of(
            URI.create("http://127.0.0.1:" + server.getLocalPort()), "amanat", "bridge", new Secret("swordfish")));

    OdooHttpTest() {
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        server.close();
    }

    @Test
    void oneCallAfterTheOtherIsAnswered() throws IOException {
        for (int i = 0; i < 200; i++) {
            assertThat(call().body().readAllBytes()).hasSize(2);
        }
        assertThat(requests).hasValue(200);
    }

    @Test
    void whoNeverAnswersIsGivenUpSoon() {
        answers = false;

        assertThatThrownBy(this::call).isInstanceOf(OdooException.Unreachable.class);
        assertThat(requests).hasValueBetween(1, 4);
    }

    private OdooHttp.Answer call() {
        return http.post("/any", "application/json", "{}".getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void serve() {
        try {
            while (true) {
                answer(server.accept());
            }
        } catch (IOException e) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    private void answer(Socket socket) throws IOException {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            for (String seen = ""; !seen.endsWith("\r\n\r\n{}"); seen += (char) in.read()) {
                assertThat(seen.length()).isLessThan(10_000);
            }
            requests.incrementAndGet();
            if (answers) {
                socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}
