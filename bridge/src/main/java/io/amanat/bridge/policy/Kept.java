package io.amanat.bridge.policy;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of one model's changes may be kept for judging: everything but what never passes.
 *
 * @param passing announced fields that may be kept
 * @param refused announced fields that never pass
 */
record Kept(Set<String> passing, Set<String> refused) {

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
