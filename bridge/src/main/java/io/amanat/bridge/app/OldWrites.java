package io.amanat.bridge.app;

import io.amanat.bridge.write.Writes;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a database forget writes that were done long ago: when it begins to be served, and once an hour from then on. */
final class OldWrites implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OldWrites.class);
    private static final Duration PAUSE = Duration.ofHours(1);

    private final Writes writes;
    private final LogName name = LogName.here();
    private final Thread thread;

    private OldWrites(Writes writes) {
        this.writes = writes;
        this.thread = Thread.ofVirtual().name("amanat-old-writes").start(this::run);
    }

    static OldWrites start(Writes writes) {
        return new OldWrites(writes);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                name.during(this::forget);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            LOG.debug("asked to stop");
        }
    }

    private int forget() {
        try {
            return writes.forget();
        } catch (SQLException | RuntimeException e) {
            LOG.warn("old writes could not be forgotten; tried again in an hour: {}", e.getMessage());
            return 0;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
