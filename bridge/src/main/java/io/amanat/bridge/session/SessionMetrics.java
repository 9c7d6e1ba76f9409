package io.amanat.bridge.session;

import io.amanat.bridge.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts what sessions did. Shared. */
public final class SessionMetrics {

    /** Upper bounds of the lag histogram, in milliseconds; one more bucket takes the rest. */
    private static final List<Integer> BOUNDS =
            List.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000);

    private final LongAdder sessions = new LongAdder();
    private final LongAdder welcomed = new LongAdder();
    private final LongAdder watches = new LongAdder();
    private final LongAdder resumed = new LongAdder();
    private final LongAdder encoded = new LongAdder();
    private final LongAdder frames = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder overflows = new LongAdder();
    private final LongAdder stalled = new LongAdder();
    private final LongAdder lagMillis = new LongAdder();
    private final AtomicLongArray lag = new AtomicLongArray(BOUNDS.size() + 1);
    private final Map<ErrorCode, LongAdder> refusals = new EnumMap<>(ErrorCode.class);

    /** How many deliveries were encoded at most this many milliseconds after their commit; the last bucket has no bound. */
    public record Bucket(double millis, long count) {}

    public SessionMetrics() {
        for (var code : ErrorCode.values()) {
            refusals.put(code, new LongAdder());
        }
    }

    /** Open connections, greeted or not. */
    public long sessions() {
        return sessions.sum();
    }

    /** Sessions that were welcomed so far. */
    public long welcomes() {
        return welcomed.sum();
    }

    /** Active watches. */
    public long watches() {
        return watches.sum();
    }

    /** Watches that came back and were told what they missed. */
    public long resumedWatches() {
        return resumed.sum();
    }

    /** Frames encoded for any number of sessions. */
    public long encoded() {
        return encoded.sum();
    }

    /** Frames written to sockets. */
    public long frames() {
        return frames.sum();
    }

    /** Bytes of payload written to sockets. */
    public long bytes() {
        return bytes.sum();
    }

    /** How often a full outbox was replaced by resets. */
    public long overflows() {
        return overflows.sum();
    }

    /** Connections cut because nothing could be written to them, or because they gave no sign of life. */
    public long stalled() {
        return stalled.sum();
    }

    /** How often clients were refused something, for this reason. */
    public long refusals(ErrorCode code) {
        return adder(code).sum();
    }

    /** Time from commit to encoded frame: cumulative buckets, ascending. */
    public List<Bucket> lag() {
        var buckets = new ArrayList<Bucket>();
        long sum = 0;
        for (int i = 0; i < lag.length(); i++) {
            sum += lag.get(i);
            buckets.add(new Bucket(i < BOUNDS.size() ? BOUNDS.get(i) : Double.POSITIVE_INFINITY, sum));
        }
        return buckets;
    }

    /** The sum of all lags, in seconds. */
    public double lagSeconds() {
        return lagMillis.sum() / 1e3;
    }

    void opened() {
        sessions.increment();
    }

    void closed() {
        sessions.decrement();
    }

    void welcomed() {
        welcomed.increment();
    }

    void watching(int more) {
        watches.add(more);
    }

    void resumed() {
        resumed.increment();
    }

    void sent(int size) {
        frames.increment();
        bytes.add(size);
    }

    void overflowed() {
        overflows.increment();
    }

    void cut() {
        stalled.increment();
    }

    void refused(ErrorCode code) {
        adder(code).increment();
    }

    void encoded(Duration sinceCommit) {
        encoded.increment();
        long millis = Math.max(0, sinceCommit.toMillis());
        lagMillis.add(millis);
        int bucket = 0;
        while (bucket < BOUNDS.size() && millis > BOUNDS.get(bucket)) {
            bucket++;
        }
        lag.incrementAndGet(bucket);
    }

    private LongAdder adder(ErrorCode code) {
        return refusals.getOrDefault(code, stalled);
    }
}
