package io.amanat.bridge.channel;

import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.RightsBook;
import io.amanat.bridge.access.Viewer;
import io.amanat.connector.change.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what is known of the rights of everybody who watches. Whose rights are not known gets nothing and is owed a reset; whose
 * rights turn out to be others than before is told to re-read. Used by the judge's thread.
 */
final class Standings {

    private final Channel channel;
    private final RightsBook book;
    private boolean owing;

    Standings(Channel channel, RightsBook book) {
        this.channel = channel;
        this.book = book;
    }

    /** Whether somebody's rights are not known. */
    boolean owing() {
        return owing;
    }

    /** Finds out the rights of those who came since these feeds were last looked at. */
    void meet(Collection<Channel.Watched> watched, Patience patience, Resets resets) {
        var newcomers = new ArrayList<Watcher>();
        for (var one : watched) {
            if (!isSorted(one)) {
                one.watchers().stream().filter(it -> it.standing().isNew()).forEach(newcomers::add);
            }
        }
        settle(newcomers, patience, resets);
    }

    /** Those who watch this feed, in classes. */
    Audience audience(Channel.Watched watched) {
        var feed = watched.feed();
        if (!isSorted(watched)) {
            var known = feed.audience().map(Audience::classes).orElse(List.of());
            feed.sorted(Audience.of(feed, watched.watchers(), known));
        }
        return feed.audience().orElseThrow();
    }

    /** Whether nobody came or went, and nobody's rights changed. */
    @SuppressWarnings("ReferenceEquality") // a feed hands out the same list as long as its watchers are the same
    private static boolean isSorted(Channel.Watched watched) {
        return watched.feed().isSorted()
                && watched.feed()
                        .audience()
                        .filter(it -> it.everybody() == watched.watchers())
                        .isPresent();
    }

    /**
     * These rights changed: until they are known again, nobody concerned gets anything.
     *
     * @return of rights that only Odoo can judge nobody sees whether they changed: who had such ones is behind
     */
    List<Delivery> forget(long offset, Change.Rights changed) {
        book.forget(changed);
        var behind = new ArrayList<Delivery>();
        for (var watched : channel.all()) {
            if (changed.models()
                    .map(it -> it.contains(watched.feed().spec().model()))
                    .orElse(true)) {
                var concerned = watched.watchers().stream()
                        .filter(it -> concerns(changed, it))
                        .toList();
                var unseen = concerned.stream()
                        .filter(it -> isUndecidable(it.standing().rights()))
                        .toList();
                concerned.forEach(Standings::doubt);
                if (!unseen.isEmpty()) {
                    behind.add(new Delivery.Behind(offset, watched.feed(), unseen));
                }
            }
        }
        return behind;
    }

    private static boolean concerns(Change.Rights changed, Watcher watcher) {
        return changed.users().map(it -> it.contains(watcher.viewer().userId())).orElse(true);
    }

    /** Any rights may have changed; everybody is told to re-read for this reason already. */
    void forgetAll() {
        book.forgetAll();
        everybody().forEach(watcher -> {
            doubt(watcher);
            watcher.standing().told();
        });
    }

    private static void doubt(Watcher watcher) {
        watcher.standing().doubt();
        watcher.feed().unsorted();
    }

    /** Finds out the rights of those of whom they are not known. */
    void settle(Patience patience, Resets resets) {
        settle(everybody().stream().filter(it -> it.standing().isUnknown()).toList(), patience, resets);
        owing = everybody().stream().anyMatch(it -> it.standing().isUnknown());
    }

    /** Has old rights asked again, and looks whether somebody's changed without an announcement. */
    void revise(Resets resets) {
        var all = everybody();
        byModel(all).forEach((model, byViewer) -> {
            book.refresh(model, byViewer.keySet());
            learn(byViewer, book.known(model, byViewer.keySet(), Duration.ZERO), resets);
        });
        owing = all.stream().anyMatch(it -> it.standing().isUnknown());
    }

    private List<Watcher> everybody() {
        return channel.all().stream().flatMap(it -> it.watchers().stream()).toList();
    }

    private void settle(List<Watcher> watchers, Patience patience, Resets resets) {
        var byModel = byModel(watchers);
        if (byModel.size() > 1) {
            byModel.forEach((model, byViewer) -> book.known(model, byViewer.keySet(), Duration.ZERO));
        }
        byModel.forEach(
                (model, byViewer) -> learn(byViewer, book.known(model, byViewer.keySet(), patience.left()), resets));
    }

    private static Map<String, Map<Viewer, List<Watcher>>> byModel(Collection<Watcher> watchers) {
        var byModel = new HashMap<String, Map<Viewer, List<Watcher>>>();
        for (var watcher : watchers) {
            byModel.computeIfAbsent(watcher.feed().spec().model(), model -> new HashMap<>())
                    .computeIfAbsent(watcher.viewer(), viewer -> new ArrayList<>(1))
                    .add(watcher);
        }
        return byModel;
    }

    private void learn(Map<Viewer, List<Watcher>> byViewer, Map<Viewer, Rights> known, Resets resets) {
        byViewer.forEach((viewer, watchers) -> {
            var rights = Optional.ofNullable(known.get(viewer));
            watchers.forEach(
                    watcher -> rights.ifPresentOrElse(it -> know(watcher, it, resets), () -> unknown(watcher)));
        });
    }

    private void unknown(Watcher watcher) {
        doubt(watcher);
        owing = true;
    }

    private static void know(Watcher watcher, Rights now, Resets resets) {
        var standing = watcher.standing();
        boolean differs = !now.equals(standing.rights()) || (standing.isUnknown() && isUndecidable(now));
        if (differs) {
            resets.add(watcher, ResetReason.RIGHTS);
        } else if (standing.missed()) {
            resets.add(watcher, ResetReason.FAILED);
        }
        if (differs || !standing.isKnown()) {
            standing.know(now);
            watcher.feed().unsorted();
        }
    }

    /** Which records such rights show may have changed, and they look the same. */
    private static boolean isUndecidable(Rights rights) {
        return rights.same().isPresent();
    }
}
