package io.amanat.connector.source;

import java.time.Duration;

/** Time as the source sees it: a clock that only moves forward, and waiting on it. */
interface Pace {

    long nanos();

    void pause(Duration duration) throws InterruptedException;

    Pace SYSTEM = new Pace() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    };
}
