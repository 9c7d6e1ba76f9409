package io.amanat.bridge.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private static final int ERRANDS = 20_000;
    private static final long A_MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Workers workers = new Workers(() -> A_MINUTE, () -> {}, () -> {});

    @AfterEach
    void end() {
        workers.close();
    }

    @Test
    void noErrandOvertakesAnotherWhoeverRunsThem() {
        workers.start();
        var ran = new ArrayList<Integer>();

        for (int i = 0; i < ERRANDS; i++) {
            int number = i;
            workers.soon(() -> ran.add(number));
            if (i % 3 == 0) {
                workers.locked(workers::hurry);
            }
        }
        workers.locked(workers::hurry);

        assertThat(ran).isEqualTo(IntStream.range(0, ERRANDS).boxed().toList());
    }

    @Test
    void anErrandThatFailsKeepsNoOtherFromItsOwn() throws InterruptedException {
        workers.start();
        var ran = new CountDownLatch(1);

        workers.soon(() -> {
            throw new IllegalStateException("a fault on purpose");
        });
        workers.soon(ran::countDown);

        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(workers.isAlive()).isTrue();
    }

    @Test
    void whatIsDueIsToldAtOnceWhenThatChanges() throws InterruptedException {
        var left = new AtomicLong(A_MINUTE);
        var told = new CountDownLatch(1);
        Runnable tell = () -> {
            left.set(A_MINUTE);
            told.countDown();
        };
        try (var mine = new Workers(left::get, tell, () -> {})) {
            mine.start();
            mine.locked(() -> {
                left.set(0);
                mine.due();
            });

            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theirThreadsEndWithThem() {
        workers.start();
        assertThat(workers.isAlive()).isTrue();

        workers.close();

        assertThat(workers.isAlive()).isFalse();
    }
}
