package io.amanat.bridge.channel;

import io.amanat.bridge.access.Viewer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A number that stands for something watched; everybody who watches the same shares it. Its watchers are guarded by the channel. */
public final class Feed {

    private final long number;
    private final WatchSpec spec;
    private final Map<Long, Watcher> byUser = new HashMap<>();
    private Optional<List<Watcher>> snapshot = Optional.empty();

    Feed(long number, WatchSpec spec) {
        this.number = number;
        this.spec = spec;
    }

    /** Its number on the wire; never used again for something else. */
    public long number() {
        return number;
    }

    /** What is watched. */
    public WatchSpec spec() {
        return spec;
    }

    /** Whether its watchers get only what concerns records that match its domain. */
    public boolean filtered() {
        return false;
    }

    /** The watcher of this user, made when there is none: with the companies given, a user is one viewer. */
    Watcher join(long userId) {
        var watcher = byUser.computeIfAbsent(userId, this::watcher);
        watcher.kept();
        return watcher;
    }

    private Watcher watcher(long userId) {
        snapshot = Optional.empty();
        return new Watcher(this, new Viewer(userId, spec.companies()));
    }

    /** Lets go of one registration; true when nobody watches this feed any more. */
    boolean leave(Watcher watcher) {
        if (watcher.dropped()) {
            byUser.remove(watcher.viewer().userId());
            snapshot = Optional.empty();
        }
        return byUser.isEmpty();
    }

    /** Everybody who watches now; not changed by later comings and goings. */
    List<Watcher> watchers() {
        if (snapshot.isEmpty()) {
            snapshot = Optional.of(List.copyOf(byUser.values()));
        }
        return snapshot.get();
    }
}
