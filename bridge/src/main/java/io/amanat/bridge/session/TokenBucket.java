package io.amanat.bridge.session;

/** Lets a steady stream of messages through, and bursts of twice a second's worth. Safe to share. */
public final class TokenBucket {

    private static final double SECOND = 1e9;

    private final double perSecond;
    private double left;
    private long since;

    /**
     * A full one.
     *
     * @param now nanoseconds of a clock that never goes back
     */
    public TokenBucket(int perSecond, long now) {
        this.perSecond = perSecond;
        this.left = 2.0 * perSecond;
        this.since = now;
    }

    /**
     * Takes one, if there is one.
     *
     * @param now nanoseconds of a clock that never goes back
     */
    public synchronized boolean take(long now) {
        left = Math.min(2.0 * perSecond, left + (now - since) / SECOND * perSecond);
        since = now;
        if (left < 1) {
            return false;
        }
        left -= 1;
        return true;
    }
}
