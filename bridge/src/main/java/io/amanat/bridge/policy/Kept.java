package io.amanat.bridge.policy;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of one model's changes may be kept for judging: everything but what never passes.
 *
 * @param passing announced fields that may be kept
 * @param refused announced fields that never pass
 */
record Kept(Set<String> passing, Set<String> refused) {

    /** Of so many records of a bulk it is kept by what they are judged; of the others, which they are. */
    static final int JUDGED = 5_000;

    static Kept of(LiveModel announced) {
        var passing = new HashSet<String>();
        var refused = new HashSet<String>();
        announced.fields().forEach((field, type) -> (NeverPass.holds(field, type) ? refused : passing).add(field));
        return new Kept(Set.copyOf(passing), Set.copyOf(refused));
    }

    Change.Records cut(Change.Records change) {
        return new Change.Records(
                change.model(),
                change.operation(),
                change.actor(),
                change.at(),
                cut(change.now()),
                cut(change.rules()),
                cut(change.before()),
                names(change.changedFields()),
                names(change.reread()));
    }

    Change.Bulk cut(Change.Bulk change) {
        var images = change.now();
        var kept = new ArrayList<Image>(images.size());
        images.stream().limit(JUDGED).map(this::cut).forEach(kept::add);
        images.stream().skip(JUDGED).map(it -> new Image(it.key(), Map.of())).forEach(kept::add);
        return new Change.Bulk(
                change.model(), change.operation(), change.actor(), change.at(), kept, names(change.changedFields()));
    }

    Change.Event cut(Change.Event change) {
        return new Change.Event(
                change.action(),
                change.model(),
                change.actor(),
                change.at(),
                change.userIds(),
                cut(change.records()),
                names(change.changedFields()));
    }

    private List<Image> cut(List<Image> images) {
        return images.stream().map(this::cut).toList();
    }

    private Image cut(Image image) {
        var values = new HashMap<>(image.values());
        values.keySet().removeIf(this::neverPasses);
        return new Image(image.key(), values, image.version());
    }

    private Set<String> names(Set<String> names) {
        var kept = new HashSet<>(names);
        kept.removeIf(this::neverPasses);
        return kept;
    }

    /** Of a field that was not announced, only the name is known. */
    private boolean neverPasses(String field) {
        return !passing.contains(field) && (refused.contains(field) || NeverPass.holds(field, ""));
    }
}
