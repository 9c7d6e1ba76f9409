package io.amanat.bridge.table;

import io.amanat.bridge.table.filter.RowFilter;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** One row with the feeds it concerns: what their viewers may see of it before and after says what it means for them. Used once. */
final class Trial {

    private final Row row;
    private final List<Concern> concerns = new ArrayList<>();
    private BitSet sawOld = new BitSet();
    private BitSet seeNow = new BitSet();

    /**
     * A feed that wants the row, as it was or as it is.
     *
     * @param viewers those who are told
     */
    private record Concern(Feed feed, BitSet viewers, boolean old, boolean now) {}

    /** @param spared who is told to read again anyway */
    Trial(Row row, List<Tables.Watched> candidates, BitSet spared) {
        this.row = row;
        for (var watched : candidates) {
            watched.feed().filter().ifPresent(filter -> add(watched, filter, spared));
        }
    }

    private void add(Tables.Watched watched, RowFilter filter, BitSet spared) {
        boolean old = matches(filter, row.old());
        boolean now = matches(filter, row.now());
        var viewers = without(watched.viewers(), spared);
        if ((old || now) && !viewers.isEmpty()) {
            concerns.add(new Concern(watched.feed(), viewers, old, now));
        }
    }

    private static boolean matches(RowFilter filter, Optional<Image> image) {
        return image.map(Image::values).map(filter::matches).orElse(false);
    }

    Row row() {
        return row;
    }

    /** The image before, if somebody may have seen it. */
    Optional<Image> old() {
        return row.old().filter(it -> concerns.stream().anyMatch(Concern::old));
    }

    /** The image after, if somebody may see it. */
    Optional<Image> now() {
        return row.now().filter(it -> concerns.stream().anyMatch(Concern::now));
    }

    /** Adds whom it concerns. */
    void gather(BitSet asked) {
        concerns.forEach(it -> asked.or(it.viewers()));
    }

    void sawOld(BitSet viewers) {
        sawOld = viewers;
    }

    void seeNow(BitSet viewers) {
        seeNow = viewers;
    }

    /** What everybody concerned is told. */
    void decide(Consumer<TableDelivery> told) {
        for (var concern : concerns) {
            var old = concern.old() ? and(concern.viewers(), sawOld) : new BitSet();
            var now = concern.now() ? and(concern.viewers(), seeNow) : new BitSet();
            var feed = concern.feed();
            tell(feed, Operation.CREATE, row.now(feed.columns()), Map.of(), without(now, old), told);
            tell(feed, Operation.DELETE, Map.of(), row.oldKey(feed.topic().key()), without(old, now), told);
            var changed = row.changed(feed.columns());
            if (!changed.isEmpty()) {
                tell(feed, Operation.UPDATE, row.now(feed.columns()), changed, and(old, now), told);
            }
        }
    }

    private void tell(
            Feed feed,
            Operation event,
            Map<String, JsonNode> now,
            Map<String, JsonNode> old,
            BitSet to,
            Consumer<TableDelivery> told) {
        if (!to.isEmpty() && feed.topic().events().contains(event)) {
            told.accept(new TableDelivery.Row(row.offset(), feed, event, now, old, row.at(), to));
        }
    }

    /** Tells everybody concerned to read again. */
    void fail(ResetsOnce resets, String reason) {
        concerns.forEach(it -> resets.add(row.offset(), it.feed(), reason, it.viewers()));
    }

    private static BitSet and(BitSet some, BitSet others) {
        var both = (BitSet) some.clone();
        both.and(others);
        return both;
    }

    private static BitSet without(BitSet some, BitSet others) {
        var left = (BitSet) some.clone();
        left.andNot(others);
        return left;
    }
}
