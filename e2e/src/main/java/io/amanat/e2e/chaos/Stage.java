package io.amanat.e2e.chaos;

import io.amanat.e2e.lab.Lab;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Everything a fault can be injected into. */
record Stage(Lab lab, BridgeProcess bridge, Link browsers, Link odoo, Link bus, Tabs tabs, int viewers) {
    private static final int SHORT_MS = 500;
    private static final int LONG_MS = 6_000;
    private static final int SLOW_MS = 20_000;
    private static final List<Integer> JUMPS = List.of(-90, -20, 30, 120, 600);

    /** Lets it happen and, where it does not end by itself, ends it again. */
    void suffer(Fault fault, Random random) throws IOException, InterruptedException {
        switch (fault) {
            case BRIDGE_KILLED -> {
                bridge.kill();
                wait(random.nextInt(0, 2_000));
                bridge.start();
            }
            case BUS_RESTARTED -> lab.killBus();
            case POSTGRES_RESTARTED -> lab.restartPostgres();
            case BROWSERS_CUT -> cut(browsers, random);
            case BROWSERS_HALF_CUT -> halfCut(browsers, random);
            case ODOO_CUT -> cut(odoo, random);
            case ODOO_HALF_CUT -> halfCut(odoo, random);
            case BUS_CUT -> cut(bus, random);
            case BUS_HALF_CUT -> halfCut(bus, random);
            case CLOCK_JUMPED -> {
                bridge.shiftClock(JUMPS.get(random.nextInt(JUMPS.size())));
                wait(random.nextInt(SHORT_MS, LONG_MS));
                bridge.shiftClock(0);
            }
            case DISK_FULL -> {
                bridge.fillDisk();
                wait(random.nextInt(SHORT_MS, LONG_MS));
                bridge.freeDisk();
            }
            case CLIENTS_SLOW -> {
                int pause = random.nextInt(LONG_MS, SLOW_MS);
                tabs.pause(some(random), pause);
                wait(pause);
            }
            case TOKENS_EXPIRED -> tabs.expire(some(random));
        }
    }

    private static void cut(Link link, Random random) {
        link.cut();
        wait(random.nextInt(SHORT_MS, LONG_MS));
        link.mend();
    }

    private static void halfCut(Link link, Random random) {
        boolean there = random.nextBoolean();
        link.silence(there, !there || random.nextInt(3) == 0);
        wait(random.nextInt(LONG_MS / 2, SLOW_MS));
        link.mend();
    }

    private List<Integer> some(Random random) {
        return IntStream.range(0, viewers)
                .filter(index -> random.nextInt(4) == 0)
                .boxed()
                .toList();
    }

    static void wait(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }
}
