package io.amanat.connector.source.wal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the primitive values of pgoutput, each under its bound. */
final class WalBytes {

    /** PostgreSQL's names have at most 63 bytes; an origin's or a message's prefix may be longer. */
    private static final int LONGEST_NAME = 1024;

    /** What takes the place of bytes that are no UTF-8; it may also be a character of the text. */
    private static final char REPLACEMENT = '\uFFFD';

    private final ByteBuffer bytes;

    WalBytes(ByteBuffer bytes) {
        this.bytes = bytes.slice();
    }

    byte int8() throws MalformedWal {
        require(1);
        return bytes.get();
    }

    int uint16() throws MalformedWal {
        require(2);
        return Short.toUnsignedInt(bytes.getShort());
    }

    int int32() throws MalformedWal {
        require(4);
        return bytes.getInt();
    }

    /** A number of things that follow, each of at least {@code size} bytes. */
    int count(int size) throws MalformedWal {
        int count = int32();
        if (count < 0 || (long) count * size > bytes.remaining()) {
            throw new MalformedWal("a count is larger than the message");
        }
        return count;
    }

    Lsn lsn() throws MalformedWal {
        require(8);
        return new Lsn(bytes.getLong());
    }

    LogicalMessage.Moment moment() throws MalformedWal {
        require(8);
        return new LogicalMessage.Moment(bytes.getLong());
    }

    boolean flag() throws MalformedWal {
        byte flag = int8();
        if (flag != 0 && flag != 1) {
            throw new MalformedWal("a flag is neither 0 nor 1");
        }
        return flag == 1;
    }

    void zero() throws MalformedWal {
        if (int8() != 0) {
            throw new MalformedWal("a reserved byte is not 0");
        }
    }

    /** A text that ends with a zero byte. */
    String name() throws MalformedWal {
        int start = bytes.position();
        int end = start;
        while (end < bytes.limit() && bytes.get(end) != 0) {
            end++;
        }
        if (end == bytes.limit() || end - start > LONGEST_NAME) {
            throw new MalformedWal("a name has no end");
        }
        var name = text(end - start);
        bytes.get();
        return name;
    }

    String text(int length) throws MalformedWal {
        require(length);
        int start = bytes.position();
        skip(length);
        var text = bytes.hasArray()
                ? new String(bytes.array(), bytes.arrayOffset() + start, length, StandardCharsets.UTF_8)
                : decoded(start, length);
        return text.indexOf(REPLACEMENT) < 0 ? text : decoded(start, length);
    }

    /** Slower, and strict. */
    private String decoded(int start, int length) throws MalformedWal {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.slice(start, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedWal("a text is not UTF-8");
        }
    }

    void skip(int length) throws MalformedWal {
        require(length);
        bytes.position(bytes.position() + length);
    }

    /** Everything that is left. */
    ByteBuffer rest() {
        return bytes.slice();
    }

    void end() throws MalformedWal {
        if (bytes.hasRemaining()) {
            throw new MalformedWal("a message goes on after its end");
        }
    }

    private void require(int length) throws MalformedWal {
        if (length < 0 || length > bytes.remaining()) {
            throw new MalformedWal("a message ends too early");
        }
    }
}
