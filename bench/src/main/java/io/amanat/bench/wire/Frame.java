package io.amanat.bench.wire;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One WebSocket frame as read from a server: never masked, never fragmented.
 *
 * @param payload a view into the read buffer, valid until the next read
 */
record Frame(int opcode, ByteBuffer payload) {
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;

    /** The next whole frame, which {@code in} then stands behind; empty, with {@code in} unmoved, while it is cut. */
    static Optional<Frame> read(ByteBuffer in) {
        int start = in.position();
        if (in.remaining() < 2) {
            return Optional.empty();
        }
        int head = in.get() & 0xff;
        int length = in.get() & 0x7f;
        int wide = length == 126 ? Short.BYTES : length == 127 ? Long.BYTES : 0;
        if (in.remaining() < wide) {
            in.position(start);
            return Optional.empty();
        }
        long size = wide == 0 ? length : wide == Short.BYTES ? in.getShort() & 0xffff : in.getLong();
        if (in.remaining() < size) {
            in.position(start);
            return Optional.empty();
        }
        if ((head & FINAL) == 0) {
            throw new IllegalStateException("the server sent a fragmented frame; amanat.v1 frames come in one piece");
        }
        ByteBuffer payload = in.slice(in.position(), (int) size);
        in.position(in.position() + (int) size);
        return Optional.of(new Frame(head & 0x0f, payload));
    }

    /** A masked frame, as clients must send it. */
    static ByteBuffer masked(int opcode, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(payload.length + 14);
        out.put((byte) (FINAL | opcode));
        if (payload.length < 126) {
            out.put((byte) (MASKED | payload.length));
        } else if (payload.length <= 0xffff) {
            out.put((byte) (MASKED | 126)).putShort((short) payload.length);
        } else {
            out.put((byte) (MASKED | 127)).putLong(payload.length);
        }
        int mask = ThreadLocalRandom.current().nextInt();
        out.putInt(mask);
        for (int i = 0; i < payload.length; i++) {
            out.put((byte) (payload[i] ^ (mask >> (24 - 8 * (i % 4)))));
        }
        return out.flip();
    }
}
