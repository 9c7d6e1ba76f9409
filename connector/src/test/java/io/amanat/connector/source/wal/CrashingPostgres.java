package io.amanat.connector.source.wal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A real PostgreSQL of one test that can be killed, all of it at once, and started again with what was on its disk. */
public final class CrashingPostgres implements AutoCloseable {

    private static final String RECOVERED = "automatic recovery in progress";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path data;
    private final Path log;
    private final EmbeddedPostgres server;
    private final List<String> command;
    private int kills;

    /**
     * Starts it, set up as an operator is told to.
     *
     * @param folder an empty one, for its data and its log
     * @param settings that differ from that
     */
    public CrashingPostgres(Path folder, Map<String, String> settings) {
        this.data = folder.resolve("data");
        this.log = folder.resolve("postgres.log");
        this.server = start(settings);
        this.command = command(postmaster());
    }

    private EmbeddedPostgres start(Map<String, String> settings) {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setPGStartupWait(PATIENCE)
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setServerConfig("wal_level", "logical")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "60");
        settings.forEach(builder::setServerConfig);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start; see " + log, e);
        }
    }

    /** It runs for nobody who may do everything; such a user is another one in a namespace of its own. */
    private static List<String> command(ProcessHandle process) {
        var command = new ArrayList<String>(
                System.getProperty("user.name").equals("root") ? List.of("unshare", "-U") : List.of());
        command.add(process.info().command().orElseThrow());
        command.addAll(List.of(process.info().arguments().orElseThrow()));
        return command;
    }

    public EmbeddedPostgres server() {
        return server;
    }

    /** Kills it without a word, SIGKILL: the postmaster first, then all that it started. Returns when none of them is left. */
    public void kill() {
        var postmaster = postmaster();
        var all = new ArrayList<>(List.of(postmaster));
        postmaster.descendants().forEach(all::add);
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(it -> it.onExit().join());
        kills++;
    }

    private ProcessHandle postmaster() {
        try {
            var pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
            return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not run", e);
        }
    }

    /**
     * Starts it again on the same data and port, and waits until it answers.
     *
     * @throws IllegalStateException if it had not crashed
     */
    public void startAgain() {
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start again", e);
        }
        awaitAnswer();
        long recovered = log().lines().filter(it -> it.contains(RECOVERED)).count();
        if (recovered != kills) {
            throw new IllegalStateException(
                    "killed %d times, recovered from %d crashes:%n%s".formatted(kills, recovered, log()));
        }
    }

    private void awaitAnswer() {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("PostgreSQL does not answer:%n%s".formatted(log()));
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private boolean answers() {
        try (var connection = server.getPostgresDatabase().getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** All that it has logged. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not stop", e);
        }
    }
}
