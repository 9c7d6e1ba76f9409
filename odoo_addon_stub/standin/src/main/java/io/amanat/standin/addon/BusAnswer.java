package io.amanat.standin.addon;

import io.amanat.standin.bus.Bus;
import io.amanat.standin.bus.Notification;
import io.amanat.standin.store.Database;
import io.amanat.standin.store.OdooError;
import io.amanat.standin.store.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code poll} and {@code canary} answer. */
public final class BusAnswer {

    static final int MAX_ROWS = 1_000;

    private static final int MAX_BYTES = 4_000_000;
    private static final int MAX_NONCE = 64;

    private final Bus bus;
    private final Database database;

    public BusAnswer(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    String incarnation() {
        return database.incarnation();
    }

    Map<String, Object> poll(Object after, Object limit) {
        if (!number(after, 0, Long.MAX_VALUE) || !number(limit, 1, MAX_ROWS)) {
            throw OdooError.validation("After which id, from 0 on, and at most how many, 1 to %d?".formatted(MAX_ROWS));
        }
        int most = ((Number) limit).intValue();
        int last = (int) Math.min(((Number) after).longValue(), Integer.MAX_VALUE);
        var found = bus.after(Addon.PRIVATE, last, most + 1);
        var rows = fitting(found.subList(0, Math.min(most, found.size())));
        var answer = new LinkedHashMap<String, Object>();
        answer.put(
                "notifications",
                rows.stream()
                        .map(one -> Map.of("id", one.id(), "message", one.message()))
                        .toList());
        answer.put("more", rows.size() < found.size());
        answer.putAll(state());
        return answer;
    }

    /** The first ones, up to 4 MB and the one that goes beyond. */
    private static List<Notification> fitting(List<Notification> found) {
        var fitting = new ArrayList<Notification>();
        int bytes = 0;
        for (Notification one : found) {
            if (bytes < MAX_BYTES) {
                fitting.add(one);
                bytes += one.message().length();
            }
        }
        return fitting;
    }

    Map<String, Object> canary(Transaction transaction, Object nonce) {
        if (!(nonce instanceof String text) || text.isEmpty() || text.codePointCount(0, text.length()) > MAX_NONCE) {
            throw OdooError.validation("A nonce is a text of 1 to %d characters.".formatted(MAX_NONCE));
        }
        transaction.sendCanary(text);
        return state();
    }

    private Map<String, Object> state() {
        var state = new LinkedHashMap<String, Object>();
        state.put("lowest", bus.lowest().<Object>map(id -> id).orElse(false));
        state.put("highest", bus.lastTaken());
        state.put("oldest_transaction", database.oldestTransaction().toNanos() / 1e9);
        state.put("incarnation", incarnation());
        return state;
    }

    private static boolean number(Object value, long least, long most) {
        return (value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() >= least
                && ((Number) value).longValue() <= most;
    }
}
