package io.amanat.bridge.session;

import io.amanat.bridge.channel.Delivery;
import io.amanat.bridge.channel.ResetReason;
import io.amanat.bridge.identity.Identity;
import io.amanat.bridge.identity.OdooIdentity;
import io.amanat.bridge.protocol.ClientFrame;
import io.amanat.bridge.protocol.ErrorCode;
import io.amanat.bridge.protocol.TableRequest;
import io.amanat.connector.change.Actor;
import java.util.Set;

/** What one session of an Odoo database watches, edits and hears, and where its user is. */
final class OdooConversation implements Conversation {

    private final Session session;
    private final long userId;
    private final String origin;
    private final Attendance attendance;
    private final Watches watches;
    private final Touches touches;
    private final Here here;
    private long lastReceipt;

    /** From now on events are judged for this user. */
    OdooConversation(Session session, OdooDesk desk, OdooMembers members, OdooIdentity user, String origin) {
        this.session = session;
        this.userId = user.userId();
        this.origin = origin;
        this.attendance = new Attendance(session, desk.ports().presences(), members);
        this.watches = new Watches(this, desk, members, attendance);
        this.touches = new Touches(this, desk, members, attendance);
        this.here = new Here(this, desk, members, user);
    }

    Session session() {
        return session;
    }

    @Override
    public void welcomed(long offset) {
        attendance.is(here.user().presence());
        here.take(offset);
    }

    @Override
    public void resume(ClientFrame.Mark mark) {
        here.resume(mark);
    }

    @Override
    public void hear(ClientFrame said, Identity speaker) {
        var user = user(speaker);
        switch (said) {
            case ClientFrame.Watch watch -> watches.watch(watch, user);
            case ClientFrame.BadWatch(var ref, var code, var message) -> watches.refuse(ref, code, message);
            case ClientFrame.Unwatch(var ref) -> watches.unwatch(ref);
            case ClientFrame.Touch touch -> touches.touch(touch, user);
            case ClientFrame.Untouch(var ref) -> touches.untouch(ref);
            case TableRequest request -> session.fail(ErrorCode.BAD_TYPE, "no tables are served here");
            case ClientFrame other -> throw new IllegalStateException("the session itself answers this");
        }
    }

    static OdooIdentity user(Identity speaker) {
        if (speaker instanceof OdooIdentity user) {
            return user;
        }
        throw new IllegalStateException("a token of Odoo proves a user of Odoo");
    }

    @Override
    public void renewed(Identity speaker) {
        var user = user(speaker);
        here.move(user);
        attendance.is(user.presence());
    }

    @Override
    public boolean isSettled() {
        return watches.areSettled();
    }

    @Override
    public void tick(long silent) {
        watches.holds().age();
        attendance.heard(silent);
    }

    @Override
    public void retell() {
        attendance.retell();
    }

    @Override
    public int watches() {
        return watches.count();
    }

    @Override
    public void end() {
        watches.end();
        touches.end();
        here.leave();
    }

    @Override
    public Outgoing overflow(long feed, long offset) {
        return watches.overflow(feed, offset);
    }

    @Override
    public Set<Long> feeds() {
        return watches.feeds();
    }

    /** Whether this is the very tab that did it: user and origin match. */
    boolean isTabOf(Actor actor) {
        return userId == actor.userId() && actor.origin().filter(origin::equals).isPresent();
    }

    /** Whether this change was not acknowledged yet. */
    boolean firstReceipt(long offset) {
        boolean first = offset > lastReceipt;
        lastReceipt = Math.max(lastReceipt, offset);
        return first;
    }

    /** Whether this is about a field that its user edits. */
    boolean touches(Delivery.Conflict conflict) {
        return touches.concerns(conflict);
    }

    /** Whether this receipt waits, for what this tab missed comes before it. */
    boolean keepsReceipt(Outgoing receipt) {
        return watches.holds().keeps(receipt);
    }

    /** Whether this event goes to the client now. */
    boolean hearsNow(Outgoing event) {
        return here.hearsNow(event);
    }

    /** Everything it watches may have missed something. */
    void readAgain(ResetReason reason) {
        watches.feeds().forEach(feed -> watches.holds().reset(feed, reason));
    }
}
