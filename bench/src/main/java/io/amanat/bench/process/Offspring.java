package io.amanat.bench.process;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The processes that this one started and that still run: they end with it, also when it is told to end by a signal. Safe to share. */
final class Offspring {
    /** How long one may take to end by itself. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Offspring ALL = new Offspring();

    private final Set<Process> running = new HashSet<>();
    private boolean ending;

    private Offspring() {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("bench-offspring").unstarted(this::end));
    }

    /** Starts one. */
    static Process start(ProcessBuilder builder) throws IOException {
        return ALL.add(builder);
    }

    private synchronized Process add(ProcessBuilder builder) throws IOException {
        if (ending) {
            throw new IllegalStateException("no process is started any more: this one was told to end");
        }
        Process process = builder.start();
        running.add(process);
        var _ = process.onExit().thenAccept(this::remove);
        return process;
    }

    private synchronized void remove(Process process) {
        running.remove(process);
    }

    private synchronized Set<Process> last() {
        ending = true;
        return Set.copyOf(running);
    }

    /** All are asked at once, so that their time to end is not added up. */
    private void end() {
        Set<Process> last = last();
        last.forEach(Process::destroy);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (Process process : last) {
            end(process, deadline);
        }
    }

    /** Waits for the end of what was asked to end, until {@link System#nanoTime()} is past the deadline; it is killed then. */
    static void end(Process process, long deadline) {
        try {
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
