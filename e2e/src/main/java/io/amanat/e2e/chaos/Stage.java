package io.amanat.e2e.chaos;

import io.amanat.e2e.lab.Lab;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Everything a fault can be injected into. */
record Stage(Lab lab, Host host, Network network, Tabs tabs, int viewers) {
    private static final int SHORT_MS = 500;
    private static final int LONG_MS = 6_000;
    private static final int SLOW_MS = 20_000;
    private static final List<Integer> JUMPS = List.of(-90, -20, 30, 120, 600);

    /** The stretches of network between each pair, but for Odoo's to its database. */
    record Network(
            Link browsersToBridge, Link browsersToOdoo, Link bridgeToOdoo, Link bridgeToBus, Link bridgeToPostgres)
            implements AutoCloseable {
        @Override
        public void close() throws IOException {
            for (var link : List.of(browsersToBridge, browsersToOdoo, bridgeToOdoo, bridgeToBus, bridgeToPostgres)) {
                link.close();
            }
        }
    }

    /** Lets it happen and, where it does not end by itself, ends it again. */
    void suffer(Fault fault, Random random) throws IOException, InterruptedException {
        switch (fault) {
            case BRIDGE_KILLED -> {
                host.bridge().kill();
                wait(random.nextInt(0, 2_000));
                host.bridge().start();
            }
            case BUS_RESTARTED -> lab.killBus();
            case POSTGRES_RESTARTED -> lab.restartPostgres();
            case BRIDGE_FROM_BROWSERS_CUT -> cut(network.browsersToBridge(), random);
            case BRIDGE_FROM_BROWSERS_SILENT -> silence(network.browsersToBridge(), random);
            case ODOO_FROM_BROWSERS_CUT -> cut(network.browsersToOdoo(), random);
            case ODOO_FROM_BROWSERS_SILENT -> silence(network.browsersToOdoo(), random);
            case ODOO_FROM_BRIDGE_CUT -> cut(network.bridgeToOdoo(), random);
            case ODOO_FROM_BRIDGE_SILENT -> silence(network.bridgeToOdoo(), random);
            case BUS_FROM_BRIDGE_CUT -> cut(network.bridgeToBus(), random);
            case BUS_FROM_BRIDGE_SILENT -> silence(network.bridgeToBus(), random);
            case POSTGRES_FROM_BRIDGE_CUT -> cut(network.bridgeToPostgres(), random);
            case POSTGRES_FROM_BRIDGE_SILENT -> silence(network.bridgeToPostgres(), random);
            case POSTGRES_FROM_ODOO_CUT -> new Database(lab).breakOdoos();
            case POSTGRES_FROM_ODOO_SILENT -> new Database(lab).silenceOdoos(random.nextInt(SHORT_MS, LONG_MS));
            case SLOT_DROPPED -> new Database(lab).dropSlot();
            case SLOT_LOST -> {
                network.bridgeToPostgres().cut();
                new Database(lab).loseSlot();
                network.bridgeToPostgres().mend();
            }
            case CLOCK_JUMPED -> {
                host.shiftClock(JUMPS.get(random.nextInt(JUMPS.size())));
                wait(random.nextInt(SHORT_MS, LONG_MS));
                host.shiftClock(0);
            }
            case DISK_FULL -> {
                host.fillDisk();
                wait(random.nextInt(SHORT_MS, LONG_MS));
                host.freeDisk();
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

    /** A half-cut: one direction or both carry nothing, and nobody is told. */
    private static void silence(Link link, Random random) {
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
