package io.amanat.connector.source;

import io.amanat.connector.change.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * One transaction, put together from the decoded messages that arrived together.
 *
 * @param ids of its messages, ascending; at least one
 * @param changes what it did in the end; empty if nothing of it is left
 */
record Batch(List<Long> ids, List<Change> changes) {

    /** One transaction, of all its messages in order of ids. */
    static Batch of(List<Decoded> messages) {
        var changes = messages.stream().map(Decoded::change).toList();
        return new Batch(messages.stream().map(Decoded::id).toList(), TransactionMerge.merge(changes));
    }

    /**
     * The messages of each transaction, ordered by the last ones: ids are taken before commit, so this is the nearest to commit order
     * that ids can tell, and exact for transactions that wrote the same record.
     */
    static List<List<Decoded>> grouped(List<Decoded> decoded) {
        var groups = new LinkedHashMap<Object, List<Decoded>>();
        decoded.stream()
                .sorted(Comparator.comparingLong(Decoded::id))
                .forEach(one -> groups.computeIfAbsent(one.txid() == 0 ? one : one.txid(), _ -> new ArrayList<>())
                        .add(one));
        return groups.values().stream()
                .sorted(Comparator.comparingLong(group -> group.getLast().id()))
                .toList();
    }
}
