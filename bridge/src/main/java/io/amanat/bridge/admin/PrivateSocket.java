package io.amanat.bridge.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A unix socket that nobody else can open at any time. It comes into being in a folder that only this user can enter, since
 * its own mode can be set only when it is there, and is then moved to where it belongs.
 */
final class PrivateSocket {

    private static final FileAttribute<Set<PosixFilePermission>> OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path file;
    private final Path nursery;
    private boolean shown;

    /** Nothing is there yet. */
    PrivateSocket(Path file) {
        this.file = file.toAbsolutePath();
        this.nursery = this.file.resolveSibling(
                "." + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 4));
    }

    /** Where to bind it. */
    Path birthplace() {
        return nursery.resolve("s");
    }

    /**
     * Makes room for it. The file of a bridge that was killed stays behind; that of one which runs must not be taken away.
     *
     * @throws AdminException if another bridge runs
     */
    void prepare() throws IOException {
        var folder = file.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, OURS);
        }
        if (answers()) {
            throw new AdminException(
                    "another bridge runs and answers on %s; stop it, or set another admin.socket".formatted(file),
                    null);
        }
        if (Files.isRegularFile(file) || Files.isDirectory(file)) {
            throw new AdminException("%s is no socket; set another admin.socket".formatted(file), null);
        }
        Files.createDirectory(nursery, OURS);
    }

    private boolean answers() {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(file));
        } catch (IOException _) {
            return false;
        }
    }

    /** Shows it to those who may open it, once it is bound. */
    void show() throws IOException {
        Files.setPosixFilePermissions(birthplace(), PosixFilePermissions.fromString("rw-------"));
        Files.move(birthplace(), file, StandardCopyOption.ATOMIC_MOVE);
        shown = true;
        Files.delete(nursery);
    }

    /** Takes it away, but not that of another bridge. */
    void remove() throws IOException {
        if (shown) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(birthplace());
        Files.deleteIfExists(nursery);
    }
}
