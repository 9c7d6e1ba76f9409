package io.amanat.bridge.journal;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a segment holds of one transaction. As bytes: length of what follows the checksum, CRC-32C of all the rest, offset of the
 * first change, number of changes, milliseconds since 1970, length of the position, position, changes as JSON.
 *
 * @param first the offset of the first change; without changes, that of the next one to come
 * @param at when it was appended
 * @param json nobody moves in it
 */
record Stored(long first, int count, long at, Position position, ByteBuffer json) {

    /** Length and checksum. */
    static final int HEAD = 2 * Integer.BYTES;

    /** What follows them at least. */
    static final int LEAST = 2 * Long.BYTES + 2 * Integer.BYTES;

    /** No changes. */
    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** A transaction of which only the position is kept. */
    static Stored position(long next, long at, Position position) {
        return new Stored(next, 0, at, position, NOTHING);
    }

    /** The offset of the last change. */
    long last() {
        return first + count - 1;
    }

    /** @throws RuntimeException if they were written by another version of the bridge */
    List<Change> changes() {
        if (count == 0) {
            return List.of();
        }
        var text = new byte[json.remaining()];
        json.get(json.position(), text);
        return ChangeReader.read(text);
    }

    /** Whether there may be a change of this type among them; quick, since a restart asks it of some minutes' records. */
    boolean mayHold(String type) {
        var name = ("\"type\":\"" + type + "\"").getBytes(StandardCharsets.US_ASCII);
        var bytes = json.array();
        int from = json.arrayOffset() + json.position();
        int end = from + json.remaining() - name.length;
        for (int i = from; i <= end; i++) {
            if (bytes[i] == '"'
                    && bytes[i + 1] == 't'
                    && Arrays.equals(bytes, i, i + name.length, name, 0, name.length)) {
                return true;
            }
        }
        return false;
    }

    ByteBuffer bytes() {
        var place = position.text().getBytes(StandardCharsets.UTF_8);
        int length = LEAST + place.length + json.remaining();
        var bytes = ByteBuffer.allocate(HEAD + length).putInt(length).putInt(0);
        bytes.putLong(first)
                .putInt(count)
                .putLong(at)
                .putInt(place.length)
                .put(place)
                .put(json.duplicate());
        bytes.flip();
        return bytes.putInt(Integer.BYTES, checksum(bytes));
    }

    /** Reads a whole record, which shares these bytes; nothing if it is damaged. */
    static Optional<Stored> read(ByteBuffer bytes) {
        if (bytes.getInt(Integer.BYTES) != checksum(bytes)) {
            return Optional.empty();
        }
        var body = bytes.slice(HEAD, bytes.limit() - HEAD);
        long first = body.getLong();
        int count = body.getInt();
        long at = body.getLong();
        var place = new byte[body.getInt()];
        body.get(place);
        var position = new Position(new String(place, StandardCharsets.UTF_8));
        return Optional.of(new Stored(first, count, at, position, body.slice()));
    }

    private static int checksum(ByteBuffer bytes) {
        var sum = new CRC32C();
        sum.update(bytes.slice(0, Integer.BYTES));
        sum.update(bytes.slice(HEAD, bytes.limit() - HEAD));
        return (int) sum.getValue();
    }
}
