package io.amanat.bridge.session;

import io.amanat.bridge.protocol.TableRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What the clients of one tenant measured themselves: how long it took from commit to applied, and how often they lost the
 * connection. Of everything since the start, and of the last ten minutes. Shared.
 */
public final class Reports implements Consumer<TableRequest.Report> {

    /** What {@link #recent} looks back. */
    public static final Duration WINDOW = Duration.ofMinutes(10);

    private static final long PART = Duration.ofMinutes(1).toNanos();
    private static final int PARTS = (int) WINDOW.toMinutes();

    /** What is longer is no delay but a clock that is wrong, or a computer that slept. */
    private static final int LONGEST_DELAY = 600_000;

    private static final int LONGEST_REPORT = 600;
    private static final int MOST_DISCONNECTS = 100;

    private final LongSupplier nanos;
    private final long began;
    private final Part all = new Part(0);
    private final Part[] parts = new Part[PARTS];

    /** What was reported in one minute, or ever. */
    private static final class Part {
        final long minute;
        final Delays delays = new Delays();
        long disconnects;
        long seconds;

        Part(long minute) {
            this.minute = minute;
        }

        void add(TableRequest.Report report) {
            report.delays().stream()
                    .filter(it -> it >= 0 && it <= LONGEST_DELAY)
                    .forEach(delays::add);
            disconnects += Math.clamp(report.disconnects(), 0, MOST_DISCONNECTS);
            seconds += Math.clamp(report.seconds(), 0, LONGEST_REPORT);
        }

        void add(Part other) {
            delays.add(other.delays);
            disconnects += other.disconnects;
            seconds += other.seconds;
        }

        Measured measured() {
            var buckets = new ArrayList<SessionMetrics.Bucket>();
            for (int i = 0; i <= Delays.bounds(); i++) {
                buckets.add(new SessionMetrics.Bucket(Delays.bound(i), delays.upTo(i)));
            }
            return new Measured(delays.quantile(0.95), buckets, delays.millis(), disconnects, seconds);
        }
    }

    /**
     * What was measured together.
     *
     * @param p95 milliseconds within which 95 % of changes were applied, rounded up; empty if none was measured
     * @param delays for each bound in milliseconds, how many were no longer
     * @param millis all delays together
     * @param disconnects lost connections
     * @param seconds of all clients together, in which that was measured
     */
    public record Measured(
            OptionalInt p95, List<SessionMetrics.Bucket> delays, long millis, long disconnects, long seconds) {

        public Measured {
            delays = List.copyOf(delays);
        }

        /** How many delays were measured. */
        public long count() {
            return delays.getLast().count();
        }

        /** How many connections of a hundred are lost in ten minutes, as a share; 0 if nothing was measured. */
        public double disconnectShare() {
            return seconds == 0 ? 0 : disconnects * (double) WINDOW.toSeconds() / seconds;
        }
    }

    /** @param nanos a clock that never goes back */
    public Reports(LongSupplier nanos) {
        this.nanos = nanos;
        this.began = nanos.getAsLong();
        for (int i = 0; i < PARTS; i++) {
            parts[i] = new Part(i);
        }
    }

    @Override
    public synchronized void accept(TableRequest.Report report) {
        long minute = minute();
        int place = (int) (minute % PARTS);
        if (parts[place].minute != minute) {
            parts[place] = new Part(minute);
        }
        parts[place].add(report);
        all.add(report);
    }

    private long minute() {
        return (nanos.getAsLong() - began) / PART;
    }

    /** Of the last ten minutes, this one included. */
    public synchronized Measured recent() {
        long oldest = minute() - PARTS;
        var recent = new Part(0);
        for (var part : parts) {
            if (part.minute > oldest) {
                recent.add(part);
            }
        }
        return recent.measured();
    }

    /** Since the start. */
    public synchronized Measured ever() {
        return all.measured();
    }
}
