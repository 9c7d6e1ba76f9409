package io.amanat.bridge.session;

import io.amanat.bridge.identity.Identity;
import io.amanat.bridge.protocol.ErrorCode;
import java.util.Optional;

/** What a greeted session takes of what its login and its user may have. Called by one at a time. */
final class Place {

    private final Desk desk;
    private volatile Optional<Users.Seat> seat = Optional.empty();

    Place(Desk desk) {
        this.desk = desk;
    }

    /** Before it is welcomed. Says why not, when there are too many sessions. */
    Optional<ErrorCode> enter(Identity identity) {
        if (!desk.logins().enter(identity)) {
            return Optional.of(ErrorCode.TOO_MANY_SESSIONS);
        }
        seat = desk.users().enter(identity.user(), desk.now());
        if (seat.isEmpty()) {
            desk.logins().leave(identity);
            return Optional.of(ErrorCode.TOO_MANY_USER_SESSIONS);
        }
        return Optional.empty();
    }

    /** What this session uses of its user's share; empty before it entered. Safe to ask by anybody. */
    Optional<Users.Seat> seat() {
        return seat;
    }

    /** It ended. Called once after it entered. */
    void leave(Identity identity) {
        desk.logins().leave(identity);
        seat.ifPresent(Users.Seat::leave);
    }
}
