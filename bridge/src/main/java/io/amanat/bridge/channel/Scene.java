package io.amanat.bridge.channel;

import io.amanat.bridge.access.Answer;
import io.amanat.bridge.access.Readability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** One feed during one burst: who watches it, in groups of equal rights. */
final class Scene {

    /** Watchers that may read the same; without an answer, nothing is known of what they may read. */
    record Group(Optional<Answer> answer, List<Watcher> watchers) {}

    private final Feed feed;
    private final List<Watcher> watchers;
    private List<Group> groups = List.of();

    Scene(Channel.Watched watched) {
        this.feed = watched.feed();
        this.watchers = watched.watchers();
    }

    Feed feed() {
        return feed;
    }

    List<Watcher> watchers() {
        return watchers;
    }

    List<Group> groups() {
        return groups;
    }

    /** Sorts the watchers by what they may read. */
    void judge(Readability rights) {
        var sorted = new LinkedHashMap<Optional<Answer>, List<Watcher>>();
        for (var watcher : watchers) {
            var answer = rights.of(feed.spec().model(), watcher.viewer());
            sorted.computeIfAbsent(answer, it -> new ArrayList<>()).add(watcher);
        }
        groups = sorted.entrySet().stream()
                .map(it -> new Group(it.getKey(), it.getValue()))
                .toList();
    }
}
