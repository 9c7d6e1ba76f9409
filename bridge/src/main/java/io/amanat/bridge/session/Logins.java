package io.amanat.bridge.session;

import io.amanat.bridge.identity.Identity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the sessions of every login, so that one token cannot open any number of them. Safe to share. */
final class Logins {

    /** The most sessions of one login at a time: more tabs than a person has open. */
    static final int MOST = 50;

    private record Login(String user, String session) {}

    private final Map<Login, Integer> open = new ConcurrentHashMap<>();

    /** Takes a place for one more session of this login, unless it has too many. */
    boolean enter(Identity identity) {
        if (open.merge(login(identity), 1, Integer::sum) <= MOST) {
            return true;
        }
        leave(identity);
        return false;
    }

    /** Gives the place back. */
    void leave(Identity identity) {
        open.computeIfPresent(login(identity), (it, count) -> count == 1 ? null : count - 1);
    }

    private static Login login(Identity identity) {
        return new Login(identity.user(), identity.login());
    }
}
