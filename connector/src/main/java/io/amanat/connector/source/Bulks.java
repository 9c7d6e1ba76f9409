package io.amanat.connector.source;

import static java.util.Objects.requireNonNull;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The records of those models of one transaction that are told in bulk, each with what was done to it in the end and with what is
 * known of it last: of a deleted one, what it was. Used once, by one thread.
 */
final class Bulks {

    private final Map<RecordRef, Fate> records = new LinkedHashMap<>();
    private final Set<RecordRef> vanished = new HashSet<>();
    private final Map<String, Writing> writings = new HashMap<>();
    private final List<Change.Bulk> ofUnknown = new ArrayList<>();

    private record Fate(Operation operation, Image image) {}

    /** Who wrote to a model last, and what was written to records that were there before. */
    private record Writing(Actor actor, Instant at, Set<String> changed) {}

    private record Kind(String model, Operation operation) {}

    void add(Change.Bulk bulk) {
        if (bulk.now().isEmpty()) {
            ofUnknown.add(bulk);
        }
        written(bulk.model(), bulk.actor(), bulk.at(), bulk.changedFields());
        bulk.now().forEach(image -> fold(bulk.model(), new Fate(bulk.operation(), image)));
    }

    void add(Change.Records some) {
        written(some.model(), some.actor(), some.at(), some.changedFields());
        some.now().stream()
                .map(now -> Folded.of(some, now))
                .forEach(it -> fold(some.model(), new Fate(it.operation(), it.lastKnown())));
    }

    private void written(String model, Actor actor, Instant at, Set<String> fields) {
        var changed = new HashSet<>(fields);
        var before = writings.get(model);
        if (before != null) {
            changed.addAll(before.changed());
        }
        writings.put(model, new Writing(actor, at, changed));
    }

    private void fold(String model, Fate next) {
        var ref = new RecordRef(model, next.image().key());
        var first = records.get(ref);
        if (vanished.contains(ref)) {
            return;
        }
        if (first != null && first.operation() == Operation.CREATE && next.operation() == Operation.DELETE) {
            records.remove(ref);
            vanished.add(ref);
        } else {
            records.put(ref, first == null ? next : joined(first, next));
        }
    }

    private static Fate joined(Fate first, Fate next) {
        var operation = Folded.strongest(first.operation(), next.operation());
        boolean gone = first.operation() == Operation.DELETE;
        return new Fate(operation, gone || next.image().values().isEmpty() ? first.image() : next.image());
    }

    /** At most one for each model and operation, and those that do not say of which records they are. */
    List<Change.Bulk> all() {
        var images = new LinkedHashMap<Kind, List<Image>>();
        records.forEach(
                (ref, fate) -> images.computeIfAbsent(new Kind(ref.model(), fate.operation()), _ -> new ArrayList<>())
                        .add(fate.image()));
        var all = new ArrayList<>(ofUnknown);
        images.forEach((kind, some) -> all.add(bulk(kind, some)));
        return all;
    }

    private Change.Bulk bulk(Kind kind, List<Image> images) {
        var writing = requireNonNull(writings.get(kind.model()));
        var changed = kind.operation() == Operation.CREATE ? Set.<String>of() : writing.changed();
        return new Change.Bulk(kind.model(), kind.operation(), writing.actor(), writing.at(), images, changed);
    }
}
