package io.amanat.e2e.chaos;

import io.amanat.bench.process.Checkout;
import io.amanat.bench.process.KeptPort;
import io.amanat.e2e.lab.Conversation;
import io.amanat.e2e.lab.Lab;
import io.amanat.e2e.lab.OdooUser;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;

/**
 * Transactions of all kinds in the lab's Odoo, faults in everything between its database and the tabs that watch, and in the end a
 * comparison of every tab with what Odoo answers its user.
 */
final class ChaosRun {
    private static final List<String> LOGINS = List.of("admin", "aziz", "bobur", "malika", "dilnoza", "gulnora");
    private static final int WRITERS = 12;
    private static final int LOOK_MS = 50;
    private static final int CALM_MS = 2_000;
    private static final long RECOVERY_MS = 90_000;
    private static final long SETTLING_MS = 60_000;
    private static final int COMPARE_AGAIN_MS = 2_000;

    private final Lab lab;
    private final ChaosPlan plan;
    private final PrintWriter progress;
    private final LongSupplier nanos;
    private final Random random;
    private final Outcome outcome = new Outcome();

    ChaosRun(Lab lab, ChaosPlan plan, PrintWriter progress, LongSupplier nanos) {
        this.lab = lab;
        this.plan = plan;
        this.progress = progress;
        this.nanos = nanos;
        this.random = new Random(plan.seed());
    }

