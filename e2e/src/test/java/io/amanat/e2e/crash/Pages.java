package io.amanat.e2e.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.amanat.bench.process.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pages that write: a Node process with the very client that browsers run. */
final class Pages implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;

    Pages(Path log, String url, String secret, List<Map<String, String>> people) throws IOException {
        var told = Map.of("url", url, "origin", BoardBridge.ORIGIN, "secret", secret, "pages", people);
        process = new ProcessBuilder(
                        "node",
                        Checkout.file("e2e/crash/pages.mjs").toString(),
                        JsonMapper.shared().writeValueAsString(told))
                .redirectError(log.toFile())
                .start();
        out = process.inputReader(UTF_8);
        in = new PrintWriter(process.outputWriter(UTF_8), true);
    }

    /** How far each of them is. */
    List<JsonNode> far() {
        return ask("far");
    }

    /** The same, with what each of them shows and did to tasks. */
    List<JsonNode> all() {
        return ask("all");
    }

    /** Lets them write nothing new. */
    void stop() {
        ask("stop");
    }

    /** Operations of all pages that were done, as far as they know. */
    int done() {
        return far().stream().mapToInt(page -> page.path("done").asInt()).sum();
    }

    private List<JsonNode> ask(String what) {
        in.println(what);
        try {
            var line = out.readLine();
            if (line == null) {
                throw new IllegalStateException("the pages' process has ended");
            }
            return JsonMapper.shared().readTree(line).valueStream().toList();
        } catch (IOException e) {
            throw new IllegalStateException("the pages do not answer", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
