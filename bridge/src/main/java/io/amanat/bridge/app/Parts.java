package io.amanat.bridge.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started so far, to be stopped in the opposite order. Used by one thread. */
final class Parts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    /** Stops all of them, whatever happens to one. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            close(started.pop());
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
        }
    }
}
