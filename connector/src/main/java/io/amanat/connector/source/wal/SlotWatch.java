package io.amanat.connector.source.wal;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at our slot now and then, since a slot that is not read fast enough fills the server's disk or is lost. Shared. */
public final class SlotWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SlotWatch.class);

    /** Without a limit of the server's, this much kept log is worth a word. */
    private static final long MUCH = 2L * 1024 * 1024 * 1024;

    private final WalSettings settings;
    private final Duration pause;
    private final Thread thread;
    private volatile State state = new State(Optional.empty(), Optional.empty());

    /**
     * What was seen.
     *
     * @param slot as it was at the last look; empty before it, or if it does not exist
     * @param trouble what somebody should look at
     */
    public record State(Optional<Slot> slot, Optional<String> trouble) {}

    private SlotWatch(WalSettings settings, Duration pause) {
        this.settings = settings;
        this.pause = pause;
        this.thread = Thread.ofVirtual().name("amanat-slot-watch").unstarted(this::run);
    }

    /** Looks every 15 s. */
    public static SlotWatch start(WalSettings settings) {
        return start(settings, Duration.ofSeconds(15));
    }

    static SlotWatch start(WalSettings settings, Duration pause) {
        var watch = new SlotWatch(settings, pause);
        watch.thread.start();
        return watch;
    }

    public State state() {
        return state;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            LOG.debug("asked to stop looking");
        }
    }

    private void look() {
        try (var slots = Slots.of(settings.postgres(), settings.attempt())) {
            var slot = slots.find(settings.slot());
            tell(new State(slot, slot.flatMap(SlotWatch::trouble)));
        } catch (WalException e) {
            LOG.debug("the slot cannot be looked at: {}", e.getMessage());
        }
    }

    private void tell(State next) {
        if (!next.trouble().equals(state.trouble())) {
            next.trouble().ifPresentOrElse(LOG::warn, () -> LOG.info("slot {} is well again", settings.slot()));
        }
        state = next;
    }

    /** In words that stay the same while the trouble does. */
    static Optional<String> trouble(Slot slot) {
        if (slot.isLost()) {
            return Optional.of("slot %s is lost: PostgreSQL no longer has the log that was not read; everybody re-reads"
                    .formatted(slot.name()));
        }
        if (slot.state().equals("unreserved") || isTight(slot)) {
            return Optional.of(("slot %s is nearly lost: it is not read as fast as the log is written;"
                            + " raise max_slot_wal_keep_size")
                    .formatted(slot.name()));
        }
        boolean much = slot.safeBytes().isEmpty() && slot.heldBytes() > MUCH;
        return much
                ? Optional.of("slot %s makes PostgreSQL keep more than %s of log; set max_slot_wal_keep_size"
                        .formatted(slot.name(), Sizes.text(MUCH)))
                : Optional.empty();
    }

    /** More than four fifths of what may be kept is kept. */
    private static boolean isTight(Slot slot) {
        long held = Math.max(0, slot.heldBytes());
        return slot.safeBytes().filter(safe -> safe < held / 4).isPresent();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
