package io.amanat.e2e.lab;

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
 * A Python script in the lab's Odoo that answers one line of JSON with one. It is told the port to connect to, and ends, cleaning up
 * after itself, when the connection does.
 */
public final class Conversation implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STARTING_MS = 60_000;
    private static final int ANSWERING_MS = 180_000;
    private static final int ENDING_SECONDS = 90;

    private final Process process;
    private final Path log;
    private final Socket socket;
    private final BufferedReader in;
    private final Writer out;

    private Conversation(Process process, Path log, Socket socket) throws IOException {
        this.process = process;
        this.log = log;
        this.socket = socket;
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        out = new OutputStreamWriter(socket.getOutputStream(), UTF_8);
    }

    /** What to run, for a port of ours. */
    public interface Script {
        String python(int port);
    }

    /** Starts the script in Odoo's shell and waits until it has connected. */
    public static Conversation start(String name, Script python) throws IOException {
        Path script = Files.createTempFile(name, ".py");
        Path log = Files.createTempFile(name, ".log");
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(script, python.python(server.getLocalPort()));
            Process process = new ProcessBuilder(Checkout.file("e2e/lab/lab").toString(), "shell")
                    .redirectInput(script.toFile())
                    .redirectOutput(log.toFile())
                    .redirectErrorStream(true)
                    .start();
            server.setSoTimeout(STARTING_MS);
            var socket = server.accept();
            socket.setSoTimeout(ANSWERING_MS);
            return new Conversation(process, log, socket);
        } finally {
            Files.delete(script);
        }
    }

    /** Asks for this and waits for the answer. */
    public JsonNode ask(String what) {
        return ask(what, Map.of());
    }

    /** Asks for this, with these arguments, and waits for the answer. */
    public JsonNode ask(String what, Map<String, ?> with) {
        var request = new HashMap<String, Object>(with);
        request.put("do", what);
        try {
            out.write(JSON.writeValueAsString(request) + "\n");
            out.flush();
            String line = in.readLine();
            if (line == null) {
                throw new IllegalStateException("the script in Odoo ended: " + Files.readString(log));
            }
            return answer(what, JSON.readTree(line));
        } catch (IOException e) {
            throw new UncheckedIOException("the script in Odoo does not answer '%s'".formatted(what), e);
        }
    }

    private static JsonNode answer(String what, JsonNode answer) {
        if (answer.has("error")) {
            throw new IllegalStateException("the script in Odoo cannot do '%s': %s"
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
            throw new UncheckedIOException("cannot end the script in Odoo", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
