package io.amanat.bridge.channel;

import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.access.domain.Verdict;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One message of the application while it is judged.
 *
 * @param event with values as they are judged
 * @param shown with what of it may be shown at all
 * @param classes the receivers, by their rights
 * @param unknown receivers whose rights are not known
 */
record EventTrial(
        long offset, Change.Event event, Change.Event shown, Map<Rights, List<Viewer>> classes, Set<Viewer> unknown) {

    static EventTrial of(
            long offset, Change.Event event, Change.Event shown, Set<Viewer> audience, Map<Viewer, Rights> known) {
        var classes = new LinkedHashMap<Rights, List<Viewer>>();
        var unknown = new HashSet<Viewer>();
        for (var viewer : audience) {
            var rights = known.get(viewer);
            if (rights == null) {
                unknown.add(viewer);
            } else {
                classes.computeIfAbsent(rights, it -> new ArrayList<>()).add(viewer);
            }
        }
        return new EventTrial(offset, event, shown, classes, unknown);
    }

    /** Has Odoo asked about what the values cannot tell. */
    void raise(Doubts doubts) {
        classes.forEach((rights, viewers) -> event.records().stream()
                .filter(image -> rights.verdict(image) == Verdict.UNDECIDED)
                .forEach(image -> doubts.raise(event.model(), Moment.id(image), image.version(), viewers)));
    }

    /** What came of it. */
    record Decision(List<Delivery> deliveries, Set<Viewer> unclear) {}

    /** Who gets what of it, and of whom that cannot be said. */
    Decision decide(Doubts doubts) {
        var deliveries = new ArrayList<Delivery>();
        var unclear = new HashSet<>(unknown);
        classes.forEach((rights, viewers) -> {
            var verdicts = verdicts(rights, viewers, doubts);
            if (verdicts.contains(Verdict.UNDECIDED)) {
                unclear.addAll(viewers);
            } else {
                visible(rights, verdicts).ifPresent(it -> deliveries.add(new Delivery.Event(offset, it, viewers)));
            }
        });
        return new Decision(deliveries, unclear);
    }

    private List<Verdict> verdicts(Rights rights, List<Viewer> viewers, Doubts doubts) {
        return event.records().stream()
                .map(image -> {
                    var verdict = rights.verdict(image);
                    return verdict == Verdict.UNDECIDED
                            ? doubts.of(event.model(), Moment.id(image), image.version(), viewers)
                            : verdict;
                })
                .toList();
    }

    /** The event as these rights show it; empty when it is about records of which they show none. */
    private Optional<Change.Event> visible(Rights rights, List<Verdict> verdicts) {
        var records = new ArrayList<Image>();
        for (int i = 0; i < verdicts.size(); i++) {
            if (verdicts.get(i) == Verdict.YES) {
                records.add(Trial.cut(shown.records().get(i), rights.fields()));
            }
        }
        if (!rights.read() || (records.isEmpty() && !verdicts.isEmpty())) {
            return Optional.empty();
        }
        var changed = new HashSet<>(shown.changedFields());
        changed.retainAll(rights.fields());
        return Optional.of(new Change.Event(
                shown.action(), shown.model(), shown.actor(), shown.at(), shown.userIds(), records, changed));
    }
}
