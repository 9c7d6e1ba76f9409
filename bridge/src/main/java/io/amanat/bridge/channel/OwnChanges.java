package io.amanat.bridge.channel;

/** Which of a user's own tabs hear of what that user did. */
public enum OwnChanges {
    /** The tab that did it gets a receipt, the user's other tabs the data, marked as own. */
    TAB,
    /** No tab of that user gets anything of it. */
    USER
}
