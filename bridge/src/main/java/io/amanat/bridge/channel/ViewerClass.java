package io.amanat.bridge.channel;

import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.Viewer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Those who watch one feed with equal rights: what is decided for one of them holds for all. Immutable. */
final class ViewerClass {

    private final Rights rights;
    private final Lens lens;
    private final List<Watcher> watchers;
    private final List<Viewer> viewers;
    private final Map<Long, Watcher> byUser;

    ViewerClass(Rights rights, Lens lens, List<Watcher> watchers) {
        this.rights = rights;
        this.lens = lens;
        this.watchers = watchers;
        this.viewers = watchers.stream().map(Watcher::viewer).toList();
        this.byUser = HashMap.newHashMap(watchers.size());
        watchers.forEach(it -> byUser.put(it.viewer().userId(), it));
    }

    Rights rights() {
        return rights;
    }

    Lens lens() {
        return lens;
    }

    List<Watcher> watchers() {
        return watchers;
    }

    List<Viewer> viewers() {
        return viewers;
    }

    Optional<Watcher> ofUser(long userId) {
        return Optional.ofNullable(byUser.get(userId));
    }

    /** Everybody but this user; the very list where that is everybody. */
    List<Watcher> without(long userId) {
        return byUser.containsKey(userId)
                ? watchers.stream().filter(it -> it.viewer().userId() != userId).toList()
                : watchers;
    }
}
