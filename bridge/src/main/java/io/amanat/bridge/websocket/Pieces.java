package io.amanat.bridge.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.websocket.core.Frame;

/** The text message that is being read, in however many pieces it comes. Keeps no more of it than it may have. */
final class Pieces {

    /** A network may cut anywhere, but rarely into smaller pieces than this. */
    private static final int CRUMB = 64;

    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
    private long size;

    /** @param most bytes */
    Pieces(int most) {
        this.most = most;
    }

    /** Whether this piece is so small that it counts as a message, or the limits of messages would hold for nobody who cuts his. */
    static boolean isCrumb(Frame frame) {
        return !frame.isFin() && frame.getPayloadLength() < CRUMB;
    }

    /** One more piece. */
    void add(ByteBuffer payload) {
        size += payload.remaining();
        var bytes = new byte[Math.min(payload.remaining(), most - kept.size())];
        payload.get(bytes);
        kept.writeBytes(bytes);
    }

    /** The bytes so far, kept or not. */
    long size() {
        return size;
    }

    boolean tooBig() {
        return size > most;
    }

    /** The whole message; the next piece begins another. */
    String take() throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(taken()))
                .toString();
    }

    /** The beginning of a message that is too big, as far as it is plain ASCII. */
    String takeBeginning(int length) {
        return new String(taken(), 0, length, StandardCharsets.US_ASCII);
    }

    private byte[] taken() {
        var bytes = kept.toByteArray();
        kept.reset();
        size = 0;
        return bytes;
    }
}
