package io.amanat.connector.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** A bus in memory: ids are taken in order, rows appear when they are committed. */
final class FakeRows implements BusRows {

    private final TreeMap<Long, BusMessage> rows = new TreeMap<>();
    final Set<Long> open = new HashSet<>();
    long sequence;
    Duration oldest = Duration.ZERO;
    Duration retention = Duration.ofDays(1);
    String incarnation = "7421/1/16384";
    boolean tellsState = true;
    int most = Integer.MAX_VALUE;

    /** Takes the next id for a message that creates this record, to be committed later. */
    long take(long txid, long record) {
        return take(Samples.created(sequence + 1, txid, record));
    }

    long take(String message) {
        sequence++;
        open.add(sequence);
        try {
            rows.put(sequence, BusFrame.parse("[" + message + "]").getFirst());
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
        return sequence;
    }

    long send(long txid, long record) {
        return commit(take(txid, record));
    }

    long commit(long id) {
        open.remove(id);
        return id;
    }

    void rollBack(long id) {
        open.remove(id);
        rows.remove(id);
    }

    /** Removes what is old, up to this id. */
    void clean(long upTo) {
        rows.headMap(upTo, true).keySet().removeIf(id -> !open.contains(id));
    }

    @Override
    public Look newest() {
        return after(Math.max(0, sequence - REACH));
    }

    @Override
    public Look after(long id) {
        var found = rows.tailMap(id, false).values().stream()
                .filter(row -> !open.contains(row.id()))
                .toList();
        boolean complete = found.size() <= most;
        return look(id, complete ? found : found.subList(0, most), complete);
    }

    private Look look(long after, List<BusMessage> messages, boolean complete) {
        if (!tellsState) {
            return Look.of(after, messages, retention);
        }
        var lowest = rows.isEmpty() ? Long.MAX_VALUE : rows.firstKey();
        return new Look(
                after,
                new ArrayList<>(messages),
                complete,
                OptionalLong.of(lowest),
                OptionalLong.of(sequence),
                Optional.of(oldest),
                Optional.of(incarnation),
                retention);
    }

    @Override
    public Optional<Look> canary(String nonce) {
        return Optional.of(look(Long.MAX_VALUE, List.of(), true));
    }
}
