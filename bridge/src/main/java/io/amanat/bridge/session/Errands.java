package io.amanat.bridge.session;

import java.util.ArrayDeque;
import java.util.Deque;

/** What one session has to wait for, one after the other on a virtual thread, in the order asked. Bounded. Safe to share. */
final class Errands {

    /** More than a client has under way that waits for its answers. */
    private static final int MOST = 100;

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    /** Does this when it is its turn; false if too much waits already. */
    synchronized boolean add(Runnable errand) {
        if (waiting.size() >= MOST) {
            return false;
        }
        waiting.add(errand);
        if (!running) {
            running = true;
            Thread.startVirtualThread(this::run);
        }
        return true;
    }

    private void run() {
        try {
            next().run();
        } finally {
            goOn();
        }
    }

    private synchronized Runnable next() {
        return waiting.remove();
    }

    private synchronized void goOn() {
        running = !waiting.isEmpty();
        if (running) {
            Thread.startVirtualThread(this::run);
        }
    }

    /** Nobody waits for any of it any more; what is under way is finished. */
    synchronized void end() {
        waiting.clear();
    }
}
