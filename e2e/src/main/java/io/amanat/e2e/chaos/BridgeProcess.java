package io.amanat.e2e.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.amanat.e2e.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The bridge under test, a process of its own that can be killed and started again on what it kept. */
final class BridgeProcess implements AutoCloseable {
    private static final String SERVICE_USER = "amanat_bridge";

    private final Path folder;
    private final Path config;
    private final Path clock;
    private final Path log;
    private final List<String> java;
    private @Nullable Process process;

    private BridgeProcess(Path folder, List<String> java) {
        this.folder = folder;
        this.config = folder.resolve("amanat.yaml");
        this.clock = folder.resolve("clock");
        this.log = folder.resolve("bridge.log");
        this.java = java;
    }

    /**
     * Where everything leads through.
     *
     * @param port of the bridge itself
     */
    record Places(int port, int odoo, int bus, int postgres, String source) {}

    /** Writes its settings into this folder; it is not started yet. */
    static BridgeProcess in(Path folder, Lab lab, Places places) throws IOException {
        var bridge = new BridgeProcess(folder, command());
        bridge.secret("odoo.password", Objects.requireNonNull(lab.passwords().get(SERVICE_USER)));
        Files.writeString(bridge.clock, "0");
        Files.writeString(bridge.config, """
                odoo:
                  url: http://127.0.0.1:%d
                  websocket_url: ws://127.0.0.1:%d/websocket
                  database: %s
                  login: %s
                  password_file: %s/odoo.password
                  source: %s
                data_dir: %s/data
                browsers:
                  host: 127.0.0.1
                  port: %d
                  origins: ["%s"]
                admin:
                  socket: %s/admin.sock
                """.formatted(
                        places.odoo(),
                        places.bus(),
                        lab.database(),
                        SERVICE_USER,
                        folder,
                        places.source(),
                        folder,
                        places.port(),
                        lab.url(),
                        folder));
        return bridge;
    }

    private static List<String> command() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-Xmx1g", "-cp", System.getProperty("java.class.path"), ShiftedBridge.class.getName());
    }

    private void secret(String name, String value) throws IOException {
        var file = Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, value);
    }

    void start() throws IOException {
        var command = new ArrayList<>(java);
        command.add(config.toString());
        command.add(clock.toString());
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    boolean alive() {
        return process != null && process.isAlive();
    }

    /** Kills it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        Objects.requireNonNull(process).destroyForcibly().waitFor();
    }

    /** Its clock jumps by so many seconds from the machine's. */
    void shiftClock(int seconds) throws IOException {
        Files.writeString(clock, Integer.toString(seconds));
    }

    /** No file of it can grow, as if the disk were full; what was written stays. */
    void fillDisk() throws IOException, InterruptedException {
        limitFiles("0:unlimited");
    }

    void freeDisk() throws IOException, InterruptedException {
        limitFiles("unlimited:unlimited");
    }

    private void limitFiles(String limit) throws IOException, InterruptedException {
        long pid = Objects.requireNonNull(process).pid();
        int code = new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=" + limit)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("prlimit ended with " + code);
        }
    }

    Path log() {
        return log;
    }

    /** How often this text is in its log. */
    long said(String text) throws IOException {
        try (var lines = Files.lines(log, UTF_8)) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(10))) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
