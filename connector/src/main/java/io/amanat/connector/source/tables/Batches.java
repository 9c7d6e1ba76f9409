package io.amanat.connector.source.tables;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import io.amanat.connector.source.wal.Cell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes changes of merged rows: one for each run of rows of the same table and operation. */
final class Batches {

    /** Rows in one change; more become several. */
    static final int MOST_ROWS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

    private final Instant at;
    private final Optional<String> version;
    private final List<Change> changes = new ArrayList<>();
    private final List<Pending> run = new ArrayList<>();

    /** @param xid of the transaction: by it another connection can tell whether it sees it already */
    Batches(Instant at, String xid) {
        this.at = at;
        this.version = Optional.of(xid);
    }

    List<Change> changes(List<Merge.Entry> entries) {
        for (var entry : entries) {
            switch (entry) {
                case Merge.Entry.Row(var row) -> {
                    if (!run.isEmpty() && (run.size() == MOST_ROWS || !belongs(row))) {
                        end();
                    }
                    run.add(row);
                }
                case Merge.Entry.Gap(var table, var reason) -> {
                    end();
                    changes.add(new Change.Gap(Optional.of(table), reason, version));
                }
            }
        }
        end();
        return changes;
    }

    private boolean belongs(Pending row) {
        var last = run.getLast();
        return last.layout() == row.layout() && last.operation() == row.operation();
    }

    private void end() {
        if (run.isEmpty()) {
            return;
        }
        var layout = run.getFirst().layout();
        try {
            changes.add(records(layout, run.getFirst().operation()));
        } catch (Unreadable e) {
            LOG.warn("rows of {} are left out, {}; whoever watches the table re-reads", layout.table(), e.getMessage());
            changes.add(new Change.Gap(Optional.of(layout.table()), "unreadable", version));
        }
        run.clear();
    }

    private Change records(Layout layout, Operation operation) throws Unreadable {
        var now = new ArrayList<Image>(run.size());
        var before = new ArrayList<Image>(run.size());
        var changed = new HashSet<String>();
        for (var row : run) {
            add(row, now, before);
            if (operation == Operation.UPDATE) {
                differing(row, changed);
            }
        }
        return new Change.Records(
                layout.table(), operation, TableRows.NOBODY, at, now, List.of(), before, changed, Set.of());
    }

    private void add(Pending row, List<Image> now, List<Image> before) throws Unreadable {
        var layout = row.layout();
        var ref = layout.ref(row.key());
        var old = row.before();
        var next = row.now();
        if (old == null && next != null) {
            now.add(layout.image(ref, version, layout.values(next)));
        } else if (old != null && next == null) {
            now.add(new Image(ref, Map.of(), version));
            before.add(layout.image(ref, version, layout.values(old)));
        } else if (old != null && next != null) {
            var values = layout.values(old);
            before.add(layout.image(ref, version, values));
            now.add(layout.image(ref, version, layout.values(next, old, values)));
        }
    }

    private static void differing(Pending row, Set<String> changed) {
        List<Cell> old = row.before() == null ? List.of() : row.before();
        List<Cell> next = row.now() == null ? List.of() : row.now();
        for (int i = 0; i < Math.min(old.size(), next.size()); i++) {
            if (!old.get(i).equals(next.get(i))) {
                changed.add(row.layout().names().get(i));
            }
        }
    }
}
