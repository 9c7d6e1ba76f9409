package io.amanat.e2e.chaos;

import io.amanat.bridge.app.Bridge;
import io.amanat.bridge.app.settings.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The bridge as {@code amanat serve} runs it, but for its clock, which is as many seconds off as a file says. */
final class ShiftedBridge {
    private static final long LOOK_NANOS = 200_000_000;

    private ShiftedBridge() {}

    public static void main(String[] arguments) throws InterruptedException {
        var shift = Path.of(arguments[0]);
        var config = Path.of(arguments[1]);
        var bridge = Bridge.start(
                SettingsReader.read(config, Map.of()), () -> SettingsReader.read(config, Map.of()), clock(shift));
        Runtime.getRuntime().addShutdownHook(new Thread(bridge::close));
        new CountDownLatch(1).await();
    }

    private static InstantSource clock(Path shift) {
        var seconds = new AtomicLong();
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                seconds.set(seconds(shift));
                LockSupport.parkNanos(LOOK_NANOS);
            }
        });
        return () -> InstantSource.system().instant().plusSeconds(seconds.get());
    }

    private static long seconds(Path shift) {
        try {
            var text = Files.readString(shift).strip();
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
