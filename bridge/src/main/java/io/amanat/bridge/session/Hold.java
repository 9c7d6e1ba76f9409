package io.amanat.bridge.session;

import io.amanat.bridge.channel.ResetReason;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps back what is committed while a watch waits for what it missed, so that the older comes first. Bounded: when it is full, the
 * watch re-reads. Only on the shard's thread.
 */
final class Hold {

    /** The most frames that are kept back; their bytes are shared, and bounded like an outbox. */
    static final int MOST = 1_000;

    private final int mostBytes;
    private final Way way;
    private final List<Outgoing> kept = new ArrayList<>();
    private final List<Runnable> then = new ArrayList<>();
    private long bytes;
    private boolean ended;

    /** Where its frames go, and what is said at the end. */
    interface Way {

        /** Hands these on, if the client can take so much at once. */
        boolean send(List<Outgoing> frames);

        /** Everything was handed on. */
        void resumed();

        /** Something was not, and has to be read again. */
        void reset(ResetReason reason);

        /** It keeps nothing back any more. */
        void ended();
    }

    Hold(int mostBytes, Way way) {
        this.mostBytes = mostBytes;
        this.way = way;
    }

    void keep(Outgoing frame) {
        if (ended) {
            throw new IllegalStateException("this hold ended and keeps nothing");
        }
        kept.add(frame);
        bytes += frame.size();
        if (kept.size() > MOST || bytes > mostBytes) {
            untold(ResetReason.RESUME);
        }
    }

    /** What was missed is known. */
    void finish(Replayed replayed, long userId) {
        if (ended) {
            return;
        }
        switch (replayed) {
            case Replayed.Told told -> told(told, userId);
            case Replayed.Untold(var reason) -> untold(reason);
        }
    }

    private void told(Replayed.Told told, long userId) {
        var frames = new ArrayList<>(told.frames(userId));
        kept.stream().filter(it -> it.offset() > told.to()).forEach(frames::add);
        if (way.send(frames)) {
            way.resumed();
            end();
        } else {
            untold(ResetReason.RESUME);
        }
    }

    /** The watch re-reads, whatever it missed. */
    void untold(ResetReason reason) {
        way.reset(reason);
        end();
    }

    /** Does this when nothing is kept back any more. */
    void then(Runnable work) {
        then.add(work);
    }

    /** Nothing of it matters any more: the client reads again anyway, or is gone. */
    void end() {
        if (!ended) {
            ended = true;
            kept.clear();
            way.ended();
            then.forEach(Runnable::run);
            then.clear();
        }
    }
}
