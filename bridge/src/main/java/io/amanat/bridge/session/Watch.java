package io.amanat.bridge.session;

import io.amanat.bridge.channel.Watcher;
import java.util.Optional;

/** One watch of one session. Its watcher is set once, on the shard's thread, when the watch was admitted. */
final class Watch {

    private final String ref;
    private final boolean presence;
    private Optional<Watcher> watcher = Optional.empty();

    /** @param presence whether it is told who else is there */
    Watch(String ref, boolean presence) {
        this.ref = ref;
        this.presence = presence;
    }

    boolean presence() {
        return presence;
    }

    String ref() {
        return ref;
    }

    Optional<Watcher> watcher() {
        return watcher;
    }

    void admitted(Watcher admitted) {
        watcher = Optional.of(admitted);
    }
}
