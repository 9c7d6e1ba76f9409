package io.amanat.bridge.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A disk that a test can fill up, break and let hang. */
final class SickDisk implements Disk {

    volatile boolean full;

    /** Whether what does not fit gets there by half. */
    volatile boolean torn = true;

    volatile boolean broken;
    volatile CountDownLatch hanging = new CountDownLatch(0);

    @Override
    public Out open(Path file) throws IOException {
        if (broken) {
            throw new IOException("Input/output error");
        }
        return new Sick(OWN.open(file), file);
    }

    @Override
    public long space(Path directory) {
        return full ? 0 : Long.MAX_VALUE;
    }

    @Override
    public void force(Path directory) throws IOException {
        OWN.force(directory);
    }

    private final class Sick implements Out {

        private final Out out;
        private final Path file;

        Sick(Out out, Path file) {
            this.out = out;
            this.file = file;
        }

        /** Writing over what is there needs no space. */
        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            if (broken) {
                throw new IOException("Input/output error");
            }
            if (full && position + bytes.remaining() > file.toFile().length()) {
                out.write(bytes.slice(0, torn ? bytes.remaining() / 2 : 0), position);
                throw new IOException("No space left on device");
            }
            out.write(bytes, position);
        }

        @Override
        public void force() throws IOException {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (broken) {
                throw new IOException("Input/output error");
            }
            out.force();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
