package io.amanat.bridge.channel;

import io.amanat.bridge.access.Rights;
import io.amanat.bridge.access.domain.Verdict;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One bulk while it is judged. It leads to no values: who may be concerned re-reads, and whoever watches a list is told by whom many
 * records were changed, and how many of those that they may read. Nobody is asked about it. Used by one thread.
 */
final class BulkTrial {

    /** Whoever may read no more than these is told of no bulk: to them it was a change like others. */
    static final int MANY = 50;

    private final long offset;
    private final Change.Bulk bulk;
    private final Map<Long, Image> byId = new HashMap<>();
    private final Map<Rights, Extent> extents = new HashMap<>();
    private List<BulkTrial> together = List.of(this);

    /** How many of its records may be read, and of how many that is not known. */
    private record Extent(int readable, int undecided) {
        static final Extent NONE = new Extent(0, 0);

        boolean isEmpty() {
            return readable + undecided == 0;
        }
    }

    BulkTrial(long offset, Change.Bulk bulk) {
        this.offset = offset;
        this.bulk = bulk;
        bulk.now().forEach(image -> byId.put(Moment.id(image), image));
    }

    /** Whether this is another part of what one transaction did to a model: records of which other fields were written. */
    boolean isPartOfWhat(BulkTrial other) {
        var that = other.bulk;
        return bulk.model().equals(that.model())
                && bulk.operation() == that.operation()
                && bulk.actor().equals(that.actor())
                && bulk.at().equals(that.at());
    }

    /** All parts, this one among them: they are counted as one, and told with the first that its reader sees something of. */
    void countWith(List<BulkTrial> parts) {
        together = parts;
    }

    /** What this audience gets. */
    List<Delivery> decide(Audience audience) {
        var parts = new LinkedHashMap<Optional<Delivery.Many>, List<Watcher>>();
        for (var viewers : audience.classes()) {
            if (!viewers.lens().blocked() && concerns(audience.feed(), viewers.rights())) {
                long actor = bulk.actor().userId();
                var many = audience.feed().spec().isForm() ? Optional.<Delivery.Many>empty() : many(viewers);
                add(parts, many, viewers.without(actor));
                viewers.ofUser(actor).ifPresent(it -> add(parts, Optional.empty(), List.of(it)));
            }
        }
        var deliveries = new ArrayList<>(audience.missed(offset));
        parts.forEach((many, to) -> deliveries.add(
                new Delivery.Reset(offset, audience.feed(), ResetReason.BULK, to, Optional.empty(), many)));
        return deliveries;
    }

    private static void add(
            Map<Optional<Delivery.Many>, List<Watcher>> parts, Optional<Delivery.Many> many, List<Watcher> to) {
        if (!to.isEmpty()) {
            parts.computeIfAbsent(many, _ -> new ArrayList<>()).addAll(to);
        }
    }

    /** Whether what these viewers see of it may have changed, or may be gone. */
    private boolean concerns(Feed feed, Rights rights) {
        return bulk.now().isEmpty() || mayHaveHidden(rights) || isInSight(feed, rights);
    }

    private boolean isInSight(Feed feed, Rights rights) {
        if (feed.spec().isForm()) {
            var image = byId.get(feed.spec().id().orElseThrow());
            return image != null && rights.verdict(image) != Verdict.NO;
        }
        return !extent(rights).isEmpty();
    }

    /** What was written may have decided who may read it, and nobody knows what was there before. */
    private boolean mayHaveHidden(Rights rights) {
        boolean unknown =
                bulk.operation() == Operation.UPDATE && bulk.changedFields().isEmpty();
        return bulk.operation() != Operation.CREATE && (unknown || rights.dependsOn(bulk.changedFields()));
    }

    private Optional<Delivery.Many> many(ViewerClass viewers) {
        var rights = viewers.rights();
        var seen = together.stream().map(it -> it.seen(rights)).toList();
        int readable = seen.stream().mapToInt(Extent::readable).sum();
        var before = seen.subList(0, together.indexOf(this));
        if (readable <= MANY || seen(rights).isEmpty() || !before.stream().allMatch(Extent::isEmpty)) {
            return Optional.empty();
        }
        boolean decided = seen.stream().allMatch(it -> it.undecided() == 0);
        return Optional.of(new Delivery.Many(bulk.actor(), decided ? OptionalInt.of(readable) : OptionalInt.empty()));
    }

    /** Who may read none of the fields that were written sees nothing changed. */
    private Extent seen(Rights rights) {
        boolean unseen =
                bulk.operation() == Operation.UPDATE && Collections.disjoint(bulk.changedFields(), rights.fields());
        return unseen ? Extent.NONE : extent(rights);
    }

    private Extent extent(Rights rights) {
        return extents.computeIfAbsent(rights, this::count);
    }

    private Extent count(Rights rights) {
        int readable = 0;
        int undecided = 0;
        for (var image : bulk.now()) {
            switch (rights.verdict(image)) {
                case YES -> readable++;
                case UNDECIDED -> undecided++;
                case NO -> {}
            }
        }
        return new Extent(readable, undecided);
    }
}
