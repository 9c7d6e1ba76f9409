package io.amanat.bridge.app;

import io.amanat.bridge.identity.Trust;
import io.amanat.bridge.identity.TrustSource;
import io.amanat.bridge.policy.LiveModel;
import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooRpc;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the add-on about itself at the start and then regularly, so that new models and keys become known while the bridge
 * runs. When Odoo is away it asks again, ever more rarely. Shared; has one thread.
 */
public final class AddonWatch implements TrustSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AddonWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * How often to ask.
     *
     * @param regular after an answer; default 1 min
     * @param first after the first failure, doubled with each further one and shortened by chance; default 1 s
     * @param longest the most of that; default 30 s
     */
    public record Pace(Duration regular, Duration first, Duration longest) {

        public static final Pace DEFAULT =
                new Pace(Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(30));

        Duration after(int failures, RandomGenerator random) {
            if (failures == 0) {
                return regular;
            }
            long doubled = first.toMillis() << Math.min(failures - 1, 20);
            return Duration.ofMillis((long) (Math.min(doubled, longest.toMillis()) * (0.5 + random.nextDouble() / 2)));
        }
    }

    private record State(Optional<AddonInfo> info, Optional<String> trouble) {}

    private final OdooRpc odoo;
    private final Pace pace;
    private final RandomGenerator random;
    private final Thread thread;
    private volatile State state = new State(Optional.empty(), Optional.of("Odoo was not asked yet"));
    private Consumer<AddonInfo> listener = _ -> {};
    private volatile boolean closing;

    private AddonWatch(OdooRpc odoo, Pace pace, RandomGenerator random) {
        this.odoo = odoo;
        this.pace = pace;
        this.random = random;
        this.thread = Thread.ofVirtual().name("amanat-addon").unstarted(this::run);
    }

    /** Starts to ask; does not wait for an answer. */
    public static AddonWatch start(OdooRpc odoo, Pace pace, RandomGenerator random) {
        var watch = new AddonWatch(odoo, pace, random);
        watch.thread.start();
        return watch;
    }

    /** Tells this of every answer from now on, and of the last one; of each once. */
    synchronized void tell(Consumer<AddonInfo> hearing) {
        listener = hearing;
        info().ifPresent(hearing);
    }

    /** What the add-on said last; empty if it never did. */
    Optional<AddonInfo> info() {
        return state.info();
    }

    /** Why it did not answer when it was last asked; empty if it did. */
    Optional<String> trouble() {
        return state.trouble();
    }

    @Override
    public Trust fetch() {
        return ask().trust();
    }

    private void run() {
        int failures = 0;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                failures = succeeds() ? 0 : failures + 1;
                Thread.sleep(pace.after(failures, random));
            }
        } catch (InterruptedException _) {
            LOG.debug("asked to stop");
        }
    }

    private boolean succeeds() {
        try {
            ask();
            return true;
        } catch (OdooException | AddonException _) {
            return false;
        } catch (RuntimeException e) {
            LOG.error("asking the add-on failed; asking again", e);
            trouble("asking the add-on failed: " + e);
            return false;
        }
    }

    private AddonInfo ask() {
        try {
            var info = AddonInfo.parse(odoo.call("amanat.bridge", "bridge_info", List.of(), Map.of()));
            learn(info);
            return info;
        } catch (OdooException | AddonException e) {
            trouble(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private synchronized void learn(AddonInfo info) {
        var before = state;
        state = new State(Optional.of(info), Optional.empty());
        if (before.trouble().isPresent()
                || !before.info().map(AddonInfo::models).equals(Optional.of(info.models()))) {
            LOG.info(
                    "add-on {} answers; live models: {}",
                    info.version(),
                    String.join(", ", info.models().keySet().stream().sorted().toList()));
            info.models().forEach(AddonWatch::warnOfSilent);
        }
        if (!info.guarded() && before.info().map(AddonInfo::guarded).orElse(true)) {
            LOG.warn("the add-on does not guard its channel: others could listen to it in Odoo; run 'amanat doctor'");
        }
        listener.accept(info);
    }

    private static void warnOfSilent(String name, LiveModel model) {
        if (model.fields().isEmpty()) {
            LOG.warn("{} is live but sends no field: its _get_realtime_fields() must name some", name);
        }
    }

    private synchronized void trouble(String sentence) {
        var before = state;
        state = new State(before.info(), Optional.of(sentence));
        if (!closing && !before.trouble().equals(Optional.of(sentence))) {
            LOG.warn("{}; asking again", sentence);
        }
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
