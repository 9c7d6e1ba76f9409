package io.amanat.bridge.topic;

/** Why somebody may not do something in a topic. */
public enum Refusal {
    /** There is no such topic, or it may not be read, or is not watched: these are not told apart. */
    UNKNOWN_TOPIC,
    /** It may be read, but not this be said there. */
    NOT_ALLOWED,
    TOO_LARGE,
    RATE_LIMITED,
    /** More people are there, or more topics are watched, than can be. */
    FULL,
    /** It cannot be said just now. */
    UNAVAILABLE
}
