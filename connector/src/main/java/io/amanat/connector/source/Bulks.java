package io.amanat.connector.source;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.change.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The records of those models of one transaction that are told in bulk, each with what was done to it in the end, which fields of it were
 * written, and what is known of it last: of a deleted one, what it was. Used once, by one thread.
 */
final class Bulks {

    /** Of so many different sets of fields it is told which records have them; of more only that something was written. */
    static final int MOST_KINDS = 16;

    private final Map<RecordRef, Fate> records = new LinkedHashMap<>();
    private final Set<RecordRef> vanished = new HashSet<>();
    private final Map<String, Writing> writings = new HashMap<>();
    private final List<Change.Bulk> ofUnknown = new ArrayList<>();

    /** @param changed the fields that were written; empty: it is not known which */
    private record Fate(Operation operation, Image image, Optional<Set<String>> changed) {}

    /** Who wrote to a model last. */
    private record Writing(Actor actor, Instant at) {}

    /** @param changed none of a creation, and of an update of which that is not known */
    private record Kind(String model, Operation operation, Set<String> changed) {}

    void add(Change.Bulk bulk) {
        if (bulk.now().isEmpty()) {
            ofUnknown.add(bulk);
        }
        writings.put(bulk.model(), new Writing(bulk.actor(), bulk.at()));
        boolean unknown =
                bulk.operation() == Operation.UPDATE && bulk.changedFields().isEmpty();
        var changed = unknown ? Optional.<Set<String>>empty() : Optional.of(bulk.changedFields());
        bulk.now().forEach(image -> fold(bulk.model(), new Fate(bulk.operation(), image, changed)));
    }

    void add(Change.Records some) {
        writings.put(some.model(), new Writing(some.actor(), some.at()));
        var changed = Optional.of(union(some.changedFields(), some.reread()));
        some.now().stream()
                .map(now -> Folded.of(some, now))
                .forEach(it -> fold(some.model(), new Fate(it.operation(), it.lastKnown(), changed)));
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
        var changed = first.changed().flatMap(one -> next.changed().map(other -> union(one, other)));
        return new Fate(operation, gone || next.image().values().isEmpty() ? first.image() : next.image(), changed);
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        var both = new HashSet<>(one);
        both.addAll(other);
        return Set.copyOf(both);
    }

    /** One for each model, operation and set of fields, and those that do not say of which records they are. */
    List<Change.Bulk> all() {
        var kinds = new LinkedHashMap<RecordRef, Kind>();
        records.forEach((ref, fate) -> kinds.put(ref, kind(ref.model(), fate)));
        var many = tooMany(kinds.values());
        var images = new LinkedHashMap<Kind, List<Image>>();
        kinds.forEach((ref, kind) -> images.computeIfAbsent(
                        many.contains(kind.model()) ? unknown(kind) : kind, _ -> new ArrayList<>())
                .add(requireNonNull(records.get(ref)).image()));
        var all = new ArrayList<>(ofUnknown);
        images.forEach((kind, some) -> all.add(bulk(kind, some)));
        return all;
    }

    /** Whoever could see a record before it was written and deleted is not known where it is not known what was written. */
    private static Kind kind(String model, Fate fate) {
        if (fate.operation() == Operation.CREATE) {
            return new Kind(model, Operation.CREATE, Set.of());
        }
        return fate.changed()
                .map(changed -> new Kind(model, fate.operation(), changed))
                .orElseGet(() -> new Kind(model, Operation.UPDATE, Set.of()));
    }

    private static Set<String> tooMany(Collection<Kind> kinds) {
        var perModel = new HashSet<>(kinds).stream().collect(groupingBy(Kind::model, counting()));
        perModel.values().removeIf(count -> count <= MOST_KINDS);
        return perModel.keySet();
    }

    private static Kind unknown(Kind kind) {
        return kind.operation() == Operation.CREATE ? kind : new Kind(kind.model(), Operation.UPDATE, Set.of());
    }

    private Change.Bulk bulk(Kind kind, List<Image> images) {
        var writing = requireNonNull(writings.get(kind.model()));
        return new Change.Bulk(kind.model(), kind.operation(), writing.actor(), writing.at(), images, kind.changed());
    }
}
