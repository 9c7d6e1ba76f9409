package io.amanat.connector.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that only moves when a test says so; waiting takes none, but moves it. */
final class FakePace implements Pace {

    private final List<Duration> waits = new ArrayList<>();
    private long nanos = 1_000_000_000_000L;
    private long jumped = 1_760_000_000_000L;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long millis() {
        return jumped + nanos / 1_000_000;
    }

    @Override
    public void pause(Duration duration) {
        waits.add(duration);
        advance(duration);
    }

    void advance(Duration duration) {
        nanos += duration.toNanos();
    }

    /** People set their clocks. */
    void jump(Duration duration) {
        jumped += duration.toMillis();
    }

    List<Duration> waits() {
        return List.copyOf(waits);
    }
}
