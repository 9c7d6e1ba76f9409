package io.amanat.standin.bus;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One request of a client of Odoo 14: waits until its channels have something above an id. Used by one thread. */
public final class LongPoll {

    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final Bus bus;
    private final Collection<Channel> channels;
    private final int last;

    /**
     * A request that was not asked yet.
     *
     * @param last 0: whatever came in the last 50 seconds
     */
    public LongPoll(Bus bus, Collection<Channel> channels, int last) {
        this.bus = bus;
        this.channels = List.copyOf(channels);
        this.last = last;
    }

    /** What there is now. */
    public List<Notification> peek() {
        return bus.poll(channels, last, Set.of());
    }

    /** What there is now, or when something comes; nothing after 50 seconds. */
    public List<Notification> await() {
        var woken = new CountDownLatch(1);
        Consumer<Channel> listener = channel -> {
            if (channels.contains(channel)) {
                woken.countDown();
            }
        };
        bus.listen(listener);
        try {
            var found = peek();
            return found.isEmpty() && woken.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) ? peek() : found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            bus.forget(listener);
        }
    }
}
