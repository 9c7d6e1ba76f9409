package io.amanat.bridge.channel;

import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.Viewer;

/** One user watching one feed, in any number of sessions. Compared by identity. */
public final class Watcher {

    private final Feed feed;
    private final Viewer viewer;
    private final Standing standing;
    private int registrations;

    Watcher(Feed feed, Viewer viewer, Rights admitted) {
        this.feed = feed;
        this.viewer = viewer;
        this.standing = new Standing(admitted);
    }

    /** What is watched. */
    public Feed feed() {
        return feed;
    }

    /** Who watches. */
    public Viewer viewer() {
        return viewer;
    }

    /** What the judge knows of this watcher's rights; only the judge's thread looks at it. */
    Standing standing() {
        return standing;
    }

    /** Guarded by the channel, like {@link #dropped()}. */
    void kept() {
        registrations++;
    }

    /** Whether nobody holds it any more. */
    boolean dropped() {
        registrations--;
        return registrations == 0;
    }

    boolean isHeld() {
        return registrations > 0;
    }
}
