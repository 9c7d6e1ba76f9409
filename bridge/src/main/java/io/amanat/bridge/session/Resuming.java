package io.amanat.bridge.session;

import io.amanat.bridge.channel.Admission;
import io.amanat.bridge.channel.ResetReason;
import io.amanat.bridge.channel.Watcher;
import io.amanat.bridge.protocol.ClientFrame;
import io.amanat.bridge.protocol.ServerFrame;
import java.util.List;
import java.util.Optional;

/**
 * One watch that comes back: what is committed from now on is held back until what it missed was sent, or until it is known that it
 * has to read again. Only on the shard's thread.
 */
final class Resuming implements Hold.Way {

    private final Holds holds;
    private final OdooDesk desk;
    private final Shard shard;
    private final String ref;
    private final Admission.Result.Watching watching;
    private final Hold hold;
    private final Runnable settled;

    /** @param settled run once: all was told, or is to be read again */
    Resuming(Holds holds, String ref, Admission.Result.Watching watching, Runnable settled) {
        this.holds = holds;
        this.desk = holds.desk();
        this.shard = holds.shard();
        this.ref = ref;
        this.watching = watching;
        this.settled = settled;
        this.hold = new Hold(desk.settings().outbox().bytes(), this);
    }

    private Watcher watcher() {
        return watching.watcher();
    }

    /**
     * What the client brings decides whether it can be told what it missed.
     *
     * @param stamp of the rights of today
     * @param offset from which on it gets what is committed; looked up before anything else here
     */
    void begin(ClientFrame.Resume resume, String stamp, long offset) {
        var mark = resume.mark();
        var refusal = refusal(mark, resume.rights().equals(stamp), offset);
        if (refusal.isPresent()) {
            reset(refusal.get());
            settled.run();
        } else if (mark.offset() == offset) {
            resumed();
            settled.run();
        } else {
            holds.add(watcher(), hold);
            Thread.startVirtualThread(() -> replay(mark.offset()));
        }
    }

    private Optional<ResetReason> refusal(ClientFrame.Mark mark, boolean sameRights, long offset) {
        var progress = desk.progress();
        if (!mark.epoch().equals(progress.epoch())) {
            return Optional.of(ResetReason.RESUME);
        }
        if (mark.offset() > offset) {
            Thread.startVirtualThread(progress::beyondHead);
            return Optional.of(ResetReason.RESUME);
        }
        if (!sameRights) {
            return Optional.of(ResetReason.RIGHTS);
        }
        return mark.offset() < progress.first() - 1 ? Optional.of(ResetReason.RESUME) : Optional.empty();
    }

    private void replay(long from) {
        var replayed = desk.replayer().of(watcher(), watching.rights(), from);
        boolean allowed =
                replayed instanceof Replayed.Untold || desk.ports().admission().isStillAllowed(watching);
        var result = allowed ? replayed : new Replayed.Untold(ResetReason.RIGHTS);
        shard.execute(() -> hold.finish(result, watcher().viewer().userId()));
    }

    @Override
    public boolean send(List<Outgoing> frames) {
        return shard.give(frames, holds.session());
    }

    @Override
    public void resumed() {
        desk.metrics().resumed();
        holds.session().send(new ServerFrame.Resumed(Optional.of(ref), shard.delivered()));
    }

    @Override
    public void reset(ResetReason reason) {
        holds.reset(watcher().feed().number(), reason);
    }

    @Override
    public void ended() {
        holds.ended(watcher());
        settled.run();
    }
}
