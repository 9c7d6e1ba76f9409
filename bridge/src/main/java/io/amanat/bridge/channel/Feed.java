package io.amanat.bridge.channel;

import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.Viewer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A number that stands for something watched; everybody who watches the same shares it. Its watchers are guarded by the channel. */
public final class Feed {

    private final long number;
    private final Interest interest;
    private final Map<Long, Watcher> byUser = new HashMap<>();
    private Optional<List<Watcher>> snapshot = Optional.empty();
    private Optional<Audience> audience = Optional.empty();
    private boolean sorted;

    Feed(long number, Interest interest) {
        this.number = number;
        this.interest = interest;
    }

    /** Its number on the wire; never used again for something else. */
    public long number() {
        return number;
    }

    /** What is watched. */
    public WatchSpec spec() {
        return interest.spec();
    }

    /** Whether its watchers get only what concerns records that match its domain. */
    public boolean filtered() {
        return interest.filtered();
    }

    /** Whether it is a record that its watchers edit: they hear of conflicts only. */
    public boolean touched() {
        return interest.touched();
    }

    /** What it stands for. */
    Interest interest() {
        return interest;
    }

    /** The domain of its view. */
    Optional<ViewFilter> filter() {
        return interest.filter();
    }

    /** The watcher of this user, made when there is none: with the companies given, a user is one viewer. */
    Watcher join(long userId, Rights admitted) {
        var watcher = byUser.computeIfAbsent(userId, user -> watcher(user, admitted));
        watcher.kept();
        return watcher;
    }

    private Watcher watcher(long userId, Rights admitted) {
        snapshot = Optional.empty();
        return new Watcher(this, new Viewer(userId, spec().companies()), admitted);
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

    /** Its watchers as the judge sorted them last; the judge's thread alone, like all below. */
    Optional<Audience> audience() {
        return audience;
    }

    /** Whether what is known of their rights is still the same. */
    boolean isSorted() {
        return sorted;
    }

    void sorted(Audience now) {
        audience = Optional.of(now);
        sorted = true;
    }

    /** What is known of somebody's rights changed. */
    void unsorted() {
        sorted = false;
    }
}
