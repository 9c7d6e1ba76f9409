package io.amanat.bench.wire;

import java.nio.ByteBuffer;

/** What happens on one {@link Socket}; every method is called on the loop's thread and must not wait. */
public interface Listener {

    void opened(Socket socket);

    /**
     * A text frame arrived.
     *
     * @param payload valid during the call only
     * @param micros when it was read, in microseconds since 1970
     */
    void text(Socket socket, ByteBuffer payload, long micros);

    /** The connection is gone, or was never made; the code is 1006 where the server gave none. */
    void closed(int code, String reason);
}
