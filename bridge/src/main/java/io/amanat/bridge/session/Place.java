package io.amanat.bridge.session;

import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.identity.Identity;
import io.amanat.bridge.protocol.ErrorCode;
import java.util.Optional;

/**
 * Where a greeted session is known: among the sessions of its login, and among those who are here and whom events concern. Only
 * on the shard's thread, but for {@link #enter}.
 */
final class Place {

    private final Session session;
    private final Desk desk;
    private final Shard shard;
    private Optional<Viewer> here = Optional.empty();
    private Optional<Hearing> hearing = Optional.empty();
    private volatile Optional<Users.Seat> seat = Optional.empty();

    Place(Session session, Desk desk, Shard shard) {
        this.session = session;
        this.desk = desk;
        this.shard = shard;
    }

    /** Before it is welcomed: what is decided from now on may concern it. Says why not, when there are too many sessions. */
    Optional<ErrorCode> enter(Identity identity, Viewer viewer) {
        if (!desk.logins().enter(identity)) {
            return Optional.of(ErrorCode.TOO_MANY_SESSIONS);
        }
        seat = desk.users().enter(identity.user(), desk.now());
        if (seat.isEmpty()) {
            desk.logins().leave(identity);
            return Optional.of(ErrorCode.TOO_MANY_USER_SESSIONS);
        }
        desk.ports().channel().arrive(viewer);
        return Optional.empty();
    }

    /** What this session uses of its user's share; empty before it entered. Safe to ask by anybody. */
    Optional<Users.Seat> seat() {
        return seat;
    }

    /** It is welcomed, and hears of events from now on. */
    void take(Viewer viewer, Hearing hears) {
        hearing = Optional.of(hears);
        take(viewer);
    }

    private void take(Viewer viewer) {
        here = Optional.of(viewer);
        shard.arrived(session, viewer);
    }

    /** Whether this event goes to the session now. */
    boolean hearsNow(Outgoing event) {
        return hearing.filter(it -> it.now(event)).isPresent();
    }

    /** Its user has other companies than before: events are judged for these. */
    void move(Viewer to) {
        here.filter(from -> !from.equals(to)).ifPresent(from -> {
            desk.ports().channel().arrive(to);
            shard.departed(session, from);
            desk.ports().channel().depart(from);
            take(to);
        });
    }

    /** It entered, but was not welcomed. */
    void giveBack(Identity identity, Viewer viewer) {
        desk.ports().channel().depart(viewer);
        desk.logins().leave(identity);
        seat.ifPresent(Users.Seat::leave);
    }

    /** It ended. */
    void leave(Identity identity) {
        here.ifPresent(viewer -> {
            shard.departed(session, viewer);
            giveBack(identity, viewer);
        });
        here = Optional.empty();
        hearing.ifPresent(Hearing::end);
    }
}
