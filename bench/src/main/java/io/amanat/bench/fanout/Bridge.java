package io.amanat.bench.fanout;

import io.amanat.bench.process.Child;
import io.amanat.bench.process.Usage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The bridge under measurement, a process of its own with a configuration of its own. */
public final class Bridge implements AutoCloseable {
    /** Where its viewers say they come from. */
    public static final String ORIGIN = "http://fanout.localhost";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String SERVICE_USER = "amanat_bridge";

    private final List<String> command;
    private final Path log;
    private final Path admin;
    private final int port;

    private Child process;

    private Bridge(List<String> command, Path log, Path admin, int port) throws IOException {
        this.command = command;
        this.log = log;
        this.admin = admin;
        this.port = port;
        this.process = Child.silent(log, command);
    }

    /** What a bridge under measurement is told. */
    public interface Settings {

        /**
         * The content of its configuration.
         *
         * @param port where browsers connect to
         * @param admin the socket that its figures are asked through
         * @param directory the bridge's own
         */
        String yaml(int port, Path admin, Path directory) throws IOException;
    }

    /** Starts the bridge of {@code jar} against the stand-in and returns once it says that it is ready. */
    static Bridge start(Path jar, List<String> javaOptions, URI odoo, String database, Path directory)
            throws IOException {
        return start(
                jar,
                javaOptions,
                directory,
                (port, admin, home) -> config(odoo, database, password(home), port, admin, home.resolve("data")));
    }

    /** Starts the bridge of {@code jar} with these settings and returns once it says that it is ready. */
    public static Bridge start(Path jar, List<String> javaOptions, Path directory, Settings settings)
            throws IOException {
        int port = freePort();
        Path admin = directory.resolve("admin.sock");
        Path config = Files.writeString(directory.resolve("amanat.yaml"), settings.yaml(port, admin, directory));
        List<String> arguments = new ArrayList<>(javaOptions);
        arguments.addAll(List.of("-jar", jar.toString(), "serve", "--config", config.toString()));
        Bridge bridge = new Bridge(arguments, directory.resolve("bridge.log"), admin, port);
        try {
            bridge.awaitReady();
            return bridge;
        } catch (IllegalStateException e) {
            bridge.close();
            throw e;
        }
    }

    public URI url() {
        return URI.create("ws://127.0.0.1:%d/amanat.v1".formatted(port));
    }

    /** Kills it with -9 and starts it again at once; returns before it is ready. */
    public void killAndStart() throws IOException, InterruptedException {
        process.kill();
        process = Child.silent(log, command);
    }

    /** Its memory and CPU time after it has collected its garbage. */
    public Usage settled() throws IOException, InterruptedException {
        process.collectGarbage();
        return usage();
    }

    public Usage usage() {
        return Usage.of(process.pid());
    }

    @Override
    public void close() {
        process.close();
    }

    /** Returns once it says that it is ready. */
    public void awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ready()) {
            if (!process.alive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the bridge did not become ready; see %s".formatted(process.log()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean ready() {
        try {
            return ask("/readyz").contains(" 200 ");
        } catch (IOException e) {
            return false;
        }
    }

    /** What its page for monitoring says just now. */
    public Figures figures() throws IOException {
        return new Figures(ask("/metrics"));
    }

    private String ask(String path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(admin));
            channel.write(
                    StandardCharsets.US_ASCII.encode("GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n".formatted(path)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String config(URI odoo, String database, Path password, int port, Path admin, Path data) {
        return """
                odoo:
                  url: %s
                  database: %s
                  login: %s
                  password_file: %s
                browsers:
                  host: 127.0.0.1
                  port: %d
                  origins: ["%s"]
                  limits:
                    connections: 25000
                    connections_per_address: 25000
                    connections_per_user: 25000
                    watches_per_user: 25000
                    messages_per_second_per_user: 25000
                admin:
                  socket: %s
                data_dir: %s
                """.formatted(odoo, database, SERVICE_USER, password, port, ORIGIN, admin, data);
    }

    private static Path password(Path directory) throws IOException {
        Path file = Files.createFile(
                directory.resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, SERVICE_USER);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
