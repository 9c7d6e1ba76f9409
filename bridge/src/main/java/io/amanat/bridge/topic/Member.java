package io.amanat.bridge.topic;

import io.amanat.bridge.access.rls.Claims;
import java.util.HashMap;
import java.util.Map;

/**
 * One connection of somebody: a device. Guarded by {@link Topics}.
 *
 * @param <L> how the connection is reached
 */
public final class Member<L> {

    /** What live cursors need, and at most twice that at once. */
    private static final int MESSAGES_PER_SECOND = 20;

    private static final double SECOND = 1e9;

    private final L connection;
    private final String device;
    private final Map<String, Room<L>> rooms = new HashMap<>();
    private Claims claims;
    private volatile boolean silent;
    private volatile boolean gone;
    private double messages = 2 * MESSAGES_PER_SECOND;
    private long since;

    Member(L connection, String device, Claims claims, long now) {
        this.connection = connection;
        this.device = device;
        this.claims = claims;
        this.since = now;
    }

    L connection() {
        return connection;
    }

    /** Tells it from other devices of the same person. */
    String device() {
        return device;
    }

    Claims claims() {
        return claims;
    }

    void claims(Claims now) {
        claims = now;
    }

    /** By name, the topics it is in. */
    Map<String, Room<L>> rooms() {
        return rooms;
    }

    boolean silent() {
        return silent;
    }

    void silent(boolean now) {
        silent = now;
    }

    boolean gone() {
        return gone;
    }

    void goes() {
        gone = true;
    }

    /** Whether it may tell others something once more, at this moment in nanoseconds. */
    boolean takesMessage(long now) {
        messages = Math.min(2 * MESSAGES_PER_SECOND, messages + (now - since) / SECOND * MESSAGES_PER_SECOND);
        since = now;
        if (messages < 1) {
            return false;
        }
        messages -= 1;
        return true;
    }
}
