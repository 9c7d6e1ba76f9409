package io.amanat.e2e.chaos;

import io.amanat.bench.process.Checkout;
import io.amanat.e2e.lab.BridgeProcess;
import io.amanat.e2e.lab.Conversation;
import io.amanat.e2e.lab.Lab;
import io.amanat.e2e.lab.OdooUser;
import io.amanat.e2e.lab.Ways;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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
    private static final String SEES_ALL = "admin";
    private static final List<List<?>> DOMAINS = List.of(
            List.of(),
            List.of(List.of("state", "=", "open")),
            List.of("|", List.of("amount", ">", 500), List.of("manager_id", "!=", false)));
    private static final int WRITERS = 18;
    private static final int LOOK_MS = 50;
    private static final int CALM_MS = 2_000;
    private static final long RECOVERY_MS = 90_000;

    /** The beat after the newest one that is known may have been committed before one asked; the one after that was not. */
    private static final int FRESH = 2;

    /** After so long it is looked whether Odoo itself has ended. */
    private static final long REVIVAL_MS = 5_000;

    private static final long SETTLING_MS = 60_000;
    private static final int COMPARE_AGAIN_MS = 2_000;

    private final Lab lab;
    private final ChaosPlan plan;
    private final PrintWriter progress;
    private final LongSupplier nanos;
    private final Random random;
    private final Outcome outcome = new Outcome();
    private final Counters counters = new Counters();
    private int unrecovered;
    private int revivals;

    ChaosRun(Lab lab, ChaosPlan plan, PrintWriter progress, LongSupplier nanos) {
        this.lab = lab;
        this.plan = plan;
        this.progress = progress;
        this.nanos = nanos;
        this.random = new Random(plan.seed());
    }

    Outcome run() throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("chaos");
        var clock = folder.resolve("clock");
        say("everything of this run is in %s".formatted(folder));
        try (var odoo = Link.to("Odoo", here(lab.url().getPort()));
                var bus = Link.to("Odoo's bus", here(lab.websocketUrl().getPort()));
                var log = Link.to("PostgreSQL", here(lab.postgres().port()));
                var bridge = new BridgeProcess(
                        lab,
                        folder,
                        Ways.through(
                                lab,
                                odoo.port(),
                                bus.port(),
                                log.port(),
                                plan.source().name(),
                                Database.SLOT),
                        Host.program(clock));
                var browsers = Link.to("browsers", here(bridge.port()));
                var pages = Link.to("pages", here(lab.url().getPort()));
                var writers = writers();
                var tabs = Tabs.start(folder.resolve("tabs.log"))) {
            var network = new Stage.Network(browsers, pages, odoo, bus, log);
            var stage = new Stage(lab, new Host(bridge, clock), network, tabs, plan.viewers());
            perform(stage, writers);
            return outcome;
        } finally {
            if (plan.source() == Source.wal) {
                new Database(lab).dropSlot();
            }
        }
    }

    private void perform(Stage stage, Conversation writers) throws IOException, InterruptedException {
        stage.host().bridge().start();
        stage.host().bridge().awaitReading();
        stage.tabs().ask("begin", Map.of("viewers", viewers(stage.network(), writers)));
        writers.ask("begin");
        begin(stage, writers);
        var resets = new Resets(stage.tabs(), outcome);
        long began = nanos.getAsLong();
        play(stage, writers, resets);
        end(stage, writers, resets, millisSince(began));
    }

    private Conversation writers() throws IOException {
        var script = Files.readString(Checkout.file("e2e/chaos/writers.py"));
        return Conversation.start(
                "chaos",
                port -> script + """


                converse(env.registry, {"port": %d, "seed": %d, "late": %d, "workers": %d})
                """.formatted(port, plan.seed(), plan.late().toSeconds(), WRITERS));
    }

    private List<Map<String, ?>> viewers(Stage.Network network, Conversation writers) {
        var users = LOGINS.stream().map(lab::user).toList();
        var viewers = new ArrayList<Map<String, ?>>();
        for (int index = 0; index < plan.viewers(); index++) {
            var user = users.get(index % users.size());
            viewers.add(viewer(network, writers, user, index / users.size() % DOMAINS.size()));
        }
        return viewers;
    }

    private Map<String, ?> viewer(Stage.Network network, Conversation writers, OdooUser user, int domain) {
        var expired = writers.ask("expired", Map.of("login", user.login(), "sid", user.session()));
        var viewer = new HashMap<String, Object>();
        viewer.put(
                "odoo", "http://127.0.0.1:%d".formatted(network.browsersToOdoo().port()));
        viewer.put("origin", lab.url().toString());
        viewer.put(
                "bridge",
                "ws://127.0.0.1:%d/amanat.v1"
                        .formatted(network.browsersToBridge().port()));
        viewer.put("cookie", "session_id=" + user.session());
        viewer.put("companies", expired.path("companies"));
        viewer.put("domain", DOMAINS.get(domain));
        viewer.put("kind", user.login() + " " + domain);
        viewer.put("whole", user.login().equals(SEES_ALL) && DOMAINS.get(domain).isEmpty());
        viewer.put("stale", expired.path("token").asString());
        return viewer;
    }

    private void begin(Stage stage, Conversation writers) throws IOException {
        if (recovery(stage, writers) < 0) {
            throw new IllegalStateException("the tabs never became live; see the logs of this run");
        }
        say("%d tabs are live; it begins (seed %d)".formatted(plan.viewers(), plan.seed()));
    }

    private void play(Stage stage, Conversation writers, Resets resets) throws IOException, InterruptedException {
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
            resets.because(order.getFirst());
            suffer(stage, writers, order.removeFirst());
            Stage.wait(random.nextInt(CALM_MS));
        }
    }

    private void suffer(Stage stage, Conversation writers, Fault fault) throws IOException, InterruptedException {
        stage.host().bridge().metrics().ifPresent(counters::look);
        if (fault == Fault.BRIDGE_KILLED) {
            counters.bornAgain();
        }
        stage.suffer(fault, random);
        long took = recovery(stage, writers);
        boolean recovered = took >= 0;
        unrecovered += recovered ? 0 : 1;
        say("%-28s %s".formatted(fault, recovered ? "live again after %d ms".formatted(took) : "NOT live again"));
        outcome.recovered(fault, recovered ? took : RECOVERY_MS);
    }

    /** How long until all tabs are live and have seen something that was committed after this was asked; -1: too long. */
    private long recovery(Stage stage, Conversation writers) throws IOException {
        return recovery(stage, writers.ask("beat").path("beat").asLong() + FRESH);
    }

    private long recovery(Stage stage, long beat) throws IOException {
        long began = nanos.getAsLong();
        long looked = 0;
        while (millisSince(began) < RECOVERY_MS) {
            var far = stage.tabs().far();
            if (far.live() == plan.viewers() && far.beat() >= beat) {
                return millisSince(began);
            }
            if (millisSince(began) > looked + REVIVAL_MS) {
                revivals += lab.revive() ? 1 : 0;
                looked = millisSince(began);
            }
            Stage.wait(LOOK_MS);
        }
        return -1;
    }

    private void end(Stage stage, Conversation writers, Resets resets, long millis) throws IOException {
        var written = writers.ask("stop");
        long last = writers.ask("quiet").path("beat").asLong();
        if (recovery(stage, last) < 0) {
            unrecovered++;
            say("the last change did not reach all tabs");
        }
        var differences = differences(stage);
        differences.stream().limit(20).forEach(it -> say("differs: " + it));
        resets.count();
        var figures = stage.tabs().ask("figures", Map.of());
        var account = stage.tabs().ask("account", Map.of("committed", written.path("log")));
        account.path("examples").forEach(it -> say("missed: " + it));
        outcome.found(new Outcome.Findings(
                differences.size(),
                account.path("missed").asInt(),
                forbidden(written, figures),
                unrecovered,
                resets.tooMany()));
        stage.host().bridge().metrics().ifPresent(counters::look);
        put(written, account, figures, millis);
        stage.tabs().ask("end", Map.of());
    }

    private void put(JsonNode written, JsonNode account, JsonNode figures, long millis) {
        outcome.put("transactions", written.path("committed").asLong());
        outcome.put("changes", written.path("changes").asLong());
        outcome.put("changes_per_second", written.path("changes").asLong() * 1e3 / millis);
        outcome.put("rolled_back", written.path("rolled_back").asLong());
        outcome.put("unknown_outcome", written.path("unknown").asLong());
        outcome.put("savepoints", written.path("savepoints").asLong());
        outcome.put("by_sql", written.path("sql").asLong());
        outcome.put("late_commits", written.path("late").asLong());
        outcome.put("longest_open_s", written.path("longest").asDouble());
        outcome.put("beats", written.path("beat").asLong());
        outcome.put("deliveries", figures.path("frames").asLong());
        outcome.put("delivered_values", account.path("delivered").asLong());
        outcome.put("overtaken_values", account.path("overtaken").asLong());
        outcome.put("values_covered_by_reset_or_resume", account.path("covered").asLong());
        outcome.put("duplicates_removed_by_source", counters.of("amanat_source_duplicates_total"));
        outcome.put(
                "duplicates_without_effect_in_tabs", figures.path("repeated").asLong());
        outcome.put("found_late_by_source", counters.of("amanat_source_late_total"));
        outcome.put("odoo_started_again", revivals);
        outcome.put("resumed_watches", figures.path("resumed").asLong());
        outcome.put("first_reads_and_resets", figures.path("resets").toString());
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
