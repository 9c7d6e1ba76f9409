package io.amanat.bridge.channel;

import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.Viewer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Who watches what, and who is here. Safe to share; every operation is short. */
public final class Channel {

    /** The most different things one user may watch, in all sessions together. */
    static final int MOST_PER_USER = 300;

    /** The most different selections of companies one user may watch with. */
    static final int MOST_COMPANY_SETS = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Interest, Feed> feeds = new HashMap<>();
    private final Map<String, Set<Feed>> lists = new HashMap<>();
    private final Map<String, Map<Long, Set<Feed>>> forms = new HashMap<>();
    private final Map<String, Map<Long, Set<Feed>>> touches = new HashMap<>();
    private final Map<Long, Map<Viewer, Integer>> here = new HashMap<>();
    private final Map<Long, Set<Watcher>> byUser = new HashMap<>();
    private long lastNumber;

    /** A feed with those who watched it at one moment. */
    record Watched(Feed feed, List<Watcher> watchers) {}

    /** Registers an interest of one user in a view without a domain. */
    public Optional<Watcher> register(WatchSpec spec, long userId, Rights admitted) {
        return register(Interest.of(spec), userId, admitted);
    }

    /**
     * Registers one interest of one user; every registration is given back by {@link #unregister}.
     *
     * @param admitted the rights with which it was allowed
     * @return empty if this user watches too many different things already, in all sessions together
     */
    Optional<Watcher> register(Interest interest, long userId, Rights admitted) {
        return locked(() -> {
            if (!fits(interest, byUser.getOrDefault(userId, Set.of()))) {
                return Optional.empty();
            }
            var watcher = feeds.computeIfAbsent(interest, this::opened).join(userId, admitted);
            byUser.computeIfAbsent(userId, user -> new HashSet<>()).add(watcher);
            return Optional.of(watcher);
        });
    }

    /** What one user watches costs all others: each kind of viewer is asked about for every change. */
    private static boolean fits(Interest interest, Set<Watcher> mine) {
        var spec = interest.spec();
        if (mine.stream()
                .anyMatch(it -> it.feed().spec().equals(spec) && it.feed().touched() == interest.touched())) {
            return true;
        }
        var companies = new HashSet<List<Long>>();
        mine.forEach(it -> companies.add(it.viewer().companies()));
        companies.add(spec.companies());
        return mine.size() < MOST_PER_USER && companies.size() <= MOST_COMPANY_SETS;
    }

    /** Gives one registration back. */
    public void unregister(Watcher watcher) {
        alone(() -> {
            if (watcher.feed().leave(watcher)) {
                closed(watcher.feed());
            }
            if (!watcher.isHeld()) {
                forget(watcher);
            }
        });
    }

    private void forget(Watcher watcher) {
        byUser.computeIfPresent(watcher.viewer().userId(), (user, mine) -> {
            mine.remove(watcher);
            return mine.isEmpty() ? null : mine;
        });
    }

    /** A session of this viewer begins: events for its user concern it. */
    public void arrive(Viewer viewer) {
        alone(() ->
                here.computeIfAbsent(viewer.userId(), user -> new HashMap<>()).merge(viewer, 1, Integer::sum));
    }

    /** A session of this viewer ended. */
    public void depart(Viewer viewer) {
        alone(() -> here.computeIfPresent(viewer.userId(), (user, viewers) -> {
            viewers.computeIfPresent(viewer, (it, count) -> count == 1 ? null : count - 1);
            return viewers.isEmpty() ? null : viewers;
        }));
    }

    /** The viewers of these users that have a session. */
    Set<Viewer> here(Collection<Long> userIds) {
        return locked(() -> {
            var viewers = new LinkedHashSet<Viewer>();
            userIds.forEach(
                    user -> viewers.addAll(here.getOrDefault(user, Map.of()).keySet()));
            return viewers;
        });
    }

    /** The lists of this model. */
    List<Watched> lists(String model) {
        return locked(() -> watched(lists.getOrDefault(model, Set.of())));
    }

    /** The forms of these records. */
    List<Watched> forms(String model, Collection<Long> ids) {
        return locked(() -> of(forms, model, ids));
    }

    /** Those of these records that somebody edits. */
    List<Watched> touches(String model, Collection<Long> ids) {
        return locked(() -> of(touches, model, ids));
    }

    private static List<Watched> of(Map<String, Map<Long, Set<Feed>>> all, String model, Collection<Long> ids) {
        var open = all.get(model);
        if (open == null) {
            return List.of();
        }
        var found = new ArrayList<Feed>();
        ids.forEach(id -> found.addAll(open.getOrDefault(id, Set.of())));
        return watched(found);
    }

    /** Everything that is watched of this model. */
    List<Watched> all(String model) {
        return locked(() -> {
            var found = new ArrayList<Feed>(lists.getOrDefault(model, Set.of()));
            forms.getOrDefault(model, Map.of()).values().forEach(found::addAll);
            touches.getOrDefault(model, Map.of()).values().forEach(found::addAll);
            return watched(found);
        });
    }

    /** Everything that is watched. */
    List<Watched> all() {
        return locked(() -> watched(feeds.values()));
    }

    private static List<Watched> watched(Collection<Feed> feeds) {
        return feeds.stream().map(feed -> new Watched(feed, feed.watchers())).toList();
    }

    private Feed opened(Interest interest) {
        lastNumber++;
        var feed = new Feed(lastNumber, interest);
        index(feed).add(feed);
        return feed;
    }

    private Set<Feed> index(Feed feed) {
        var spec = feed.spec();
        if (spec.id().isEmpty()) {
            return lists.computeIfAbsent(spec.model(), model -> new HashSet<>());
        }
        return records(feed)
                .computeIfAbsent(spec.model(), model -> new HashMap<>())
                .computeIfAbsent(spec.id().getAsLong(), id -> new HashSet<>());
    }

    private Map<String, Map<Long, Set<Feed>>> records(Feed feed) {
        return feed.touched() ? touches : forms;
    }

    private void closed(Feed feed) {
        var spec = feed.spec();
        feeds.remove(feed.interest());
        index(feed).remove(feed);
        lists.computeIfPresent(spec.model(), (model, open) -> open.isEmpty() ? null : open);
        spec.id().ifPresent(id -> closedRecord(records(feed), spec.model(), id));
    }

    private static void closedRecord(Map<String, Map<Long, Set<Feed>>> all, String model, long record) {
        all.computeIfPresent(model, (name, open) -> {
            open.computeIfPresent(record, (id, left) -> left.isEmpty() ? null : left);
            return open.isEmpty() ? null : open;
        });
    }

    private void alone(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
