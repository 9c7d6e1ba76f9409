package io.amanat.e2e.chaos;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How often each watch was told to read again after each fault; once is allowed, without a fault never. */
final class Resets {
    private final Tabs tabs;
    private final Outcome outcome;
    private List<Integer> before;
    private Optional<Fault> fault = Optional.empty();
    private boolean owed;
    private int allowed;
    private int tooMany;

    Resets(Tabs tabs, Outcome outcome) throws IOException {
        this.tabs = tabs;
        this.outcome = outcome;
        this.before = tabs.resets();
    }

    /** What is told from now on is because of this fault. A full disk shows when the bridge is started the next time. */
    void because(Fault next) throws IOException {
        count();
        fault = Optional.of(next);
        owed |= next == Fault.DISK_FULL;
        allowed = owed && next == Fault.BRIDGE_KILLED ? 2 : 1;
        owed &= next != Fault.BRIDGE_KILLED;
    }

    /** Counts what was told since the last fault began. */
    void count() throws IOException {
        var now = tabs.resets();
        for (int tab = 0; tab < now.size(); tab++) {
            int told = now.get(tab) - before.get(tab);
            fault.ifPresent(it -> outcome.told(it, told));
            tooMany += Math.max(0, told - allowed);
        }
        before = now;
    }

    /** How many there were beyond what is allowed. */
    int tooMany() {
        return tooMany;
    }
}
