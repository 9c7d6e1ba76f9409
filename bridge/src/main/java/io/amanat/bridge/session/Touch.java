package io.amanat.bridge.session;

import io.amanat.bridge.channel.WatchSpec;
import io.amanat.bridge.channel.Watcher;
import java.util.HashSet;
import java.util.Set;

/** What one session edits of one record. Only on the shard's thread. */
final class Touch {

    private final String ref;
    private final Watcher watcher;
    private final Set<String> allowed;
    private Set<String> fields = Set.of();

    /** @param allowed the fields that may be edited */
    Touch(String ref, Watcher watcher, Set<String> allowed) {
        this.ref = ref;
        this.watcher = watcher;
        this.allowed = allowed;
    }

    String ref() {
        return ref;
    }

    Watcher watcher() {
        return watcher;
    }

    boolean isOf(WatchSpec form) {
        return watcher.feed().spec().equals(form);
    }

    /** What of these may be edited is edited from now on. */
    void edits(Set<String> asked) {
        var kept = new HashSet<>(asked);
        kept.retainAll(allowed);
        fields = Set.copyOf(kept);
    }

    Set<String> fields() {
        return fields;
    }
}
