package io.amanat.connector.source;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the messages above the floor were about, each with its newest id. It tells whether the values of a message that is found
 * late could be older than what was handed on: then another message with a higher id was about the same record.
 */
final class Touched {

    private static final int MOST = 200_000;

    private final Map<Object, Long> newest = new HashMap<>();
    private long unknownUpTo;

    private record Model(String name) {}

    private record Sender(long txid) {}

    /** Up to this id, what messages were about is not known. */
    void unknownUpTo(long id) {
        unknownUpTo = Math.max(unknownUpTo, id);
    }

    /** Whether newer values may have been handed on, or another part of its transaction. */
    boolean overtook(Decoded late) {
        return late.id() <= unknownUpTo
                || newest.containsKey(new Sender(late.txid()))
                || switch (late.change()) {
                    case Change.Records records -> overtook(late.id(), records.model(), records.now());
                    case Change.Bulk bulk -> overtook(late.id(), bulk.model(), bulk.now());
                    case Change.Event _, Change.Rights _, Change.Gap _ -> false;
                };
    }

    private boolean overtook(long id, String model, List<Image> images) {
        return isAbove(id, new Model(model))
                || images.stream().anyMatch(image -> isAbove(id, new RecordRef(model, image.key())));
    }

    private boolean isAbove(long id, Object what) {
        return newest.getOrDefault(what, 0L) > id;
    }

    void add(Decoded handedOn) {
        if (newest.size() > MOST) {
            unknownUpTo(newest.values().stream().mapToLong(id -> id).max().orElse(0));
            newest.clear();
        }
        if (handedOn.txid() > 0) {
            put(new Sender(handedOn.txid()), handedOn.id());
        }
        switch (handedOn.change()) {
            case Change.Records records -> put(handedOn.id(), records.model(), records.now());
            case Change.Bulk bulk -> put(new Model(bulk.model()), handedOn.id());
            case Change.Gap gap -> gap.model().ifPresent(model -> put(new Model(model), handedOn.id()));
            case Change.Event _, Change.Rights _ -> {}
        }
    }

    private void put(long id, String model, List<Image> images) {
        images.forEach(image -> put(new RecordRef(model, image.key()), id));
    }

    private void put(Object what, long id) {
        newest.merge(what, id, Math::max);
    }

    void forgetUpTo(long id) {
        newest.values().removeIf(known -> known <= id);
    }

    void clear() {
        newest.clear();
        unknownUpTo = 0;
    }
}
