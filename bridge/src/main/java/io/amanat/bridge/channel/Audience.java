package io.amanat.bridge.channel;

import io.amanat.bridge.access.Rights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who watches one feed, in classes of equal rights. Kept from change to change while nobody comes or goes and no rights change, so
 * that a change costs something per class and nothing per viewer.
 *
 * @param everybody the watchers it was made of
 * @param unknown those whose rights are not known: they get nothing
 */
record Audience(Feed feed, List<Watcher> everybody, List<ViewerClass> classes, List<Watcher> unknown) {

    /** Sorts these watchers by what is known of their rights. */
    static Audience of(Feed feed, List<Watcher> everybody, List<ViewerClass> known) {
        var byRights = new LinkedHashMap<Rights, List<Watcher>>();
        var unknown = new ArrayList<Watcher>();
        for (var watcher : everybody) {
            if (watcher.standing().isKnown()) {
                byRights.computeIfAbsent(watcher.standing().rights(), rights -> new ArrayList<>())
                        .add(watcher);
            } else {
                unknown.add(watcher);
            }
        }
        return new Audience(feed, everybody, classes(feed, byRights, lenses(known)), unknown);
    }

    private static Map<Rights, Lens> lenses(List<ViewerClass> known) {
        var lenses = new HashMap<Rights, Lens>();
        known.forEach(it -> lenses.put(it.rights(), it.lens()));
        return lenses;
    }

    private static List<ViewerClass> classes(Feed feed, Map<Rights, List<Watcher>> byRights, Map<Rights, Lens> lenses) {
        var classes = new ArrayList<ViewerClass>();
        byRights.forEach((rights, watchers) -> {
            var lens = lenses.computeIfAbsent(rights, it -> Lens.of(feed, it));
            classes.add(new ViewerClass(rights, lens, watchers));
        });
        return classes;
    }

    /** What a change means for those of whom nothing is known: from the first that may concern them on, they are behind. */
    List<Delivery> missed(long offset) {
        var behind = unknown.stream().filter(it -> it.standing().miss()).toList();
        return behind.isEmpty() ? List.of() : List.of(new Delivery.Behind(offset, feed, behind));
    }
}
