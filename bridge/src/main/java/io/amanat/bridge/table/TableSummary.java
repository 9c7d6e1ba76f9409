package io.amanat.bridge.table;

import io.amanat.bridge.channel.Decided;
import io.amanat.bridge.channel.Numbered;
import io.amanat.connector.change.Change;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Says what became of each change of tables without saying any value, while somebody wants to know. Stands between the judge and the
 * sessions; used by the one thread that decides.
 */
public final class TableSummary implements TableDeliveries {

    private final TableDeliveries sessions;
    private final BooleanSupplier wanted;
    private final Consumer<Decided> listener;
    private final Queue<Numbered> undecided = new ArrayDeque<>();
    private final Map<Long, Count> counts = new HashMap<>();

    private static final class Count {
        private final BitSet viewers = new BitSet();
        private final BitSet resets = new BitSet();
        private int frames;
    }

    /**
     * @param sessions are handed everything, unchanged
     * @param wanted whether anybody listens; asked for each burst
     * @param listener must return at once
     */
    public TableSummary(TableDeliveries sessions, BooleanSupplier wanted, Consumer<Decided> listener) {
        this.sessions = sessions;
        this.wanted = wanted;
        this.listener = listener;
    }

    /** These are decided next. */
    public void expect(List<Numbered> changes) {
        if (wanted.getAsBoolean()) {
            changes.stream().filter(it -> !isOurs(it.change())).forEach(undecided::add);
        }
    }

    /** The bridge notes writes and marks for itself. */
    private static boolean isOurs(Change change) {
        return change instanceof Change.Event
                || (change instanceof Change.Records it && it.model().equals(Tables.OPERATIONS));
    }

    @Override
    public void deliver(List<TableDelivery> decided) {
        sessions.deliver(decided);
        if (!undecided.isEmpty()) {
            decided.forEach(this::count);
        }
    }

    private void count(TableDelivery delivery) {
        var count = counts.computeIfAbsent(delivery.offset(), _ -> new Count());
        switch (delivery) {
            case TableDelivery.Row row -> {
                count.frames++;
                count.viewers.or(row.to());
            }
            case TableDelivery.Reset reset -> count.resets.or(reset.to());
            case TableDelivery.Receipt _ -> {}
        }
    }

    @Override
    public void reached(long offset) {
        sessions.reached(offset);
        for (var next = undecided.peek(); next != null && next.offset() <= offset; next = undecided.peek()) {
            say(undecided.remove());
        }
        counts.clear();
    }

    private void say(Numbered change) {
        var count = counts.getOrDefault(change.offset(), new Count());
        listener.accept(Decided.of(change, count.frames, count.viewers.cardinality(), count.resets.cardinality()));
    }
}
