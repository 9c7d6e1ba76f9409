package io.amanat.bridge.session;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** What each user has in all sessions together, so that nobody takes everybody's share. Safe to share; forgets who has none. */
final class Users {

    private final SessionSettings.PerUser most;
    private final Map<String, User> here = new ConcurrentHashMap<>();

    /** One user's use; guarded by itself, but for the sessions, which the map guards. */
    private static final class User {
        private final TokenBucket messages;
        private int sessions;
        private int watches;

        User(TokenBucket messages) {
            this.messages = messages;
        }
    }

    Users(SessionSettings.PerUser most) {
        this.most = most;
    }

    /**
     * Takes a seat for one more session of this user.
     *
     * @param now nanoseconds of a clock that never goes back
     * @return empty if there are too many
     */
    Optional<Seat> enter(String who, long now) {
        var seat = new AtomicReference<Optional<Seat>>(Optional.empty());
        here.compute(who, (id, known) -> {
            var user = known == null ? new User(new TokenBucket(most.messagesPerSecond(), now)) : known;
            if (user.sessions < most.sessions()) {
                user.sessions++;
                seat.set(Optional.of(new Seat(id, user)));
            }
            return user;
        });
        return seat.get();
    }

    /** How many users have a session. */
    int count() {
        return here.size();
    }

    /** One session's part of what its user uses. */
    final class Seat {

        private final String who;
        private final User user;
        private int watches;
        private boolean left;

        private Seat(String who, User user) {
            this.who = who;
            this.user = user;
        }

        /** Whether this user may send one more message now. */
        boolean takesMessage(long now) {
            synchronized (user) {
                return user.messages.take(now);
            }
        }

        /** Takes a place for one more watch, unless there are too many. */
        boolean takesWatch() {
            synchronized (user) {
                if (left || user.watches >= most.watches()) {
                    return false;
                }
                user.watches++;
                watches++;
                return true;
            }
        }

        /** Gives the place of one watch back. */
        void givesWatch() {
            synchronized (user) {
                if (!left) {
                    user.watches--;
                    watches--;
                }
            }
        }

        /** Gives everything back. Called once. */
        void leave() {
            synchronized (user) {
                left = true;
                user.watches -= watches;
            }
            here.computeIfPresent(who, (id, it) -> --it.sessions == 0 ? null : it);
        }
    }
}
