package io.amanat.bench.resume;

import io.amanat.bench.fanout.Logins;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Fetches a new token for each tab after half to three quarters of the life of the old one, as {@code client/src/renewal.js} does. */
final class Renewals implements AutoCloseable {
    private static final int AT_ONCE = 4;
    private static final double EARLIEST = 0.5;
    private static final double SPREAD = 0.25;

    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(AT_ONCE);
    private final Random random;
    private final Logins logins;
    private final Tabs tabs;

    Renewals(Logins logins, Tabs tabs, long seed) {
        this.logins = logins;
        this.tabs = tabs;
        this.random = new Random(seed);
    }

    void begin(List<Logins.Login> all, List<Logins.Grant> grants) {
        for (int number = 0; number < all.size(); number++) {
            next(number, all.get(number), grants.get(number));
        }
    }

    private void next(int number, Logins.Login login, Logins.Grant grant) {
        long millis = Math.round(grant.seconds() * 1_000 * (EARLIEST + SPREAD * random.nextDouble()));
        var _ = workers.schedule(() -> renew(number, login), millis, TimeUnit.MILLISECONDS);
    }

    private Void renew(int number, Logins.Login login) throws InterruptedException {
        var newer = logins.grant(login);
        tabs.renewed(number, newer);
        next(number, login, newer);
        return null;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
