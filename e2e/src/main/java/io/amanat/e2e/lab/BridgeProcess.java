package io.amanat.e2e.lab;

import io.amanat.bench.process.Child;
import io.amanat.bench.process.KeptPort;
import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.admin.AdminClient;
import io.amanat.bridge.admin.AdminException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** A bridge of its own on the lab's Odoo, in a process that can be killed and started again with what it keeps. */
public final class BridgeProcess implements AutoCloseable {
    private static final String SERVICE_USER = "amanat_bridge";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern CHANGES = Pattern.compile("amanat_changes_total\\{[^}]*} [1-9]");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final KeptPort kept = new KeptPort();
    private final int port = kept.number();
    private int starts;
    private Child process;

    /**
     * Starts it and waits until it serves, and has told everybody that it heard nothing before.
     *
     * @param folder its home, where its data and its logs are
     */
    public BridgeProcess(Lab lab, Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            secret("password", Objects.requireNonNull(lab.passwords().get(SERVICE_USER)));
            Files.writeString(folder.resolve("amanat.yaml"), settings(lab));
            process = begin();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a bridge in " + folder, e);
        }
        await(this::ready);
        await(this::listens);
    }

    private String settings(Lab lab) {
        return """
                odoo:
                  url: %s
                  websocket_url: %s
                  database: %s
                  password_file: password
                data_dir: data
                browsers:
                  port: %d
                  origins: ["%s"]
                admin:
                  socket: admin.sock
                """.formatted(lab.url(), lab.websocketUrl(), lab.database(), port, lab.url());
    }

    private void secret(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content + "\n");
    }

    private Child begin() throws IOException {
        starts++;
        return Child.silent(
                folder.resolve("bridge-%d.log".formatted(starts)),
                List.of(
                        "-Duser.home=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.amanat.bridge.app.Main",
                        "serve",
                        "--config",
                        folder.resolve("amanat.yaml").toString()));
    }

    /** Where browsers connect to. */
    public int port() {
        return port;
    }

    /** Kills it without a word: SIGKILL. */
    public void kill() {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
        await(() -> !process.alive());
    }

    /** Starts it again with what it kept and waits until it answers. */
    public void startAgain() {
        try {
            process.close();
            process = begin();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the bridge again", e);
        }
        await(this::ready);
    }

    /** All that it has logged since the first start. */
    public String log() {
        var all = new StringBuilder();
        for (int i = 1; i <= starts; i++) {
            try {
                all.append(Files.readString(folder.resolve("bridge-%d.log".formatted(i))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.toString();
    }

    private boolean ready() {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/healthz".formatted(port)))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a bridge starts", e);
        }
    }

    /** A source that never read before begins with a gap: whoever watches before it re-reads once. */
    private boolean listens() {
        var admin = new AdminClient(new AdminAddress.Socket(folder.resolve("admin.sock")));
        try {
            return CHANGES.matcher(admin.get("/metrics").body()).find();
        } catch (AdminException e) {
            return false;
        }
    }

    private void await(BooleanSupplier condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the bridge in %s did not get there: %s".formatted(folder, log()));
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    @Override
    public void close() {
        process.close();
        http.close();
        kept.close();
    }
}
