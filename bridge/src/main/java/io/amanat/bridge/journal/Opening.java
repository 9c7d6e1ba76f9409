package io.amanat.bridge.journal;

import io.amanat.connector.change.Position;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a journal's directory: takes it for this bridge, cuts off what is damaged, and decides whether a new epoch begins. */
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private Opening() {}

    /**
     * A directory that was opened.
     *
     * @param lock keeps other bridges out until it is closed
     * @param place the newest position; one without text if none is known
     */
    record Opened(FileChannel lock, EpochFile epochFile, Segments segments, SegmentWriter writer, Stored place) {}

    static Opened open(Path directory, JournalSettings settings, Disk disk, InstantSource clock) {
        try {
            prepare(directory);
            var lock = lock(directory);
            try {
                return open(directory, settings, disk, clock, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new JournalException(
                    "the journal in %s cannot be opened: %s; give the bridge a directory that it can write to"
                            .formatted(directory, e),
                    e);
        }
    }

    private static void prepare(Path directory) throws IOException {
        Files.createDirectories(directory, Disk.ownerOnly(directory, "rwx------"));
        if (Disk.ownerOnly(directory, "rwx------").length > 0) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        var file = directory.resolve("lock");
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var channel = FileChannel.open(file, options, Disk.ownerOnly(file, "rw-------"));
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("locked by this very process", e);
        }
        channel.close();
        throw new JournalException("another bridge uses the journal in %s; stop it, or give this one another data_dir"
                .formatted(directory));
    }

    private static Opened open(
            Path directory, JournalSettings settings, Disk disk, InstantSource clock, FileChannel lock)
            throws IOException {
        var epochFile = EpochFile.open(directory.resolve("epoch"), disk);
        var found = Recovery.look(directory);
        long next = epochFile.life().durable() + 1;
        boolean empty = found.segments().count() == 0;
        var writer = new SegmentWriter(
                directory, settings, disk, found, Stored.position(next, clock.millis(), Position.NOW));
        var place = place(found.segments(), epochFile.life().history());
        settle(epochFile, found, empty, place);
        return new Opened(lock, epochFile, found.segments(), writer, place);
    }

    private static Stored place(Segments segments, long history) throws IOException {
        return segments.newest(it -> it.first() > history && !it.position().equals(Position.NOW))
                .orElseGet(() -> Stored.position(segments.last() + 1, 0, Position.NOW));
    }

    private static void settle(EpochFile epochFile, Recovery.Found found, boolean empty, Stored place)
            throws IOException {
        var reason = reason(epochFile, found, empty, place);
        reason.ifPresent(it -> LOG.warn("a new epoch of the journal begins, everybody re-reads: {}", it));
        var identity = epochFile.identity();
        long last = found.segments().last();
        epochFile.update(life -> (reason.isPresent() ? life.renewed() : life).opened(identity, EpochFile.boot(), last));
        epochFile.force();
    }

    /** Why offsets that somebody has seen could come again, or changes could be missing; empty if they cannot. */
    private static Optional<String> reason(EpochFile epochFile, Recovery.Found found, boolean empty, Stored place) {
        long last = found.segments().last();
        if (epochFile.found().isEmpty()) {
            return last == 0 ? Optional.empty() : Optional.of("its epoch file is missing or damaged");
        }
        var life = epochFile.found().get();
        if (found.cut().isPresent() && !(found.torn() && isOfTheKilled(life, epochFile))) {
            return found.cut();
        }
        if (life.lost()) {
            return Optional.of("what was delivered last did not get on the disk");
        }
        if (empty && last > 0) {
            return Optional.of("its files are gone");
        }
        if (last < life.durable()) {
            return Optional.of("changes %d to %d are gone".formatted(last + 1, life.durable()));
        }
        if (!life.file().equals(epochFile.identity()) || life.file().isEmpty()) {
            return Optional.of("the directory is a copy");
        }
        if (!life.clean()
                && (!life.boot().equals(EpochFile.boot()) || life.boot().isEmpty())) {
            return Optional.of("the machine went down while the bridge was running");
        }
        return last > 0 && place.position().equals(Position.NOW)
                ? Optional.of("it is not known where reading stopped")
                : Optional.empty();
    }

    /**
     * Whether its last writer was killed on this very machine since it was started: what it had written then is all there, and a
     * record that it had begun was told to nobody.
     */
    private static boolean isOfTheKilled(Life life, EpochFile epochFile) {
        return !life.clean()
                && !life.boot().isEmpty()
                && life.boot().equals(EpochFile.boot())
                && !life.file().isEmpty()
                && life.file().equals(epochFile.identity());
    }
}
