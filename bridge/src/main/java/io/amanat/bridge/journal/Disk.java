package io.amanat.bridge.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** What a journal writes with. A test can make it fail or hang. */
interface Disk {

    /** The machine's own. */
    Disk OWN = new Disk() {};

    /** Opens a file to write to; makes it, for its owner only, if there is none. */
    default Out open(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file, ownerOnly(file, "rw-------"));
        }
        return new File(new RandomAccessFile(file.toFile(), "rw"));
    }

    /** Bytes that may still be written. */
    default long space(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    /** Makes names durable that files in the directory got. */
    default void force(Path directory) throws IOException {
        try (var names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /** An attribute with these permissions where the file system knows any. */
    static FileAttribute<?>[] ownerOnly(Path file, String permissions) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** An open file. */
    interface Out extends AutoCloseable {

        /** Writes all of it, which is in an array; to the operating system, not yet to the disk. */
        void write(ByteBuffer bytes, long position) throws IOException;

        /** Waits until what was written is on the disk. */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** A file of the machine. No channel, since interrupting a thread that writes to one closes it. */
    record File(RandomAccessFile file) implements Out {

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            file.seek(position);
            file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        }

        @Override
        public void force() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
