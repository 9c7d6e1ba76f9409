package io.amanat.bridge.identity;

/** What a token turned out to be. */
public sealed interface Proof {

    /** It is genuine and in force. */
    record Accepted(Identity identity) implements Proof {}

    /** There was none. */
    record Missing() implements Proof {}

    /** It was genuine, but its time is over. */
    record Expired() implements Proof {}

    /** It cannot be told: keys were not known yet, and cannot be fetched just now. */
    record Unavailable() implements Proof {}

    /**
     * It is not to be believed.
     *
     * @param reason for the client's developer; tells nothing about keys
     */
    record Invalid(String reason) implements Proof {}
}
