package io.amanat.bridge.session;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The wire of one session. Safe to share; no method blocks. */
public interface Connection {

    /**
     * Sends one text frame after those handed over before.
     *
     * @param text shared with other connections: its position and limit are not touched
     * @param more whether another frame follows at once, so that both may travel together
     * @param done called exactly once, on any thread and perhaps before this method returns
     */
    void send(ByteBuffer text, boolean more, Done done);

    /** Asks the other side for a sign of life. */
    void ping();

    /** Sends a close frame and ends. */
    void close(int code, String reason);

    /** Ends at once, without a word: the other side does not read. */
    void abort();

    /** To be proven by its session, where several share it. */
    default Optional<Owner.Claim> claim() {
        return Optional.empty();
    }

    /** Whether something still leaves, if only what others said who share the wire: then nobody is to blame for waiting. */
    default boolean moves() {
        return false;
    }

    /** The client's network address, for those who operate the bridge. */
    String address();

    /** Whether a page of a browser is at the other end: there was an {@code Origin} header. Who does not know says so. */
    default boolean fromPage() {
        return true;
    }

    /** Told when a frame left. */
    interface Done {

        /** The frame was written to the socket, or never will be. */
        void done(boolean sent);
    }
}
