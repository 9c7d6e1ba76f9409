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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A bridge of its own on the lab's Odoo, in a process that can be killed and started again with what it keeps. */
public final class BridgeProcess implements AutoCloseable {
    private static final String SERVICE_USER = "amanat_bridge";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A source that never read before begins with a gap: whoever watches before it re-reads once. */
    private static final Pattern CHANGES = Pattern.compile("amanat_changes_total\\{[^}]*} [1-9]");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final List<String> program;
    private final KeptPort kept = new KeptPort();
    private final int port = kept.number();
    private int starts;
    private @Nullable Child process;

    /**
     * Starts it and waits until it serves, and has told everybody that it heard nothing before.
     *
     * @param folder its home, where its data and its logs are
     */
    public BridgeProcess(Lab lab, Path folder) {
        this(lab, folder, Ways.to(lab), List.of("io.amanat.bridge.app.Main", "serve", "--config"));
        start();
        awaitReading();
    }

    /**
     * Writes its settings; it is not started yet.
     *
     * @param program arguments of Java after the class path; the file of its settings follows
     */
    public BridgeProcess(Lab lab, Path folder, Ways ways, List<String> program) {
        this.folder = folder;
        this.program = program;
        try {
            Files.createDirectories(folder);
            secret("password", Objects.requireNonNull(lab.passwords().get(SERVICE_USER)));
            secret("wal.password", ways.log().password().reveal());
            Files.writeString(folder.resolve("amanat.yaml"), settings(lab, ways));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare a bridge in " + folder, e);
        }
    }

    private String settings(Lab lab, Ways ways) {
        return """
                odoo:
                  url: %s
                  websocket_url: %s
                  database: %s
                  password_file: password
                  source: %s
                %sdata_dir: data
                browsers:
                  port: %d
                  origins: ["%s"]
                admin:
                  socket: admin.sock
                """.formatted(ways.odoo(), ways.bus(), lab.database(), ways.source(), log(lab, ways), port, lab.url());
    }

    private static String log(Lab lab, Ways ways) {
        return ways.source().equals("wal")
                ? """
                  wal:
                    port: %d
                    user: %s
                    password_file: wal.password
                    slot: %s
                    publication: %s
                """.formatted(ways.log().port(), ways.log().user(), ways.slot(), lab.publication())
                : "";
    }

    private void secret(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content + "\n");
    }

    /** Starts it, again perhaps, with what it kept. */
    public void start() {
        stop();
        starts++;
        var arguments = new ArrayList<>(List.of("-Duser.home=" + folder, "-Xmx1g", "-cp"));
        arguments.add(System.getProperty("java.class.path"));
        arguments.addAll(program);
        arguments.add(folder.resolve("amanat.yaml").toString());
        try {
            process = Child.silent(folder.resolve("bridge-%d.log".formatted(starts)), arguments);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the bridge", e);
        }
    }

    private Child process() {
        return Objects.requireNonNull(process, "start the bridge first");
    }

    public long pid() {
        return process().pid();
    }

    /** Where browsers connect to. */
    public int port() {
        return port;
    }

    /** Kills it without a word: SIGKILL. */
    public void kill() {
        ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
        await(() -> !process().alive());
    }

    /** Starts it again with what it kept and waits until it answers. */
    public void startAgain() {
        start();
        await(this::ready);
    }

    /** Waits until it serves, and has told everybody that it heard nothing before. */
    public void awaitReading() {
        await(this::ready);
        await(() -> metrics().filter(it -> CHANGES.matcher(it).find()).isPresent());
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

    /** What it says of itself in numbers; empty while nobody answers. */
    public Optional<String> metrics() {
        var admin = new AdminClient(new AdminAddress.Socket(folder.resolve("admin.sock")));
        try {
            return Optional.of(admin.get("/metrics").body());
        } catch (AdminException e) {
            return Optional.empty();
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

    private void stop() {
        if (process != null) {
            process.close();
        }
    }

    @Override
    public void close() {
        stop();
        http.close();
        kept.close();
    }
}
