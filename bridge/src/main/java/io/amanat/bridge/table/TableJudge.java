package io.amanat.bridge.table;

import io.amanat.bridge.access.rls.Visibility;
import io.amanat.bridge.channel.Numbered;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import io.amanat.connector.change.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Decides, change by change, what each viewer of a table is told: filters first, then whether the policies show the row as it was and
 * as it is. Used by one thread, which may wait for PostgreSQL.
 */
public final class TableJudge {

    static final String FAILED = "failed";

    private static final Logger LOG = LoggerFactory.getLogger(TableJudge.class);
    private static final String RIGHTS = "rights";
    private static final String GAP = "gap";
    private static final String COLUMNS = "columns";
    private static final Set<String> TOLD_REASONS = Set.of("truncated", COLUMNS);

    /** How long column privileges count, where PostgreSQL does not announce that they change. */
    private static final Duration LOOKED_AT = Duration.ofSeconds(30);

    /** The most changes that wait for the rest of their transaction. */
    private static final int MOST_HELD = 2_000;

    private final Tables tables;
    private final Visibility visibility;
    private final TableDeliveries deliveries;
    private final int burst;
    private final LongSupplier nanos;
    private List<Numbered> held = List.of();
    private Set<Feed> silent = Set.of();
    private boolean unsure;
    private long refreshed;

    /**
     * A judge at the end of a journal.
     *
     * @param burst the most changes that are handed over at once; when it is as many, there may be more of the same transaction
     * @param nanos a clock that only grows, in nanoseconds
     */
    public TableJudge(Tables tables, Visibility visibility, TableDeliveries deliveries, int burst, LongSupplier nanos) {
        this.tables = tables;
        this.visibility = visibility;
        this.deliveries = deliveries;
        this.burst = burst;
        this.nanos = nanos;
        this.refreshed = nanos.getAsLong();
    }

    /** Decides these changes, the next ones of the journal; none when there are no more for now. */
    public void decide(List<Numbered> changes) {
        var all = new ArrayList<>(held);
        all.addAll(changes);
        held = List.of();
        var transactions = new ArrayList<>(Transactions.split(all));
        if (changes.size() >= burst && !transactions.isEmpty()) {
            held = transactions.removeLast();
        }
        if (held.size() > MOST_HELD) {
            long last = held.getLast().offset();
            held = List.of();
            LOG.warn("a transaction of more than {} changes is not told row by row; everybody reads again", MOST_HELD);
            transactions.add(List.of(new Numbered(last, new Change.Gap(Optional.empty(), "too large"))));
        }
        decideAll(transactions);
    }

    private void decideAll(List<List<Numbered>> transactions) {
        var batch = new Batch(visibility, deliveries::deliver);
        if (unsure || nanos.getAsLong() - refreshed > LOOKED_AT.toNanos()) {
            refresh(
                    transactions.isEmpty()
                            ? 0
                            : transactions.getFirst().getFirst().offset(),
                    batch);
        }
        transactions.forEach(transaction -> decide(transaction, batch));
        batch.flush();
        if (!transactions.isEmpty()) {
            deliveries.reached(transactions.getLast().getLast().offset());
        }
    }

    /** Whoever is told to read again because of one transaction is told nothing else of it: what was seen before is not known. */
    private void decide(List<Numbered> transaction, Batch batch) {
        if (transaction.stream().anyMatch(it -> visibility.matters(it.change()))) {
            batch.flush();
        }
        var again = new HashMap<String, BitSet>();
        for (var numbered : transaction) {
            visibility
                    .changed(numbered.offset(), numbered.change())
                    .forEach((table, viewers) -> again.merge(table, (BitSet) viewers.clone(), TableJudge::or));
        }
        if (transaction.stream().anyMatch(it -> isOfCatalogue(it.change()))) {
            refresh(transaction.getFirst().offset(), batch);
        }
        transaction.forEach(numbered -> decide(numbered, again, batch));
        again.forEach((table, viewers) -> readAgain(transaction.getLast().offset(), table, viewers, batch));
    }

    private static BitSet or(BitSet some, BitSet more) {
        some.or(more);
        return some;
    }

    private void readAgain(long offset, String table, BitSet viewers, Batch batch) {
        for (var watched : tables.all(table)) {
            var to = (BitSet) watched.viewers().clone();
            to.and(viewers);
            reset(offset, watched.feed(), RIGHTS, to, batch);
        }
    }

    private static boolean isOfCatalogue(Change change) {
        return change instanceof Change.Rights
                || (change instanceof Change.Gap gap && !"truncated".equals(gap.reason()));
    }

    /** Who may be told nothing now reads again, and once more when that is over. */
    private void refresh(long offset, Batch batch) {
        var standing = tables.refresh();
        var now = new HashSet<Feed>();
        standing.silent().forEach(it -> now.add(it.feed()));
        standing.silent().stream()
                .filter(it -> !silent.contains(it.feed()))
                .forEach(it -> reset(offset, it.feed(), RIGHTS, it.viewers(), batch));
        tables.all().stream()
                .filter(it -> silent.contains(it.feed()) && !now.contains(it.feed()))
                .forEach(it -> reset(offset, it.feed(), RIGHTS, it.viewers(), batch));
        silent = now;
        refreshed = nanos.getAsLong();
        unsure = !standing.sure();
    }

    private void decide(Numbered numbered, Map<String, BitSet> again, Batch batch) {
        switch (numbered.change()) {
            case Change.Records it when it.model().equals(Tables.OPERATIONS) -> receipts(numbered.offset(), it, batch);
            case Change.Records it -> {
                var spared = again.getOrDefault(it.model(), new BitSet());
                Row.of(numbered, it).forEach(row -> decide(row, spared, batch));
            }
            case Change.Gap it -> gap(numbered.offset(), it, batch);
            case Change.Bulk it ->
                tables.all(it.model()).forEach(watched -> gap(numbered.offset(), watched, GAP, batch));
            case Change.Rights it -> {}
            case Change.Event it -> {}
        }
    }

    private void decide(Row row, BitSet spared, Batch batch) {
        var candidates = tables.candidates(row.table(), row.images());
        if (!candidates.isEmpty()) {
            batch.add(new Trial(row, candidates, spared));
        }
    }

    private void gap(long offset, Change.Gap gap, Batch batch) {
        var reason = TOLD_REASONS.contains(gap.reason()) ? gap.reason() : GAP;
        gap.model().map(tables::all).orElseGet(tables::all).forEach(it -> gap(offset, it, reason, batch));
    }

    private static void gap(long offset, Tables.Watched watched, String reason, Batch batch) {
        reset(offset, watched.feed(), reason, watched.viewers(), batch);
    }

    private static void reset(long offset, TableFeed feed, String reason, BitSet viewers, Batch batch) {
        if (!viewers.isEmpty()) {
            batch.add(new TableDelivery.Reset(offset, feed, reason, viewers));
        }
    }

    private static void receipts(long offset, Change.Records written, Batch batch) {
        if (written.operation() == Operation.CREATE) {
            for (var image : written.now()) {
                batch.add(new TableDelivery.Receipt(
                        offset, text(image, "subject"), UUID.fromString(text(image, "op_id"))));
            }
        }
    }

    private static String text(Image image, String column) {
        JsonNode none = MissingNode.getInstance();
        return image.values().getOrDefault(column, none).asString("");
    }
}
