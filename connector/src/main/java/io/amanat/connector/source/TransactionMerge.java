package io.amanat.connector.source;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Folds the messages of one transaction, one or more per flush, into what it did in the end: per record the first old and the
 * last new image, and nothing of what was created and deleted within it. A bulk of a model takes the model's other records in,
 * since whoever watches the model re-reads it anyway. Used once, by one thread.
 */
final class TransactionMerge {

    private final Map<RecordRef, Folded> records = new LinkedHashMap<>();
    private final Set<RecordRef> vanished = new HashSet<>();
    private final Map<BulkKey, Change.Bulk> bulks = new LinkedHashMap<>();
    private final List<Change> events = new ArrayList<>();
    private final Set<Change> rights = new LinkedHashSet<>();
    private final Set<Change> gaps = new LinkedHashSet<>();

    private record BulkKey(String model, Operation operation) {}

    /** Records that one change can carry: the same was done to them by the same user. */
    private record Alike(String model, Operation operation, Actor actor, Set<String> changed, Set<String> reread) {}

    private TransactionMerge() {}

    /**
     * The changes of rights, since the values after this transaction are judged by the rights after it; then the records' in the
     * order in which the first appeared, then bulks, events and gaps.
     */
    static List<Change> merge(List<Change> inOrder) {
        var merge = new TransactionMerge();
        inOrder.forEach(merge::add);
        return merge.result();
    }

    private void add(Change change) {
        switch (change) {
            case Change.Records some -> some.now().forEach(now -> fold(some.model(), Folded.of(some, now)));
            case Change.Bulk bulk ->
                bulks.merge(new BulkKey(bulk.model(), bulk.operation()), bulk, TransactionMerge::joined);
            case Change.Event event -> events.add(event);
            case Change.Rights changed -> rights.add(changed);
            case Change.Gap gap -> gaps.add(gap);
        }
    }

    private void fold(String model, Folded next) {
        var ref = new RecordRef(model, next.now().key());
        var first = records.get(ref);
        if (vanished.contains(ref)) {
            return;
        }
        if (first != null && first.vanishesWith(next)) {
            records.remove(ref);
            vanished.add(ref);
        } else {
            records.put(ref, first == null ? next : first.then(next));
        }
    }

    private List<Change> result() {
        moveIntoBulks();
        var result = new ArrayList<>(rights);
        grouped().forEach((alike, folded) -> result.add(change(alike, folded)));
        result.addAll(bulks.values());
        result.addAll(events);
        result.addAll(gaps);
        return result;
    }

    private void moveIntoBulks() {
        var models = new HashSet<String>();
        bulks.keySet().forEach(key -> models.add(key.model()));
        records.forEach((ref, folded) -> {
            if (models.contains(ref.model())) {
                add(bulkOf(ref, folded));
            }
        });
        records.keySet().removeIf(ref -> models.contains(ref.model()));
    }

    private static Change.Bulk bulkOf(RecordRef ref, Folded folded) {
        var keyOnly = List.of(new Image(ref.key(), Map.of()));
        return new Change.Bulk(ref.model(), folded.operation(), folded.actor(), folded.at(), keyOnly, folded.changed());
    }

    private static Change.Bulk joined(Change.Bulk first, Change.Bulk next) {
        var images = new LinkedHashMap<RecordRef.Key, Image>();
        next.now().forEach(image -> images.put(image.key(), image));
        first.now()
                .forEach(image ->
                        images.merge(image.key(), image, (a, b) -> a.values().isEmpty() ? b : a));
        var changed = new HashSet<>(first.changedFields());
        changed.addAll(next.changedFields());
        return new Change.Bulk(
                next.model(), next.operation(), next.actor(), next.at(), List.copyOf(images.values()), changed);
    }

    private Map<Alike, List<Folded>> grouped() {
        var groups = new LinkedHashMap<Alike, List<Folded>>();
        records.forEach((ref, one) -> groups.computeIfAbsent(
                        new Alike(ref.model(), one.operation(), one.actor(), one.changed(), one.reread()),
                        _ -> new ArrayList<>())
                .add(one));
        return groups;
    }

    private static Change change(Alike alike, List<Folded> folded) {
        return new Change.Records(
                alike.model(),
                alike.operation(),
                alike.actor(),
                folded.stream().map(Folded::at).max(Instant::compareTo).orElseThrow(),
                folded.stream().map(Folded::now).toList(),
                folded.stream().map(Folded::rules).flatMap(Optional::stream).toList(),
                folded.stream().map(Folded::before).flatMap(Optional::stream).toList(),
                alike.changed(),
                alike.reread());
    }
}
