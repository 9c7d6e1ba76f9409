package io.amanat.bridge.channel;

import io.amanat.bridge.access.Rights;

/** What is known of the rights of one watcher. Used by the judge's thread. */
final class Standing {

    private enum State {
        /** It registered since rights were last looked at. */
        NEW,
        /** Whatever concerns it is judged by {@code rights}. */
        KNOWN,
        /** Its rights changed and are not known yet: it gets nothing. */
        UNKNOWN
    }

    private State state = State.NEW;
    private Rights rights;
    private boolean missed;

    Standing(Rights admitted) {
        this.rights = admitted;
    }

    /** The rights known last; to be used only while they are {@linkplain #isKnown() known}. */
    Rights rights() {
        return rights;
    }

    boolean isNew() {
        return state == State.NEW;
    }

    boolean isKnown() {
        return state == State.KNOWN;
    }

    boolean isUnknown() {
        return state == State.UNKNOWN;
    }

    /** Whether something that may have concerned it was not judged. */
    boolean missed() {
        return missed;
    }

    void know(Rights now) {
        rights = now;
        state = State.KNOWN;
        missed = false;
    }

    void doubt() {
        state = State.UNKNOWN;
    }

    /** Something that may concern it is not judged; whether that is the first since it was told. */
    boolean miss() {
        boolean first = !missed;
        missed = true;
        return first;
    }

    /** It re-reads for another reason. */
    void told() {
        missed = false;
    }
}
