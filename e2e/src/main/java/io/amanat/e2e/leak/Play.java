package io.amanat.e2e.leak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.amanat.bench.process.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The users of the lab's Odoo at work: what they do and what Odoo lets everybody read after each step. A process in the lab
 * (the add-on {@code amanat_lab_rights}) that answers one line of JSON with one; closing removes all that it made.
 */
final class Play implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STARTING_MS = 60_000;
    private static final int ANSWERING_MS = 120_000;
    private static final int ENDING_SECONDS = 60;

    private final Process process;
    private final Path log;
    private final Socket socket;
    private final BufferedReader in;
    private final Writer out;

    private Play(Process process, Path log, Socket socket) throws IOException {
        this.process = process;
        this.log = log;
        this.socket = socket;
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        out = new OutputStreamWriter(socket.getOutputStream(), UTF_8);
    }

    /** Makes so many users, with records to play with; the seed decides everything they do. */
    static Play start(long seed, int users) throws IOException {
        Path script = Files.createTempFile("leak", ".py");
        Path log = Files.createTempFile("leak", ".log");
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(script, """
                    from odoo.addons.amanat_lab_rights.play import conversation
                    conversation.run(env, {"port": %d, "seed": %d, "users": %d})
                    """.formatted(server.getLocalPort(), seed, users));
            Process process = new ProcessBuilder(Checkout.file("e2e/lab/lab").toString(), "shell")
                    .redirectInput(script.toFile())
                    .redirectOutput(log.toFile())
                    .redirectErrorStream(true)
                    .start();
            server.setSoTimeout(STARTING_MS);
            var socket = server.accept();
            socket.setSoTimeout(ANSWERING_MS);
            return new Play(process, log, socket);
        } finally {
            Files.delete(script);
        }
    }

    JsonNode ask(String what) {
        return ask(what, Map.of());
    }

    JsonNode ask(String what, Map<String, ?> with) {
        var request = new HashMap<String, Object>(with);
        request.put("do", what);
        try {
            out.write(JSON.writeValueAsString(request) + "\n");
            out.flush();
            String line = in.readLine();
            if (line == null) {
                throw new IllegalStateException("the play ended: " + Files.readString(log));
            }
            return answer(what, JSON.readTree(line));
        } catch (IOException e) {
            throw new UncheckedIOException("the play does not answer '%s'".formatted(what), e);
        }
    }

    private static JsonNode answer(String what, JsonNode answer) {
        if (answer.has("error")) {
            throw new IllegalStateException("the play cannot do '%s': %s"
                    .formatted(what, answer.path("where").asString()));
        }
        return answer;
    }

    /** Ends it; what it made is gone when this returns. */
    @Override
    public void close() {
        try {
            socket.close();
            if (!process.waitFor(ENDING_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
            }
            Files.delete(log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end the play", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
