package io.amanat.standin.bus;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Says to who listens that a channel has something new, as PostgreSQL's NOTIFY does after a commit. Safe to share between threads. */
public final class WakeUps {

    private enum Mode {
        PROMPT,
        LATE,
        NEVER
    }

    private final Consumer<Channel> listeners;
    private final Set<Channel> waiting = new LinkedHashSet<>();
    private Mode mode = Mode.PROMPT;

    WakeUps(Consumer<Channel> listeners) {
        this.listeners = listeners;
    }

    void send(Channel channel) {
        synchronized (this) {
            if (mode == Mode.LATE) {
                waiting.add(channel);
            }
            if (mode != Mode.PROMPT) {
                return;
            }
        }
        listeners.accept(channel);
    }

    /** From now on they are held back until {@link #workAgain}. */
    public synchronized void comeLate() {
        mode = Mode.LATE;
    }

    /** From now on they are lost: a row is committed, and nobody is told. */
    public synchronized void getLost() {
        mode = Mode.NEVER;
    }

    /** Sends what was held back; from now on they are prompt. */
    public void workAgain() {
        List<Channel> late;
        synchronized (this) {
            mode = Mode.PROMPT;
            late = List.copyOf(waiting);
            waiting.clear();
        }
        late.forEach(listeners);
    }
}