    Outcome run() throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("chaos");
        try (var kept = new KeptPort();
                var odoo = Link.to("Odoo", here(lab.url().getPort()));
                var bus = Link.to("Odoo's bus", here(lab.websocketUrl().getPort()));
                var browsers = Link.to("browsers", here(kept.number()));
                var bridge = BridgeProcess.in(
                        folder,
                        lab,
                        new BridgeProcess.Places(kept.number(), odoo.port(), bus.port(), 0, plan.source()));
                var writers = writers();
                var tabs = Tabs.start(folder.resolve("tabs.log"))) {
            say("everything of this run is in %s".formatted(folder));
            bridge.start();
            var stage = new Stage(lab, bridge, browsers, odoo, bus, tabs, plan.viewers());
            tabs.ask("begin", Map.of("viewers", viewers(writers, browsers.port())));
            writers.ask("begin");
            begin(stage, writers);
            play(stage, writers);
            end(stage, writers);
            return outcome;
        }
    }

    private Conversation writers() throws IOException {
        var script = Files.readString(Checkout.file("e2e/chaos/writers.py"));
        return Conversation.start(
                "chaos",
                port -> script + """


                converse(env.registry, {"port": %d, "seed": %d, "late": %d, "workers": %d})
                """.formatted(port, plan.seed(), plan.late().toSeconds(), WRITERS));
    }

    private List<Map<String, ?>> viewers(Conversation writers, int port) {
        var users = LOGINS.stream().map(lab::user).toList();
        var viewers = new ArrayList<Map<String, ?>>();
        for (int index = 0; index < plan.viewers(); index++) {
            var user = users.get(index % users.size());
            viewers.add(viewer(writers, user, port, index / users.size() % 3));
        }
        return viewers;
    }

    private Map<String, ?> viewer(Conversation writers, OdooUser user, int port, int kind) {
        var expired = writers.ask("expired", Map.of("login", user.login(), "sid", user.session()));
        List<?> domain = switch (kind) {
            case 0 -> List.of();
            case 1 -> List.of(List.of("state", "=", "open"));
            default -> List.of("|", List.of("amount", ">", 500), List.of("manager_id", "!=", false));
        };
        return Map.of(
                "odoo",
                lab.url().toString(),
                "bridge",
                "ws://127.0.0.1:%d/amanat.v1".formatted(port),
                "cookie",
                "session_id=" + user.session(),
                "companies",
                expired.path("companies"),
                "domain",
                domain,
                "stale",
                expired.path("token").asString());
    }

    private void begin(Stage stage, Conversation writers) throws IOException {
        if (recovery(stage, writers) < 0) {
            throw new IllegalStateException("the tabs never became live; see the logs of this run");
        }
        say("%d tabs are live; faults begin (seed %d)".formatted(plan.viewers(), plan.seed()));
    }

    private void play(Stage stage, Conversation writers) throws IOException, InterruptedException {
        long end = nanos.getAsLong() + plan.time().toNanos();
        var order = new ArrayList<Fault>();
        while (nanos.getAsLong() < end || !plan.faults().stream().allMatch(outcome::hasSuffered)) {
            if (plan.faults().isEmpty()) {
                Stage.wait(CALM_MS);
                continue;
            }
            if (order.isEmpty()) {
                order.addAll(plan.faults());
                Collections.shuffle(order, random);
            }
            suffer(stage, writers, order.removeFirst());
            Stage.wait(random.nextInt(CALM_MS));
        }
    }

    private void suffer(Stage stage, Conversation writers, Fault fault) throws IOException, InterruptedException {
        stage.suffer(fault, random);
        long took = recovery(stage, writers);
        say("%-20s %s".formatted(fault, took < 0 ? "NOT live again" : "live again after %d ms".formatted(took)));
        if (took < 0) {
            outcome.notRecovered(fault);
        } else {
            outcome.recovered(fault, took);
        }
    }

    /** How long until all tabs are live and have seen what was committed last before this was asked; -1: too long. */
    private long recovery(Stage stage, Conversation writers) throws IOException {
        long began = nanos.getAsLong();
        long beat = writers.ask("beat").path("beat").asLong();
        while (millisSince(began) < RECOVERY_MS) {
            var far = stage.tabs().far();
            if (far.live() == plan.viewers() && far.beat() >= beat) {
                return millisSince(began);
            }
            Stage.wait(LOOK_MS);
        }
        return -1;
    }

    private void end(Stage stage, Conversation writers) throws IOException {
        var written = writers.ask("stop");
        writers.ask("quiet");
        if (recovery(stage, writers) < 0) {
            say("the last change did not reach all tabs");
        }
        var differences = differences(stage);
        differences.stream().limit(20).forEach(it -> say("differs: " + it));
        outcome.lost(differences);
        var figures = stage.tabs().ask("figures", Map.of());
        outcome.seenThoughForbidden(forbidden(written, figures));
        outcome.put("transactions", written.path("committed").asLong());
        outcome.put("changes", written.path("changes").asLong());
        outcome.put("rolled_back", written.path("rolled_back").asLong());
        outcome.put("unknown_outcome", written.path("unknown").asLong());
        outcome.put("savepoints", written.path("savepoints").asLong());
        outcome.put("by_sql", written.path("sql").asLong());
        outcome.put("late_commits", written.path("late").asLong());
        outcome.put("longest_open_s", written.path("longest").asDouble());
        outcome.put("beats", written.path("beat").asLong());
        outcome.put("deliveries", figures.path("frames").asLong());
        outcome.put("resumed_watches", figures.path("resumed").asLong());
        outcome.put("resets", figures.path("resets").toString());
        outcome.put("most_resets_of_a_tab", figures.path("most").asLong());
        stage.tabs().ask("end", Map.of());
    }

    /** What was committed late may only be found by the next look back: what differs has time until then. */
    private List<JsonNode> differences(Stage stage) throws IOException {
        long began = nanos.getAsLong();
        while (true) {
            List<JsonNode> differences = stage.tabs().far().unsettled() > 0 && millisSince(began) < SETTLING_MS
                    ? List.of(stage.tabs().ask("far", Map.of()))
                    : stage.tabs()
                            .ask("compare", Map.of())
                            .path("differences")
                            .valueStream()
                            .toList();
            if (differences.isEmpty() || millisSince(began) > SETTLING_MS) {
                return differences;
            }
            Stage.wait(COMPARE_AGAIN_MS);
        }
    }

    private int forbidden(JsonNode written, JsonNode figures) {
        Set<String> never = new HashSet<>();
        written.path("forbidden").forEach(mark -> never.add(mark.asString()));
        var seen = figures.path("seen")
                .valueStream()
                .map(JsonNode::asString)
                .filter(never::contains)
                .toList();
        seen.stream().limit(20).forEach(mark -> say("seen, though rolled back or written over: " + mark));
        return seen.size();
    }

    private long millisSince(long began) {
        return (nanos.getAsLong() - began) / 1_000_000;
    }

    private void say(String sentence) {
        progress.println(sentence);
        progress.flush();
    }

    private static InetSocketAddress here(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
