package io.amanat.connector.source;

import static java.util.Objects.requireNonNull;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how messages that are read for the first time are handed on. What was sent after one of them may have been handed on before it:
 * the last part of its own transaction (each flush takes ids of its own, and Odoo's websocket may bring the last one alone), or a later
 * transaction that wrote the same records. Such a message is handed on with what those said of its records: from what was before it
 * to what is after all of them. So no value is older than one that was handed on, and what went out of sight in between goes.
 */
final class Latecomers {

    private static final Logger LOG = LoggerFactory.getLogger(Latecomers.class);

    private final Touched touched;

    Latecomers(Touched touched) {
        this.touched = touched;
    }

    /**
     * The transactions, in order.
     *
     * @param fresh read for the first time
     * @param read all that was read now, what was handed on before included
     */
    List<Batch> handOn(List<Decoded> fresh, List<BusMessage> read) {
        var byId = read.stream().collect(Collectors.toMap(BusMessage::id, Function.identity(), (one, _) -> one));
        return Batch.grouped(fresh).stream()
                .map(group -> handOnTogether(group, byId))
                .toList();
    }

    private Batch handOnTogether(List<Decoded> group, Map<Long, BusMessage> read) {
        if (group.stream().anyMatch(this::isUnknown)) {
            return withoutValues(group);
        }
        var before = handedOnBefore(group);
        if (before.isEmpty()) {
            return Batch.of(group);
        }
        return read.keySet().containsAll(before.keySet()) ? joined(group, before, read) : withoutValues(group);
    }

    /** Whether messages that are not known, or had no values, came before it although they were sent after it. */
    private boolean isUnknown(Decoded late) {
        return switch (late.change()) {
            case Change.Records records -> touched.isUnknownSince(late.id(), records.model());
            case Change.Bulk bulk ->
                touched.isUnknownSince(late.id(), bulk.model())
                        || bulk.now().stream()
                                .anyMatch(image -> !touched.about(ref(bulk.model(), image))
                                        .tailSet(late.id())
                                        .isEmpty());
            case Change.Event _, Change.Rights _, Change.Gap _ -> false;
        };
    }

    private static Batch withoutValues(List<Decoded> group) {
        var ids = group.stream().map(Decoded::id).toList();
        LOG.warn("messages {} were found late, and it is not known what came before them; their watches re-read", ids);
        return Batch.of(group.stream().map(Decoded::late).toList());
    }

    /** By id, what to know of the messages that were handed on before: these records. */
    private Map<Long, Set<RecordRef>> handedOnBefore(List<Decoded> group) {
        var before = new TreeMap<Long, Set<RecordRef>>();
        for (var late : group) {
            if (late.change() instanceof Change.Records records) {
                for (var image : records.now()) {
                    var record = ref(records.model(), image);
                    var ids = new HashSet<>(touched.partsOf(late.txid()));
                    ids.retainAll(touched.about(record));
                    ids.addAll(touched.about(record).tailSet(late.id()));
                    ids.forEach(id ->
                            before.computeIfAbsent(id, _ -> new HashSet<>()).add(record));
                }
            }
        }
        return before;
    }

    private static Batch joined(List<Decoded> group, Map<Long, Set<RecordRef>> before, Map<Long, BusMessage> read) {
        long txid = group.getFirst().txid();
        var changes = new TreeMap<Long, Change>();
        group.forEach(late -> changes.put(late.id(), late.change()));
        before.forEach((id, records) -> {
            var decoded = MessageDecoder.decode(requireNonNull(read.get(id)));
            if (decoded.change() instanceof Change.Records it) {
                changes.put(id, only(records, it, decoded.txid() == txid ? it.actor() : anyTabOf(it.actor())));
            }
        });
        return new Batch(
                group.stream().map(Decoded::id).toList(), TransactionMerge.merge(new ArrayList<>(changes.values())));
    }

    /** The tab that made the later change has not seen the earlier one: it gets what everybody gets. */
    private static Actor anyTabOf(Actor actor) {
        return new Actor(actor.userId(), actor.name(), Optional.empty());
    }

    private static Change.Records only(Set<RecordRef> records, Change.Records change, Actor actor) {
        Function<List<Image>, List<Image>> only = images -> images.stream()
                .filter(image -> records.contains(ref(change.model(), image)))
                .toList();
        return new Change.Records(
                change.model(),
                change.operation(),
                actor,
                change.at(),
                only.apply(change.now()),
                only.apply(change.rules()),
                only.apply(change.before()),
                change.changedFields(),
                change.reread());
    }

    private static RecordRef ref(String model, Image image) {
        return new RecordRef(model, image.key());
    }
}
