package io.amanat.bridge.session;

import io.amanat.bridge.identity.Identity;
import io.amanat.bridge.protocol.ClientFrame;

/**
 * What the frames of one session mean once its token was accepted, and what changes mean for it. It begins before the welcome, so that
 * nothing committed since is missed, and is ended once. Only on the shard's thread, where nothing else is said.
 */
interface Conversation extends Outbox.Resets {

    /** Its client is welcomed right after this, and has everything up to this offset. */
    void welcomed(long offset);

    /** Its client was here before, and heard everything until then. */
    void resume(ClientFrame.Mark mark);

    /**
     * Its client says this. On the thread of the wire, one at a time; waits for nobody.
     *
     * @param speaker as the newest token proves
     */
    void hear(ClientFrame said, Identity speaker);

    /** There is a newer token of the same login. */
    void renewed(Identity speaker);

    /** Whether everything its client came back for was told. */
    boolean isSettled();

    /**
     * Looks after what waits.
     *
     * @param silent for so long nothing was heard of its client, in nanoseconds
     */
    void tick(long silent);

    /** What was left out since its client read too slowly can be told again. */
    void retell();

    /** How many things are watched. Safe to ask by anybody. */
    int watches();

    /** It is over, whether it was welcomed or not: gives everything back. */
    void end();
}
