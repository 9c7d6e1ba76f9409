package io.amanat.e2e.rights;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.amanat.bench.process.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Runs the Python modules beside the lab in its Odoo's own prompt; each has a process and a transaction of its own. */
final class OdooShell {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "JSONL ";
    private static final List<String> MODULES = List.of("records", "domains", "verdicts", "viewers");

    private OdooShell() {}

    /**
     * Calls {@code module.function(env, settings)} and returns the lines of JSON that it printed.
     *
     * @param settings written as JSON, which Python must be able to read as its own: numbers and texts
     */
    static List<JsonNode> call(String function, Object settings) throws IOException, InterruptedException {
        var module = function.substring(0, function.indexOf('.'));
        var name = function.substring(module.length() + 1);
        var script = modules()
                .append("sys.modules['%s'].%s(env, %s)%n".formatted(module, name, JSON.writeValueAsString(settings)));
        return run(script.toString())
                .lines()
                .filter(line -> line.startsWith(MARK))
                .map(line -> JSON.readTree(line.substring(MARK.length())))
                .toList();
    }

    private static StringBuilder modules() throws IOException {
        var script = new StringBuilder("""
                import sys, types
                def module(name, source):
                    sys.modules[name] = types.ModuleType(name)
                    exec(compile(source, name + '.py', 'exec'), sys.modules[name].__dict__)

                """);
        for (var module : MODULES) {
            var source = Files.readString(Checkout.file("e2e/rights/%s.py".formatted(module)));
            script.append("module('%s', %s)%n".formatted(module, quoted(source)));
        }
        return script;
    }

    /** As a Python literal: JSON's strings are Python's, but for what is outside the basic plane. */
    private static String quoted(String text) {
        var quoted = new StringBuilder("'");
        text.codePoints().forEach(c -> {
            if (c >= 32 && c < 127 && c != '\'' && c != '\\') {
                quoted.append((char) c);
            } else {
                quoted.append("\\U%08x".formatted(c));
            }
        });
        return quoted.append("'").toString();
    }

    private static String run(String script) throws IOException, InterruptedException {
        Path in = Files.writeString(Files.createTempFile("rights", ".py"), script);
        Path out = Files.createTempFile("rights", ".jsonl");
        Path complaints = Files.createTempFile("rights", ".err");
        try {
            int code = new ProcessBuilder(Checkout.file("e2e/lab/lab").toString(), "shell")
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(complaints.toFile())
                    .start()
                    .waitFor();
            if (code != 0 || Files.size(out) == 0) {
                throw new IllegalStateException(
                        "the lab's shell ended with %d: %s".formatted(code, Files.readString(complaints, UTF_8)));
            }
            return Files.readString(out, UTF_8);
        } finally {
            for (Path file : List.of(in, out, complaints)) {
                Files.delete(file);
            }
        }
    }
}
