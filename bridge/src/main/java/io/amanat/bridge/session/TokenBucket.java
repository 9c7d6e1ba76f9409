package io.amanat.bridge.session;

/** Lets a steady stream of messages through, and bursts. Safe to share. */
public final class TokenBucket {

    private static final double SECOND = 1e9;

    private final double perSecond;
    private final double most;
    private double left;
    private long since;

    /**
     * A full one, for bursts of twice a second's worth.
     *
     * @param now nanoseconds of a clock that never goes back
     */
    public TokenBucket(int perSecond, long now) {
        this(perSecond, 2 * perSecond, now);
    }

    /**
     * A full one.
     *
     * @param most at once
     * @param now nanoseconds of a clock that never goes back
     */
    public TokenBucket(int perSecond, int most, long now) {
        this.perSecond = perSecond;
        this.most = most;
        this.left = most;
        this.since = now;
    }

    /**
     * Takes one, if there is one.
     *
     * @param now nanoseconds of a clock that never goes back
     */
    public synchronized boolean take(long now) {
        left = Math.min(most, left + (now - since) / SECOND * perSecond);
        since = now;
        if (left < 1) {
            return false;
        }
        left -= 1;
        return true;
    }
}
