package io.amanat.connector.source;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
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
    private final Bulks bulks = new Bulks();
    private final Set<String> bulky;
    private final List<Change> events = new ArrayList<>();
    private final Set<Change> rights = new LinkedHashSet<>();
    private final Set<Change> gaps = new LinkedHashSet<>();

    /** Records that one change can carry: the same was done to them by the same user. */
    private record Alike(String model, Operation operation, Actor actor, Set<String> changed, Set<String> reread) {}

    /** @param bulky the models of which there is a bulk */
    private TransactionMerge(Set<String> bulky) {
        this.bulky = bulky;
    }

    /**
     * The changes of rights, since the values after this transaction are judged by the rights after it; then the records' in the
     * order in which the first appeared, then bulks, events and gaps.
     */
    static List<Change> merge(List<Change> inOrder) {
        var bulky = new HashSet<String>();
        inOrder.forEach(change -> {
            if (change instanceof Change.Bulk bulk) {
                bulky.add(bulk.model());
            }
        });
        var merge = new TransactionMerge(bulky);
        inOrder.forEach(merge::add);
        return merge.result();
    }

    private void add(Change change) {
        switch (change) {
            case Change.Records some when bulky.contains(some.model()) -> bulks.add(some);
            case Change.Records some -> some.now().forEach(now -> fold(some.model(), Folded.of(some, now)));
            case Change.Bulk bulk -> bulks.add(bulk);
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
        var result = new ArrayList<>(rights);
        grouped().forEach((alike, folded) -> result.add(change(alike, folded)));
        result.addAll(bulks.all());
        result.addAll(events);
        result.addAll(gaps);
        return result;
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
