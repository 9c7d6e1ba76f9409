package io.amanat.bridge.channel;

import java.util.Optional;

/**
 * What a feed stands for.
 *
 * @param filter the domain of its view, read from the spec; empty when it has none
 * @param filtered whether its watchers were promised only what concerns records that match it
 * @param touched whether it is a record that somebody edits: nothing is told but conflicts
 */
record Interest(WatchSpec spec, Optional<ViewFilter> filter, boolean filtered, boolean touched) {

    /** Of a view. */
    Interest(WatchSpec spec, Optional<ViewFilter> filter, boolean filtered) {
        this(spec, filter, filtered, false);
    }

    /** Of a view without a domain. */
    static Interest of(WatchSpec spec) {
        return new Interest(spec, Optional.empty(), false);
    }

    /** Of somebody who edits the record of this form. */
    static Interest touching(WatchSpec spec) {
        return new Interest(spec, Optional.empty(), false, true);
    }
}
