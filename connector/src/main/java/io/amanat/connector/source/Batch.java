package io.amanat.connector.source;

import io.amanat.connector.change.Position;
import io.amanat.connector.change.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts decoded messages that arrived together back into whole transactions, in the order in which they were committed. */
final class Batch {

    private Batch() {}

    /**
     * The transactions, ordered by their last message: ids are taken before commit, so this is the nearest to commit order that
     * ids can tell, and exact for transactions that wrote the same record. Each one's position leaves no later one behind.
     *
     * @param last highest id known before this batch
     */
    static List<Transaction> transactions(List<Decoded> decoded, long last) {
        var groups = new ArrayList<>(grouped(decoded).values());
        groups.sort(Comparator.comparingLong(group -> group.getLast().id()));
        var transactions = new ArrayList<Transaction>();
        long highest =
                Math.max(last, decoded.stream().mapToLong(Decoded::id).max().orElse(0));
        for (int i = groups.size() - 1; i >= 0; i--) {
            var changes = TransactionMerge.merge(
                    groups.get(i).stream().map(Decoded::change).toList());
            if (!changes.isEmpty()) {
                transactions.add(new Transaction(position(highest), changes));
            }
            highest = Math.min(highest, groups.get(i).getFirst().id() - 1);
        }
        return transactions.reversed();
    }

    private static Map<Object, List<Decoded>> grouped(List<Decoded> decoded) {
        var groups = new LinkedHashMap<Object, List<Decoded>>();
        decoded.stream()
                .sorted(Comparator.comparingLong(Decoded::id))
                .forEach(one -> groups.computeIfAbsent(one.txid() == 0 ? one : one.txid(), _ -> new ArrayList<>())
                        .add(one));
        return groups;
    }

    static Position position(long id) {
        return new Position(Long.toString(Math.max(0, id)));
    }
}
