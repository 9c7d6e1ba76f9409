package io.amanat.bridge.channel;

import java.util.Optional;

/**
 * What a feed stands for.
 *
 * @param filter the domain of its view, read from the spec; empty when it has none
 * @param filtered whether its watchers were promised only what concerns records that match it
 */
record Interest(WatchSpec spec, Optional<ViewFilter> filter, boolean filtered) {

    /** Of a view without a domain. */
    static Interest of(WatchSpec spec) {
        return new Interest(spec, Optional.empty(), false);
    }
}
