package io.amanat.bridge.channel;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Folds what was committed from one offset to another into what it came to: per record the first old and the last new image, and
 * what it was in between. Used once, by one thread.
 */
final class Fold {

    /** The most records; of more, reading again is cheaper. */
    static final int MOST = 2_000;

    private final String model;
    private final OptionalLong id;
    private final Map<Long, Folded> records = new LinkedHashMap<>();
    private final List<Change.Rights> rights = new ArrayList<>();
    private boolean untold;

    /**
     * What it came to.
     *
     * @param changes in order of offsets
     * @param rights the changes of rights among them
     */
    record Past(List<Sum> changes, List<Change.Rights> rights) {

        /** How many images of records it holds, roughly. */
        int size() {
            return changes.stream()
                    .flatMap(it -> it.between().stream())
                    .mapToInt(it -> 1 + it.size())
                    .sum();
        }
    }

    /**
     * Records to which the same was done.
     *
     * @param offset of the newest change in it
     * @param alone whether the actor did all of it
     * @param records as they are judged, in the order of the change's
     * @param between what each of them was meanwhile
     */
    record Sum(long offset, Change.Records change, boolean alone, List<Moment> records, List<List<Image>> between) {}

    private record Alike(Operation operation, Actor actor, boolean alone, Set<String> changed, Set<String> reread) {}

    private Fold(String model, OptionalLong id) {
        this.model = model;
        this.id = id;
    }

    /**
     * What these changes came to for the records of a model.
     *
     * @param id the only record that matters, if there is one
     * @return empty if that cannot be told record by record
     */
    static Optional<Past> of(String model, OptionalLong id, List<Numbered> changes) {
        var fold = new Fold(model, id);
        for (var numbered : changes) {
            fold.add(numbered);
            if (fold.untold || fold.records.size() > MOST) {
                return Optional.empty();
            }
        }
        return Optional.of(new Past(fold.sums(), fold.rights));
    }

    private void add(Numbered numbered) {
        switch (numbered.change()) {
            case Change.Records it when it.model().equals(model) -> add(numbered.offset(), it);
            case Change.Bulk it when it.model().equals(model) -> untold = true;
            case Change.Gap it when it.model().map(model::equals).orElse(true) -> untold = true;
            case Change.Rights it -> rights.add(it);
            default -> {}
        }
    }

    private void add(long offset, Change.Records change) {
        for (var now : change.now()) {
            long record = Moment.id(now);
            if (id.isEmpty() || id.getAsLong() == record) {
                add(record, Folded.of(offset, change, now));
            }
        }
    }

    private void add(long record, Folded next) {
        var first = records.get(record);
        if (first != null && first.operation() == Operation.DELETE && next.operation() == Operation.CREATE) {
            untold = true;
        } else {
            records.put(record, first == null ? next : first.then(next));
        }
    }

    private List<Sum> sums() {
        var groups = new LinkedHashMap<Alike, List<Folded>>();
        for (var one : records.values()) {
            var alike = new Alike(one.operation(), one.actor(), one.alone(), one.changed(), one.reread());
            groups.computeIfAbsent(alike, it -> new ArrayList<>()).add(one);
        }
        var sums = new ArrayList<Sum>();
        groups.forEach((alike, folded) -> sums.add(sum(alike, folded)));
        sums.sort(Comparator.comparingLong(Sum::offset));
        return sums;
    }

    private Sum sum(Alike alike, List<Folded> folded) {
        long offset = folded.stream().mapToLong(Folded::offset).max().orElseThrow();
        var change = new Change.Records(
                model,
                alike.operation(),
                alike.actor(),
                folded.stream().map(Folded::at).max(Instant::compareTo).orElseThrow(),
                folded.stream().map(Folded::now).toList(),
                images(folded.stream().map(Folded::rules).toList()),
                images(folded.stream().map(Folded::before).toList()),
                alike.changed(),
                alike.reread());
        return new Sum(
                offset,
                change,
                alike.alone(),
                folded.stream().map(Folded::moment).toList(),
                folded.stream().map(Folded::between).toList());
    }

    private static List<Image> images(List<Optional<Image>> some) {
        return some.stream().flatMap(Optional::stream).toList();
    }
}
