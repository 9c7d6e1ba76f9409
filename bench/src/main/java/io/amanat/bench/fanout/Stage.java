package io.amanat.bench.fanout;

import io.amanat.bench.process.Child;
import io.amanat.bench.process.Usage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a run with many viewers needs: the stand-in Odoo and the bridge, in processes of their own. They end with it. */
public final class Stage implements AutoCloseable {
    private final Child standin;
    private final Bridge bridge;
    private final Logins logins;

    private Stage(Child standin, Bridge bridge, Logins logins) {
        this.standin = standin;
        this.bridge = bridge;
        this.logins = logins;
    }

    /**
     * Starts both and returns when the bridge is ready.
     *
     * @param load says which users there are
     */
    public static Stage start(Path jar, List<String> javaOptions, Load load) throws IOException {
        Path directory = Files.createTempDirectory("amanat-bench");
        Child standin = Child.talking(directory.resolve("standin.log"), host(load));
        try {
            String[] ready = standin.answer("ready");
            URI odoo = URI.create(ready[1]);
            Bridge bridge = Bridge.start(jar, javaOptions, odoo, ready[2], directory);
            return new Stage(standin, bridge, new Logins(odoo, ready[2]));
        } catch (IOException | IllegalStateException e) {
            standin.close();
            throw e;
        }
    }

    public Bridge bridge() {
        return bridge;
    }

    /** A login session and a token for each browser of this load, in their order. */
    public List<String> tokens(Load load) throws InterruptedException {
        return logins.grants(logins.of(load)).stream().map(Logins.Grant::token).toList();
    }

    /** Where viewers log in. */
    public Logins logins() {
        return logins;
    }

    /** Writes the changes of this load at its pace; returns how late the latest of them was, in ms. */
    public long write(Load load) throws IOException {
        begin(1, load.events(), load.rate());
        return written();
    }

    /** Begins to write the changes {@code first} to {@code last} at an even pace; {@link #written} waits for the end. */
    public void begin(int first, int last, int perSecond) {
        standin.tell("run %d %d %d".formatted(first, last, perSecond));
    }

    /** Waits until all was written, and says how late the latest change was, in milliseconds. */
    public long written() throws IOException {
        return Long.parseLong(standin.answer("done")[1]);
    }

    /** How often the bridge has asked about rights. */
    int asked() throws IOException {
        standin.tell("asked");
        return Integer.parseInt(standin.answer("asked")[1]);
    }

    /** What the stand-in has used of the CPU so far. */
    public double standinCpuSeconds() {
        return Usage.of(standin.pid()).cpuSeconds();
    }

    @Override
    public void close() {
        logins.close();
        bridge.close();
        standin.close();
    }

    private static List<String> host(Load load) {
        return List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "io.amanat.bench.Main",
                "standin-host",
                "--classes=" + load.classes(),
                "--users=" + load.users());
    }
}
