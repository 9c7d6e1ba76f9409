package io.amanat.bridge.identity;

import java.time.Duration;

/** What a token turned out to be. */
public sealed interface Proof {

    /** It is genuine and in force. */
    record Accepted(Identity identity) implements Proof {}

    /** There was none. */
    record Missing() implements Proof {}

    /** It was genuine, but its time is over. */
    record Expired() implements Proof {}

    /**
     * It was genuine, but issued before its user's password or standing changed, or before its login ended.
     *
     * @param pause how long until a token that is issued then is accepted, if there still is one
     */
    record Revoked(Duration pause) implements Proof {}

    /** It cannot be told: keys, or what its role may read, are not known yet, and cannot be asked for just now. */
    record Unavailable() implements Proof {}

    /**
     * It is not to be believed.
     *
     * @param reason for the client's developer; tells nothing about keys
     */
    record Invalid(String reason) implements Proof {}
}
