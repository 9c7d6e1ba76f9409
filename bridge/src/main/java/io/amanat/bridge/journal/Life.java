package io.amanat.bridge.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a journal knows of itself beside its changes, always in the same number of bytes.
 *
 * @param epoch its name
 * @param key in hexadecimal
 * @param file which file this is written in: a copy of it is another one
 * @param boot of the machine, while the journal was last open; empty if the system does not name it
 * @param clean whether it was closed
 * @param lost whether offsets were given that are not on disk
 * @param history the offset from which on positions belong to today's database
 * @param durable an offset that was reached
 * @param incarnation a hash of the database's name for itself; empty if it never said
 */
record Life(
        String epoch,
        String key,
        String file,
        String boot,
        boolean clean,
        boolean lost,
        long history,
        long durable,
        String incarnation) {

    static final int BYTES = 1024;
    private static final int TEXT = BYTES - Integer.BYTES;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Of a journal that begins. */
    static Life begin(String file, String boot) {
        return new Life(Epochs.name(), HexFormat.of().formatHex(Epochs.key()), file, boot, false, false, 0, 0, "");
    }

    /** Another epoch. */
    Life renewed() {
        return new Life(Epochs.name(), key, file, boot, clean, lost, history, durable, incarnation);
    }

    /** Open, on this machine as it is now. */
    Life opened(String nowFile, String nowBoot, long last) {
        return new Life(epoch, key, nowFile, nowBoot, false, false, Math.min(history, last + 1), last, incarnation);
    }

    Life closed() {
        return new Life(epoch, key, file, boot, true, lost, history, durable, incarnation);
    }

    /** Offsets are given that are not on disk; or no longer. */
    Life losing(boolean now) {
        return new Life(epoch, key, file, boot, clean, now, history, durable, incarnation);
    }

    Life since(long offset) {
        return new Life(epoch, key, file, boot, clean, lost, offset, durable, incarnation);
    }

    Life reached(long offset) {
        return new Life(epoch, key, file, boot, clean, lost, history, offset, incarnation);
    }

    Life of(String database) {
        return new Life(epoch, key, file, boot, clean, lost, history, durable, database);
    }

    /** JSON, spaces, checksum. */
    ByteBuffer bytes() {
        var text = new byte[TEXT];
        Arrays.fill(text, (byte) ' ');
        var json = JSON.writeValueAsBytes(this);
        System.arraycopy(json, 0, text, 0, json.length);
        return ByteBuffer.allocate(BYTES).put(text).putInt(checksum(text)).flip();
    }

    /** Nothing if it is damaged. */
    static Optional<Life> read(byte[] bytes) {
        var text = Arrays.copyOf(bytes, TEXT);
        if (bytes.length != BYTES || ByteBuffer.wrap(bytes).getInt(TEXT) != checksum(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(new String(text, StandardCharsets.UTF_8), Life.class));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private static int checksum(byte[] text) {
        var sum = new CRC32C();
        sum.update(text);
        return (int) sum.getValue();
    }

    /** Without the key, which must not get into a log. */
    @Override
    public String toString() {
        return "epoch " + epoch;
    }
}
