package io.amanat.bridge.session;

import io.amanat.bridge.channel.Watcher;
import java.util.Optional;

/** One watch of one session. Its watcher is set once, on the shard's thread, when the watch was admitted. */
final class Watch {

    private final String ref;
    private Optional<Watcher> watcher = Optional.empty();

    Watch(String ref) {
        this.ref = ref;
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
