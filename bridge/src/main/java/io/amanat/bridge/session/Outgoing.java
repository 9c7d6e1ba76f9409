package io.amanat.bridge.session;

import java.nio.ByteBuffer;

/**
 * One encoded frame on its way to a socket; the bytes may be shared by many sessions.
 *
 * @param kind what may happen to it when the client does not keep up
 * @param feed what it concerns; 0 when it concerns no single feed
 */
record Outgoing(ByteBuffer bytes, Kind kind, long feed, long offset) {

    enum Kind {
        /** Part of the conversation: never dropped. */
        CONTROL,
        /** News: may be replaced by a reset. */
        DATA,
        /** Who is where: may be left out, if it is told again. */
        PRESENCE,
        /** News of the past, all of it at once: may be replaced by a reset, and has a bound of its own. */
        REPLAY
    }

    static Outgoing control(ByteBuffer bytes) {
        return new Outgoing(bytes, Kind.CONTROL, 0, 0);
    }

    static Outgoing data(ByteBuffer bytes, long feed, long offset) {
        return new Outgoing(bytes, Kind.DATA, feed, offset);
    }

    static Outgoing presence(ByteBuffer bytes, long feed) {
        return new Outgoing(bytes, Kind.PRESENCE, feed, 0);
    }

    static Outgoing replay(ByteBuffer bytes, long feed, long offset) {
        return new Outgoing(bytes, Kind.REPLAY, feed, offset);
    }

    int size() {
        return bytes.remaining();
    }
}
