package io.amanat.connector.source;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.RecordRef;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What the messages above the floor that were handed on were about, and of which transactions they were. It tells which of them came
 * before a message that is found late although it was sent first.
 */
final class Touched {

    private static final int MOST = 200_000;

    private final Map<Object, NavigableSet<Long>> ids = new HashMap<>();
    private int size;
    private long unknownUpTo;

    private record Model(String name) {}

    private record Sender(long txid) {}

    /** Up to this id, what messages were about is not known. */
    void unknownUpTo(long id) {
        unknownUpTo = id;
    }

    /** Whether it is known of all messages above this id what they were about. */
    boolean isKnownAfter(long id) {
        return unknownUpTo <= id;
    }

    /** Whether nobody knows what was handed on after a message with this id, or it had no values of this model. */
    boolean isUnknownSince(long id, String model) {
        return !isKnownAfter(id - 1) || !of(new Model(model)).tailSet(id).isEmpty();
    }

    /** The messages about this record, by id. */
    NavigableSet<Long> about(RecordRef record) {
        return of(record);
    }

    /** The messages of this transaction, by id. */
    NavigableSet<Long> partsOf(long txid) {
        return of(new Sender(txid));
    }

    private NavigableSet<Long> of(Object what) {
        return ids.getOrDefault(what, new TreeSet<>());
    }

    void add(Decoded handedOn) {
        if (size > MOST) {
            unknownUpTo(
                    ids.values().stream().mapToLong(NavigableSet::last).max().orElse(0));
            forgetAll();
        }
        long id = handedOn.id();
        if (handedOn.txid() > 0) {
            put(new Sender(handedOn.txid()), id);
        }
        switch (handedOn.change()) {
            case Change.Records it -> it.now().forEach(image -> put(new RecordRef(it.model(), image.key()), id));
            case Change.Bulk bulk -> put(new Model(bulk.model()), id);
            case Change.Gap gap -> gap.model().ifPresent(model -> put(new Model(model), id));
            case Change.Event _, Change.Rights _ -> {}
        }
    }

    private void put(Object what, long id) {
        size += ids.computeIfAbsent(what, _ -> new TreeSet<>()).add(id) ? 1 : 0;
    }

    void forgetUpTo(long id) {
        ids.values().removeIf(some -> some.last() <= id);
        ids.values().forEach(some -> some.headSet(id, true).clear());
        size = ids.values().stream().mapToInt(NavigableSet::size).sum();
        unknownUpTo = Math.max(unknownUpTo, id);
    }

    void clear() {
        forgetAll();
        unknownUpTo = 0;
    }

    private void forgetAll() {
        ids.clear();
        size = 0;
    }
}
