package io.amanat.connector.source;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Transaction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Turns what arrives from the bus into transactions, each message once, and knows where reading goes on. No I/O. */
final class BusReader {

    private static final Logger LOG = LoggerFactory.getLogger(BusReader.class);
    private static final String OURS = "realtime_updates";

    private final SeenIds seen;
    private final Deque<Transaction> ready = new ArrayDeque<>();
    private long last;

    BusReader(SeenIds seen, long last) {
        this.seen = seen;
        this.last = last;
    }

    @Nullable
    Transaction poll() {
        return ready.pollFirst();
    }

    /** Highest id seen; 0 when none. */
    long last() {
        return last;
    }

    long floor(long now) {
        return seen.floor(now);
    }

    /** A frame of a connection that has stood: Odoo sends what was committed as it is committed. */
    void read(String frame, long now) {
        try {
            accept(BusFrame.parse(frame), now, UnaryOperator.identity());
        } catch (Malformed e) {
            unreadable(e);
        }
    }

    /** A frame of a new connection, which may begin with what an earlier one left out. */
    void catchUp(String frame, long now) {
        try {
            accept(BusFrame.parse(frame), now, this::withoutValuesIfLate);
        } catch (Malformed e) {
            unreadable(e);
        }
    }

    /** What a sweep found. */
    void catchUp(JsonNode notifications, long now) {
        try {
            accept(BusFrame.read(notifications), now, this::withoutValuesIfLate);
        } catch (Malformed e) {
            unreadable(e);
        }
    }

    /** Newer values of the same records may have been returned, so that these would bring old ones back to screens. */
    private Decoded withoutValuesIfLate(Decoded decoded) {
        return decoded.id() < last ? decoded.late() : decoded;
    }

    private void unreadable(Malformed e) {
        LOG.warn("Odoo's bus sent something unreadable ({}); all watches re-read", e.getMessage());
        gap(String.valueOf(e.getMessage()));
    }

    void gap(String reason) {
        ready.addLast(new Transaction(Batch.position(last), List.of(new Change.Gap(Optional.empty(), reason))));
    }

    private void accept(List<BusMessage> messages, long now, UnaryOperator<Decoded> late) {
        var fresh =
                messages.stream().filter(message -> seen.add(message.id(), now)).toList();
        var decoded = fresh.stream()
                .filter(message -> OURS.equals(message.type()))
                .map(MessageDecoder::decode)
                .map(late)
                .toList();
        ready.addAll(Batch.transactions(decoded, last));
        last = Math.max(last, fresh.stream().mapToLong(BusMessage::id).max().orElse(0));
    }
}
