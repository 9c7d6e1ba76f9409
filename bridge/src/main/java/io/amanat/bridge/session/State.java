package io.amanat.bridge.session;

import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.identity.OdooIdentity;

/** How far a session has come. */
sealed interface State {

    /** It has not said who it is. */
    record Opened() implements State {}

    /** What it said is being proved. */
    record Greeting() implements State {}

    /** It was welcomed. */
    record Live(OdooIdentity identity, String origin) implements State {

        /** Who is told of events: the user with all companies of the token. */
        Viewer viewer() {
            return new Viewer(identity.userId(), identity.companies());
        }
    }

    /**
     * It is over.
     *
     * @param at when it ended, in nanoseconds
     */
    record Ended(long at) implements State {}
}
