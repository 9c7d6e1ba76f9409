package io.amanat.bridge.channel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects who has to re-read what. */
final class Resets {

    private record Because(Feed feed, ResetReason reason) {}

    private final Map<Because, List<Watcher>> collected = new LinkedHashMap<>();

    void add(Watcher watcher, ResetReason reason) {
        collected
                .computeIfAbsent(new Because(watcher.feed(), reason), it -> new ArrayList<>())
                .add(watcher);
    }

    /** What was collected, as of this offset. */
    List<Delivery> at(long offset) {
        var resets = new ArrayList<Delivery>();
        collected.forEach((because, to) ->
                resets.add(new Delivery.Reset(offset, because.feed(), because.reason(), to, Optional.empty())));
        return resets;
    }
}
