package io.amanat.bench.stalled;

/** What befalls a viewer as soon as it watches. */
enum Sickness {
    /** It never reads again. */
    stopped,

    /** It reads some kilobytes a second, less than comes. */
    slow,

    /** It takes everything and says nothing any more, as a link that is half open behind a proxy. */
    mute;

    /** Whether the bridge has to end it. */
    boolean isFatal() {
        return this != slow;
    }
}
