package io.amanat.bridge.table;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Resets of one place in the stream: each viewer of a feed is told to read again once, for one reason. */
final class ResetsOnce {

    private record Why(TableFeed feed, String reason) {}

    private record Who(long offset, BitSet viewers) {}

    private final Map<Why, Who> resets = new LinkedHashMap<>();

    void add(long offset, TableFeed feed, String reason, BitSet viewers) {
        if (!viewers.isEmpty()) {
            resets.merge(new Why(feed, reason), new Who(offset, (BitSet) viewers.clone()), (one, more) -> {
                one.viewers().or(more.viewers());
                return new Who(Math.max(one.offset(), more.offset()), one.viewers());
            });
        }
    }

    List<TableDelivery> deliveries() {
        var all = new ArrayList<TableDelivery>();
        resets.forEach(
                (why, who) -> all.add(new TableDelivery.Reset(who.offset(), why.feed(), why.reason(), who.viewers())));
        return all;
    }
}
