package io.amanat.connector.source;

import java.time.Duration;

/** Time as the source sees it: a clock that only moves forward, and waiting on it. */
interface Pace {

    long nanos();

    /** The moment as people know it, in milliseconds since 1970; it may jump. */
    long millis();

    void pause(Duration duration) throws InterruptedException;

    Pace SYSTEM = new Pace() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    };
}
