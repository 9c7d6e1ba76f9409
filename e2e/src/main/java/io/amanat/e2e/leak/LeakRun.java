package io.amanat.e2e.leak;

import io.amanat.e2e.lab.Lab;
import io.amanat.e2e.leak.Findings.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * Many users of the lab's Odoo change records and rights, and everybody watches through a bridge of our own. Every frame is
 * compared with what Odoo let its reader read at that moment, and every screen with what it lets them read in the end.
 */
public final class LeakRun {
    private static final int BEACONS = 5;
    private static final int BURST = 6;
    private static final long TOKENS_NANOS = 120_000_000_000L;
    private static final long CONNECTING_NANOS = 20_000_000;

    private final Lab lab;
    private final LeakPlan plan;
    private final Findings findings = new Findings();

    public LeakRun(Lab lab, LeakPlan plan) {
        this.lab = lab;
        this.plan = plan;
    }

    /** What came of it. */
    public record Outcome(Findings findings, int users, int watches, int steps, long frames, long values, long millis) {

        public int leaks() {
            return findings.count(Kind.LEAK);
        }

        @Override
        public String toString() {
            return "%d users, %d watches, %d steps, %d frames, %d values in %d s: %s"
                    .formatted(users, watches, steps, frames, values, millis / 1000, findings);
        }
    }

    public Outcome run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        try (var play = Play.start(plan.seed(), plan.users());
                var bridge = LabBridge.start(lab, plan.tampering())) {
            JsonNode cast = play.ask("begin");
            if (cast.path("workers").asInt() < 2) {
                throw new IllegalStateException("the lab's Odoo has one process only; bring it up again");
            }
            var cookies = cookies(cast);
            var tokens = new Tokens(lab).of(cookies);
            long dismissed = play.ask("dismiss").path("user").asLong();
            var truth = new Timeline(play.ask("screens"));
            try (var audience = new Audience(bridge.url(), lab.url(), findings)) {
                var stage = new Stage(play, bridge, audience, truth, new Inspector(truth, findings));
                stage.seat(cast, tokens, dismissed);
                stage.play(cookies);
                return new Outcome(
                        findings,
                        cast.path("users").size(),
                        audience.watches(),
                        truth.size() - 1,
                        stage.inspector.frames(),
                        stage.inspector.values(),
                        (System.nanoTime() - began) / 1_000_000);
            }
        }
    }

    private List<String> cookies(JsonNode cast) throws InterruptedException {
        var logins = cast.path("users")
                .valueStream()
                .map(user -> user.path("login").asString())
                .toList();
        return new Tokens(lab).signIn(logins, cast.path("password").asString());
    }

    /** One leak is enough where the bridge is misled on purpose. */
    private boolean foundOut() {
        return !plan.tampering().equals(Tampering.NONE) && findings.count(Kind.LEAK) > 0;
    }

    private final class Stage {
        private final Play play;
        private final LabBridge bridge;
        private final Audience audience;
        private final Timeline truth;
        private final Inspector inspector;

        Stage(Play play, LabBridge bridge, Audience audience, Timeline truth, Inspector inspector) {
            this.play = play;
            this.bridge = bridge;
            this.audience = audience;
            this.truth = truth;
            this.inspector = inspector;
        }

        /** Seats everybody; one of them was dismissed after signing in. */
        void seat(JsonNode cast, List<String> tokens, long dismissed) throws InterruptedException {
            var watches = new LinkedHashMap<Long, List<Watching>>();
            cast.path("watches")
                    .valueStream()
                    .map(Watching::of)
                    .forEach(watch -> watches.merge(watch.user(), List.of(watch), LeakRun::both));
            while (!bridge.connected()) {
                LockSupport.parkNanos(CONNECTING_NANOS);
            }
            var tabs = new Random(plan.seed());
            int number = 0;
            for (var user : cast.path("users")) {
                long id = user.path("uid").asLong();
                audience.seat(id, tokens.get(number++), watches.getOrDefault(id, List.of()), tabs);
            }
            audience.dismiss(dismissed);
            audience.awaitAnswers();
            settle();
            if (plan.tampering().equals(Tampering.NONE) && findings.count(Kind.MISSING) > 0) {
                throw new IllegalStateException("not even the beginning works: %s".formatted(findings));
            }
        }

        /** Plays all rounds; tokens live five minutes. */
        void play(List<String> cookies) throws InterruptedException {
            var chance = new Random(plan.seed());
            long renewed = System.nanoTime();
            for (int round = 0; round < plan.rounds() && !foundOut(); round++) {
                if (System.nanoTime() - renewed > TOKENS_NANOS) {
                    renewed = System.nanoTime();
                    renew(cookies);
                }
                round(chance);
            }
        }

        private void renew(List<String> cookies) throws InterruptedException {
            var present = audience.present();
            var fresh = new Tokens(lab).of(present.stream().map(cookies::get).toList());
            for (int i = 0; i < present.size(); i++) {
                audience.renew(present.get(i), fresh.get(i));
            }
            audience.awaitAnswers();
        }

        /** Lets something happen, waits until everybody has heard of it, and compares. */
        void round(Random chance) throws InterruptedException {
            int dice = chance.nextInt(100);
            int count = 1 + chance.nextInt(BURST);
            JsonNode told = dice < plan.rightsPercent()
                    ? play.ask("rights")
                    : dice < plan.rightsPercent() * 3 / 2
                            ? play.ask("race", Map.of("count", count))
                            : dice < 75 ? play.ask("changes", Map.of("count", count)) : play.ask("interleaved");
            truth.add(told.path("steps"));
            settle();
        }

        private void settle() throws InterruptedException {
            shine();
            audience.awaitClosed(truth.closedInRound());
            inspect();
            var concerned = new TreeSet<Long>();
            truth.round().forEach(moment -> moment.rights().ifPresent(change -> concerned.addAll(change.users())));
            if (!concerned.isEmpty()) {
                truth.refresh(play.ask("screens", Map.of("users", concerned)));
                audience.watchAgain(concerned);
                audience.awaitAnswers();
                inspect();
            }
            audience.settle(truth);
        }

        private void inspect() throws InterruptedException {
            bridge.entries().forEach(truth::note);
            audience.inspect(inspector, truth);
        }

        /** A watch whose rights have just changed may be told to read again instead of seeing the beacon: shine once more. */
        private void shine() {
            for (int attempt = 0; attempt < BEACONS; attempt++) {
                if (audience.awaitBeacon(play.ask("beacon").path("step").asLong())) {
                    return;
                }
            }
            long last = play.ask("beacon").path("step").asLong();
            if (!audience.awaitBeacon(last)) {
                findings.add(
                        Kind.MISSING,
                        "%s see nothing after %s"
                                .formatted(audience.blind(last), truth.last().what()));
            }
        }
    }

    private static <T> List<T> both(Collection<T> some, Collection<T> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
