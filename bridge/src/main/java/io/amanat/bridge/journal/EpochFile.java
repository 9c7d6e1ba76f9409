package io.amanat.bridge.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The file that a journal's {@link Life} is in; it is always written over in place, which takes no space. Safe to share. */
final class EpochFile implements AutoCloseable {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path file;
    private final Disk.Out out;
    private final Optional<Life> found;
    private volatile Life life;

    private EpochFile(Path file, Disk.Out out, Optional<Life> found, Life life) {
        this.file = file;
        this.out = out;
        this.found = found;
        this.life = life;
    }

    /** Opens it; makes it if there is none. */
    static EpochFile open(Path file, Disk disk) throws IOException {
        var found = read(file);
        var out = disk.open(file);
        return new EpochFile(file, out, found, found.orElseGet(() -> Life.begin(identity(file), boot())));
    }

    private static Optional<Life> read(Path file) throws IOException {
        try {
            return Life.read(Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** What was in it when it was opened; empty if there was none or it was damaged. */
    Optional<Life> found() {
        return found;
    }

    Life life() {
        return life;
    }

    /** Writes it over; not yet to the disk. */
    synchronized void update(UnaryOperator<Life> change) throws IOException {
        var next = change.apply(life);
        life = next;
        out.write(next.bytes(), 0);
    }

    /** Waits until it is on the disk. */
    void force() throws IOException {
        out.force();
    }

    /** Names this very file, as far as the file system can tell: a copy is another one. */
    String identity() {
        return identity(file);
    }

    private static String identity(Path file) {
        try {
            return "%s %s".formatted(Files.getAttribute(file, "unix:ino"), born(file));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
            return "";
        }
    }

    /** When the file was made; empty where the system only knows when it was last written. */
    private static String born(Path file) throws IOException {
        var longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(file, longAgo);
        var born = (FileTime) Files.getAttribute(file, "creationTime");
        return born.equals(longAgo) ? "" : born.toString();
    }

    /** Names the time since the machine was started; empty if the system does not say. */
    static String boot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException _) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
