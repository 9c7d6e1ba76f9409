package io.amanat.bridge.session;

import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.channel.ResetReason;
import io.amanat.bridge.protocol.ClientFrame;
import io.amanat.bridge.protocol.ServerFrame;
import java.util.List;
import java.util.Optional;

/**
 * The events that one session hears: those after its welcome, and, if it was here before, those that its user missed. Only on the
 * shard's thread.
 */
final class Hearing implements Hold.Way {

    private final OdooConversation conversation;
    private final Session session;
    private final OdooDesk desk;
    private final Shard shard;
    private final Viewer viewer;
    private final long since;
    private final Hold hold;
    private boolean holding;

    /** @param since the offset of its welcome */
    Hearing(OdooConversation conversation, OdooDesk desk, Shard shard, Viewer viewer, long since) {
        this.conversation = conversation;
        this.session = conversation.session();
        this.desk = desk;
        this.shard = shard;
        this.viewer = viewer;
        this.since = since;
        this.hold = new Hold(desk.settings().outbox().bytes(), this);
    }

    /** Whether this event goes to the session now. */
    boolean now(Outgoing event) {
        if (event.offset() > since && holding) {
            hold.keep(event);
            return false;
        }
        return event.offset() > since;
    }

    /** This client was here before, and heard everything until then. */
    void resume(ClientFrame.Mark mark) {
        var progress = desk.progress();
        boolean sameEpoch = mark.epoch().equals(progress.epoch());
        if (sameEpoch && mark.offset() > since) {
            Thread.startVirtualThread(progress::beyondHead);
        }
        if (sameEpoch && mark.offset() < since && mark.offset() >= progress.first() - 1) {
            holding = true;
            Thread.startVirtualThread(() -> replay(mark.offset()));
        } else {
            resumed();
        }
    }

    private void replay(long from) {
        var replayed = desk.replayer().events(viewer, from, since);
        shard.execute(() -> hold.finish(replayed, viewer.userId()));
    }

    /** The session ended. */
    void end() {
        hold.end();
    }

    @Override
    public boolean send(List<Outgoing> frames) {
        return shard.give(frames, session);
    }

    @Override
    public void resumed() {
        session.send(new ServerFrame.Resumed(Optional.empty(), shard.delivered()));
    }

    /** An event that was not heard may be about anything that is watched. */
    @Override
    public void reset(ResetReason reason) {
        conversation.readAgain(reason);
        resumed();
    }

    @Override
    public void ended() {
        holding = false;
    }
}
