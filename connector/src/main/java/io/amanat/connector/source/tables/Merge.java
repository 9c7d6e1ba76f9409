package io.amanat.connector.source.tables;

import io.amanat.connector.source.wal.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Merges what one transaction did: of each row the first old and the last new image, at the place of its last write. A gap of a table
 * swallows what was written to it before.
 */
final class Merge {

    /** One entry of the result. */
    sealed interface Entry {

        record Row(Pending row) implements Entry {}

        record Gap(String table, String reason) implements Entry {}
    }

    private record Id(String table, String key) {}

    private final LinkedHashMap<Id, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Integer> emptied = new HashMap<>();

    void inserted(Layout layout, List<Cell> now) throws Unreadable {
        put(layout, layout.key(now), null, now);
    }

    /** A row whose key changed went, and another one came. */
    void updated(Layout layout, List<Cell> before, List<Cell> written) throws Unreadable {
        var now = layout.completed(written, before);
        var key = layout.key(before);
        if (key.equals(layout.key(now))) {
            put(layout, key, before, now);
        } else {
            put(layout, key, before, null);
            inserted(layout, now);
        }
    }

    void deleted(Layout layout, List<Cell> before) throws Unreadable {
        put(layout, layout.key(before), before, null);
    }

    void gap(String table, String reason) {
        emptied.merge(table, 1, Integer::sum);
        entries.putLast(new Id(table, "\0" + reason), new Entry.Gap(table, reason));
    }

    private void put(Layout layout, String key, @Nullable List<Cell> before, @Nullable List<Cell> now) {
        var id = new Id(layout.table(), key);
        int generation = generation(layout.table());
        var earlier = entries.remove(id) instanceof Entry.Row(var row) && row.emptied() == generation ? row : null;
        var first = earlier == null ? before : earlier.before();
        if (first != null || now != null) {
            entries.put(id, new Entry.Row(new Pending(layout, key, first, now, generation)));
        }
    }

    private int generation(String table) {
        return emptied.getOrDefault(table, 0);
    }

    List<Entry> entries() {
        var valid = new ArrayList<Entry>(entries.size());
        for (var entry : entries.values()) {
            boolean swallowed = entry instanceof Entry.Row(var row)
                    && row.emptied() != generation(row.layout().table());
            if (!swallowed) {
                valid.add(entry);
            }
        }
        return valid;
    }
}
