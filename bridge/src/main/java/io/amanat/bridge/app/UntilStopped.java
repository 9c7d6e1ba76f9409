package io.amanat.bridge.app;

import java.util.concurrent.CountDownLatch;

/** Keeps the program alive until Ctrl-C or SIGTERM, and then stops what runs before the JVM ends. */
final class UntilStopped {

    private UntilStopped() {}

    static void run(Parts running) throws InterruptedException {
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("amanat-stop").unstarted(() -> {
                    running.close();
                    stopped.countDown();
                }));
        stopped.await();
    }
}
