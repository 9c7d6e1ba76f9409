package io.amanat.e2e.crash;

import io.amanat.bench.process.Child;
import io.amanat.bench.process.KeptPort;
import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.admin.AdminClient;
import io.amanat.bridge.admin.AdminException;
import io.amanat.connector.source.wal.PostgresSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A bridge in a process of its own that serves the plan board, and can be killed and started again with what it keeps. */
final class BoardBridge implements AutoCloseable {

    static final String ORIGIN = "http://board.test";

    private final Path folder;
    private final KeptPort port = new KeptPort();
    private Child process;

    BoardBridge(Path folder, PostgresSettings postgres, String secret) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        secret("password", "unused");
        secret("jwt", secret);
        Files.writeString(folder.resolve("amanat.yaml"), """
                databases:
                  board:
                    postgres: {host: 127.0.0.1, port: %d, database: %s, user: amanat, password_file: password, slot: amanat_crash}
                    jwt: {secret_file: jwt}
                    origins: ["%s"]
                data_dir: data
                browsers: {port: %d}
                admin: {socket: admin.sock}
                """.formatted(
                        postgres.port(), postgres.database(), ORIGIN, port.number()));
        process = started();
    }

    private void secret(String name, String content) throws IOException {
        var file = Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    private Child started() throws IOException {
        return Child.silent(
                folder.resolve("bridge.log"),
                List.of(
                        "-Duser.home=" + folder,
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.amanat.bridge.app.Main",
                        "serve",
                        "--config",
                        folder.resolve("amanat.yaml").toString()));
    }

    String url() {
        return "ws://127.0.0.1:%d/amanat.v1/board".formatted(port.number());
    }

    /** Kills it without a word, SIGKILL, and starts it again. */
    void killAndStart() throws IOException, InterruptedException {
        process.kill();
        process = started();
    }

    boolean ready() {
        try {
            var admin = new AdminClient(new AdminAddress.Socket(folder.resolve("admin.sock")));
            return admin.get("/readyz").status() == 200;
        } catch (AdminException e) {
            return false;
        }
    }

    /** All that it has logged. */
    String log() throws IOException {
        return Files.readString(folder.resolve("bridge.log"));
    }

    @Override
    public void close() {
        process.close();
        port.close();
    }
}
