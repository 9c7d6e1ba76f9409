package io.amanat.bridge.table;

import io.amanat.bridge.table.filter.Filter;
import io.amanat.bridge.table.filter.RowFilter;
import io.amanat.connector.change.Operation;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One feed with its viewers. What changes in it is changed and read under the lock of its {@link Tables}. */
final class Feed implements TableFeed {

    /**
     * What tells feeds apart.
     *
     * @param columns in the table's order, the key among them
     */
    record Topic(String table, String key, Set<Operation> events, Filter filter, List<String> columns, String role) {}

    private final long number;
    private final Topic topic;
    private final Map<Integer, Integer> entered = new HashMap<>();
    private BitSet viewers = new BitSet();
    private volatile Optional<RowFilter> filter = Optional.empty();

    Feed(long number, Topic topic) {
        this.number = number;
        this.topic = topic;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public String table() {
        return topic.table();
    }

    @Override
    public List<String> columns() {
        return topic.columns();
    }

    Topic topic() {
        return topic;
    }

    /** Which rows it means; empty while nothing may be told of them. */
    Optional<RowFilter> filter() {
        return filter;
    }

    void means(Optional<RowFilter> rows) {
        filter = rows;
    }

    /** Those who watch it now; this set is never changed. */
    BitSet viewers() {
        return viewers;
    }

    void enter(int viewer) {
        if (entered.merge(viewer, 1, Integer::sum) == 1) {
            var more = (BitSet) viewers.clone();
            more.set(viewer);
            viewers = more;
        }
    }

    void leave(int viewer) {
        entered.computeIfPresent(viewer, (it, times) -> times == 1 ? null : times - 1);
        if (!entered.containsKey(viewer)) {
            var fewer = (BitSet) viewers.clone();
            fewer.clear(viewer);
            viewers = fewer;
        }
    }
}
