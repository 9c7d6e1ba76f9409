package io.amanat.bench.resume;

import io.amanat.bench.fanout.Received;
import io.amanat.bench.wire.Listener;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** What lies between the tabs and the bridge. Used on the loop's thread. */
interface Street {

    void open(Listener listener);

    /** Does this on the loop's thread after so many milliseconds. */
    void later(long millis, Runnable work);

    Received parse(ByteBuffer payload);

    RandomGenerator random();

    Tally tally();
}
