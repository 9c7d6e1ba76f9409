package io.amanat.bridge.channel;

import io.amanat.bridge.access.Viewer;

/** One user watching one feed, in any number of sessions. Compared by identity. */
public final class Watcher {

    private final Feed feed;
    private final Viewer viewer;
    private int registrations;

    Watcher(Feed feed, Viewer viewer) {
        this.feed = feed;
        this.viewer = viewer;
    }

    /** What is watched. */
    public Feed feed() {
        return feed;
    }

    /** Who watches. */
    public Viewer viewer() {
        return viewer;
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
