package io.amanat.e2e.longpolling;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work beside the test; what it throws, {@link #join} throws. */
final class Background implements AutoCloseable {

    private final FutureTask<Boolean> task;
    private final Thread thread;

    Background(Runnable work) {
        task = new FutureTask<>(work, true);
        thread = Thread.ofVirtual().start(task);
    }

    void join() throws InterruptedException, ExecutionException {
        var _ = task.get();
    }

    @Override
    public void close() {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
