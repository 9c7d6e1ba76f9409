package io.amanat.e2e.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.amanat.bench.process.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The browsers' side: a Node process with many tabs, each with the very client that browsers run. */
final class Tabs implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ENDING_SECONDS = 10;

    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;

    private Tabs(Process process) {
        this.process = process;
        out = process.inputReader(UTF_8);
        in = new PrintWriter(process.outputWriter(UTF_8), true);
    }

    /** Starts the process; its complaints go to {@code log}. */
    static Tabs start(Path log) throws IOException {
        return new Tabs(new ProcessBuilder(
                        "node", Checkout.file("e2e/chaos/viewers.mjs").toString())
                .redirectError(log.toFile())
                .start());
    }

    /** How far all of them are. */
    record Far(long beat, int live, int unsettled) {}

    Far far() throws IOException {
        var far = ask("far", Map.of());
        return new Far(
                far.path("beat").asLong(),
                far.path("live").asInt(),
                far.path("unsettled").asInt());
    }

    /** How often each of them was told to read again. */
    List<Integer> resets() throws IOException {
        return ask("resets", Map.of())
                .path("resets")
                .valueStream()
                .map(JsonNode::asInt)
                .toList();
    }

    /** Lets these tabs not read what comes for a while. */
    void pause(List<Integer> which, long millis) throws IOException {
        ask("pause", Map.of("tabs", which, "ms", millis));
    }

    /** Lets these tabs connect again with a token that has run out. */
    void expire(List<Integer> which) throws IOException {
        ask("expire", Map.of("tabs", which));
    }

    JsonNode ask(String what, Map<String, ?> with) throws IOException {
        var request = new HashMap<String, Object>(with);
        request.put("do", what);
        in.println(JSON.writeValueAsString(request));
        String line = out.readLine();
        if (line == null) {
            throw new IllegalStateException("the tabs' process has ended");
        }
        var answer = JSON.readTree(line);
        if (answer.has("error")) {
            throw new IllegalStateException("the tabs cannot do '%s': %s"
                    .formatted(what, answer.path("error").asString()));
        }
        return answer;
    }

    @Override
    public void close() {
        in.close();
        try {
            if (!process.waitFor(ENDING_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
