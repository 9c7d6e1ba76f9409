package io.amanat.bridge.session;

import io.amanat.bridge.identity.Identity;

/** How far a session has come. */
sealed interface State {

    /** It has not said who it is. */
    record Opened() implements State {}

    /** What it said is being proved. */
    record Greeting() implements State {}

    /** It was welcomed. */
    record Live(Identity identity, Conversation conversation) implements State {}

    /**
     * It is over.
     *
     * @param at when it ended, in nanoseconds
     */
    record Ended(long at) implements State {}
}
