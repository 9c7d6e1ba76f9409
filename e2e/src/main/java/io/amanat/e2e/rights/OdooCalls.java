package io.amanat.e2e.rights;

import io.amanat.bench.fanout.FanoutCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** How often the bridge asks about rights while records change: runs of {@code bench fanout}, where the stand-in counts. */
final class OdooCalls {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The fewest companies that 'bench fanout' makes, each with rights of its own. */
    private static final int FEW = 5;

    private static final int MANY = 500;

    private OdooCalls() {}

    /**
     * A line of the table.
     *
     * @param first calls until all viewers watched
     * @param calls while the changes came
     * @param clean whether the run lost and leaked nothing
     */
    record Run(int viewers, int rights, int first, int changes, int calls, long losses, long leaks, boolean clean) {

        Map<String, ?> row() {
            var row = new LinkedHashMap<String, Object>();
            row.put("viewers", viewers);
            row.put("rights", rights);
            row.put("first_calls", first);
            row.put("changes", changes);
            row.put("odoo_calls", calls);
            row.put("losses", losses);
            row.put("leaks", leaks);
            return row;
        }
    }

    static List<Run> measure() {
        return List.of(run(1, FEW), run(50, FEW), run(500, FEW), run(50, MANY), run(500, MANY));
    }

    private static Run run(int viewers, int classes) {
        var out = new StringWriter();
        var complaints = new StringWriter();
        int code = new CommandLine(new FanoutCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(complaints, true))
                .execute(
                        "--clients=" + viewers,
                        "--classes=" + classes,
                        "--rate=10",
                        "--seconds=5",
                        "--warmup=1",
                        "--output=json");
        var lines = out.toString().lines().toList();
        if (lines.isEmpty()) {
            throw new IllegalStateException("bench fanout ended with %d: %s".formatted(code, complaints));
        }
        JsonNode report = JSON.readTree(lines.getLast());
        return new Run(
                viewers,
                Math.min(viewers, classes),
                report.path("odoo_calls_first").asInt(),
                report.path("count").asInt(),
                report.path("odoo_calls").asInt(),
                report.path("losses").asLong(),
                report.path("leaks").asLong(),
                code == 0);
    }
}
